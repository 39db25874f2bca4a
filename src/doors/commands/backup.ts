import { existsSync, renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineCommand } from 'citty'
import { readNodeConfig } from '../../config'
import { openFile, say } from './open'

/** Copies the database file while the site runs: whole, or the file to write is left as it was. */
export const backupCommand = defineCommand({
  meta: { name: 'backup', description: 'Copy the database file while the site runs' },
  args: { to: { type: 'positional', required: true, description: 'The file to write' } },
  async run({ args: { to } }) {
    const { databasePath } = readNodeConfig(process.env)
    if (!existsSync(databasePath)) throw new Error(`There is no database at ${databasePath} (DATABASE_PATH).`)
    if (resolve(to) === resolve(databasePath)) throw new Error(`${to} is the database itself.`)
    const database = openFile(databasePath)
    try {
      rmSync(`${to}.part`, { force: true })
      await database.file.backup(`${to}.part`)
      renameSync(`${to}.part`, to)
    } finally {
      database.close()
    }
    say(`The database is copied to ${to}.`)
  },
})
