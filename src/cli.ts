import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineCommand, runMain } from 'citty'
import { isProblems } from './briefings/files'
import { type Config, readConfig, readNodeConfig } from './config'
import { readContentFiles, readGlossaryFiles } from './content'
import { printWaiting } from './editions/press'
import { gatherKit } from './kit'
import { ContentError, loadAll, type Receipt, readContent } from './load'
import { type LiveSite, openSite } from './site'
import { openD1 } from './storage/d1'
import type { Database } from './storage/database'
import { migrate } from './storage/migrate'
import { openSqlite } from './storage/sqlite'
import { inWords, review } from './translations/checks/review'
import { readGlossaries } from './translations/glossary'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const say = (message: string) => process.stdout.write(`${message}\n`)

const where = {
  edge: {
    type: 'enum' as const,
    options: ['local', 'remote'] as ('local' | 'remote')[],
    description: 'Work on D1 instead of the database file: the local one of `npm run dev:worker`, or the deployed one',
  },
}
const asJson = { json: { type: 'boolean', description: 'Print JSON for a program to read' } } as const
const fromFolder = {
  from: { type: 'positional', required: false, description: 'The folder that holds db/ and locales/ (default: this checkout)' },
} as const

const migrateCommand = defineCommand({
  meta: { name: 'migrate', description: 'Bring the database file up to date (D1: npx wrangler d1 migrations apply DB)' },
  args: asJson,
  run({ args }) {
    const { databasePath } = readNodeConfig(process.env)
    const database = openFile(databasePath)
    const applied = migrate(database, join(root, 'db/migrations'))
    database.close()
    say(args.json ? JSON.stringify({ applied }) : applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`)
  },
})

const loadCommand = defineCommand({
  meta: {
    name: 'load',
    description: 'Load db/briefings and locales/*/briefings, and print what changed. All or nothing; repeatable',
  },
  args: {
    ...where,
    ...asJson,
    ...fromFolder,
  },
  run: ({ args }) =>
    withSite(args.edge, async (site) => {
      const receipts = await loadAll(site, readContentFiles(args.from ?? root), args.json ? undefined : progress())
      const counts = { new: 0, changed: 0, unchanged: 0 }
      for (const { outcome } of receipts) counts[outcome] += 1
      if (args.json) say(JSON.stringify({ ...counts, briefings: receipts }))
      else say(`${receipts.length} briefings: ${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged.`)
    }),
})

const checkCommand = defineCommand({
  meta: { name: 'check', description: 'Check locales and content without changing anything' },
  args: {
    ...asJson,
    warnings: { type: 'boolean', description: 'Tell also what is not wrong, but should be looked at' },
    ...fromFolder,
  },
  run({ args }) {
    const folder = args.from ?? root
    const { locales, catalogs } = gatherKit(root)
    const content = readContent(readContentFiles(folder), locales)
    const glossaries = readGlossaries(readGlossaryFiles(folder))
    const problems = [...('problems' in content ? content.problems : []), ...(isProblems(glossaries) ? glossaries : [])]
    if (problems.length > 0 && !args.json) throw new ContentError(problems)
    if (problems.length > 0) process.exitCode = 1
    const warnings = 'problems' in content || isProblems(glossaries) ? [] : review(content, glossaries)
    if (args.json) return say(JSON.stringify({ problems, warnings }))
    if (args.warnings) for (const warning of warnings) say(inWords(warning))
    const told = `${warnings.length} warnings${args.warnings || warnings.length === 0 ? '' : ' (--warnings shows them)'}`
    const count = 'problems' in content ? 0 : content.length
    say(`${Object.keys(catalogs).length} catalogs and ${count} briefings with their translations are in order: ${told}.`)
  },
})

const printCommand = defineCommand({
  meta: { name: 'print', description: 'Print what is due and what was printed with other words than today’s' },
  args: { ...where, ...asJson },
  run: ({ args }) =>
    withSite(args.edge, async (site) => {
      let printed = 0
      for (let count = -1; count !== 0; printed += count) count = await printWaiting(site, 50)
      say(args.json ? JSON.stringify({ printed }) : `Printed ${printed} briefings.`)
    }),
})

const backupCommand = defineCommand({
  meta: { name: 'backup', description: 'Copy the database file while the site runs' },
  args: { to: { type: 'positional', required: true, description: 'The file to write' } },
  async run({ args }) {
    const database = openFile(readNodeConfig(process.env).databasePath)
    await database.file.backup(args.to)
    database.close()
    say(`The database is copied to ${args.to}.`)
  },
})

function openFile(path: string) {
  mkdirSync(dirname(path), { recursive: true })
  return openSqlite(path)
}

/** Opens the site on the database file, or on D1 through wrangler, and closes it after. */
async function withSite(edge: string | undefined, work: (site: LiveSite) => Promise<void>) {
  const { database, config, close } = edge === undefined ? openDatabaseFile() : await openEdge(edge)
  try {
    const site = await openSite(gatherKit(root), config)
    await work({ ...site, database, now: () => new Date(), printed: () => {} })
  } finally {
    await close()
  }
}

interface Opened {
  readonly database: Database
  readonly config: Config
  close(): void | Promise<void>
}

function openDatabaseFile(): Opened {
  const config = readNodeConfig(process.env)
  const database = openFile(config.databasePath)
  migrate(database, join(root, 'db/migrations'))
  return { database, config, close: () => database.close() }
}

/** D1 as `wrangler.toml` binds it, with the variables that the Worker has: what is printed here is what it would print. */
async function openEdge(edge: string): Promise<Opened> {
  const { getPlatformProxy } = await import('wrangler')
  const remote = edge === 'remote'
  const proxy = await getPlatformProxy<{ DB: never }>({
    configPath: join(root, 'wrangler.toml'),
    ...(remote ? { environment: 'remote', remoteBindings: true } : {}),
  })
  return { database: openD1(proxy.env.DB, 'primary'), config: readConfig(proxy.env), close: () => proxy.dispose() }
}

/** A line that tells how far it is, where a person watches; a line a briefing, where none does. */
function progress() {
  return ({ slug, outcome }: Receipt, done: number, all: number) => {
    const line = `${done}/${all} ${slug}: ${outcome}`
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${line}${done === all ? '\n' : ''}` : `${line}\n`)
  }
}

void runMain(
  defineCommand({
    meta: { name: 'vernacular', description: 'Briefings once in English, honestly in every language' },
    subCommands: { migrate: migrateCommand, load: loadCommand, check: checkCommand, print: printCommand, backup: backupCommand },
  }),
)
