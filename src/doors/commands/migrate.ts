import { defineCommand } from 'citty'
import { readNodeConfig } from '../../config'
import { asJson, migrateFile, openFile, say } from './open'

/** Applies the migrations that the database file has not had. */
export const migrateCommand = defineCommand({
  meta: { name: 'migrate', description: 'Bring the database file up to date (D1: npx wrangler d1 migrations apply DB)' },
  args: asJson,
  run({ args }) {
    const { databasePath } = readNodeConfig(process.env)
    const database = openFile(databasePath)
    const applied = migrateFile(database)
    database.close()
    say(args.json ? JSON.stringify({ applied }) : applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`)
  },
})
