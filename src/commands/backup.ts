import { defineCommand } from 'citty'
import { readNodeConfig } from '../config'
import { openFile, say } from './open'

/** Copies the database file while the site runs. */
export const backupCommand = defineCommand({
  meta: { name: 'backup', description: 'Copy the database file while the site runs' },
  args: { to: { type: 'positional', required: true, description: 'The file to write' } },
  async run({ args }) {
    const database = openFile(readNodeConfig(process.env).databasePath)
    await database.file.backup(args.to)
    database.close()
    say(`The database is copied to ${args.to}.`)
  },
})
