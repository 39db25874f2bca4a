import { command } from '../command'
import { asJson, say } from '../report'
import { nodeConfigOf, openGiven } from '../site-folder'
import { migrateFile, openFile } from './open'

/** Applies the migrations that the database file lacks. */
export const migrateCommand = command({
  name: 'migrate',
  about: 'Bring the database file up to date (D1: npx wrangler d1 migrations apply DB)',
  example: '',
  async run({ json }) {
    const { databasePath } = nodeConfigOf((await openGiven(process.env)).site, process.env)
    const database = openFile(databasePath)
    const applied = migrateFile(database)
    database.close()
    say(json ? asJson({ applied }) : applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
  },
})
