import { readNodeConfig } from '../../config'
import { command } from '../command'
import { asJson, say } from '../report'
import { migrateFile, openFile } from './open'

/** Applies the migrations that the database file lacks. */
export const migrateCommand = command({
  name: 'migrate',
  about: 'Bring the database file up to date (D1: npx wrangler d1 migrations apply DB)',
  example: '',
  run({ json }) {
    const { databasePath } = readNodeConfig(process.env)
    const database = openFile(databasePath)
    const applied = migrateFile(database)
    database.close()
    say(json ? asJson({ applied }) : applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
  },
})
