import { existsSync, renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { readNodeConfig } from '../../config'
import { command } from '../command'
import { asJson, say } from '../report'
import { openFile } from './open'

/** Copies the database file while the site runs: whole, or the file to write is left as it was. */
export const backupCommand = command({
  name: 'backup',
  about: 'Copy the database file while the site runs',
  positionals: { to: { required: true, about: 'The file to write' } },
  example: 'backups/vernacular-2026-01-31.db',
  async run({ to, json }) {
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
    say(json ? asJson({ to }) : `The database is copied to ${to}.`)
  },
})
