// A process of its own that runs from a copy of the source: prints what waits in the database that it is given, and writes every printed row
// as JSON to its standard output. If the database is new, the samples are loaded first.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../src/config'
import { readContentFiles } from '../../src/doors/content-folder'
import { gatherKit } from '../../src/doors/kit'
import { loadAll } from '../../src/newsroom/load'
import { printAllWaiting } from '../../src/printing/print-waiting'
import { openSite } from '../../src/site'
import { migrate } from '../../src/storage/migrate'
import { openSqlite } from '../../src/storage/sqlite'
import { plainAnswers, plainEditions } from './plain-rows'
import { sampleSettings } from './settings'

const root = join(import.meta.dirname, '../..')
const [path = '', at = ''] = process.argv.slice(2)
const isNew = !existsSync(path)
const database = openSqlite(path)
migrate(database, join(root, 'db/migrations'))
const config = readConfig({ ...process.env, ORIGIN: 'https://briefings.example' }, sampleSettings)
const refuse = (missed: string): never => {
  throw new Error(missed)
}
const opened = await openSite(gatherKit(root), config, refuse)
const site = { ...opened, database, now: () => new Date(at), printed: () => {} }
if (isNew) await loadAll(site, readContentFiles(root))
await printAllWaiting(site, 50, async () => {})
const rows = [
  ...(await plainEditions(database)).map(({ briefing_id, locale, tier, print, card, reading, lead, body }) => ({
    ...{ kind: 'edition', place: `${briefing_id} ${locale} ${tier}`, print, bytes: card + reading + lead + body },
  })),
  ...(await plainAnswers(database)).map(({ briefing_id, asked, print, resolution, head, masthead, notice, facts, ending }) => ({
    ...{ kind: 'answer', place: `${briefing_id} ${asked}`, print },
    bytes: resolution + head + masthead + notice + facts + ending,
  })),
]
const hashed = rows.map(({ bytes, ...row }) => ({ ...row, bytes: createHash('sha256').update(bytes).digest('hex') }))
process.stdout.write(JSON.stringify(hashed))
database.close()
