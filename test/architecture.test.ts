import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, matchesGlob, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { circlesOf } from '../scripts/figures/measure'

const source = join(import.meta.dirname, '../src')

/** What a slice does outside a request: prints, imports, notifies, sends, delivers. */
const acts =
  /^((newsroom|printing)\/(?!content-(files|problems))[a-z-]+\.ts|remote\/(sync|load)\.ts|[a-z]+\/(notify|send|send-digests|deliver|administer|admit|render-waiting|ping)\.ts)$/
const printingNouns =
  /^printing\/(material|compose|composition|texts-in-place|edition-state|print-events|published|once|pieces|pages|facets)\.ts$/

/**
 * The architecture in one table: each kind of file, told by its place and name, and the kinds it may import. Imports point
 * inward: door → site → api or routes → act, page or store → noun. A slice's pages and routes are its own.
 */
const kinds = [
  { kind: 'door', is: /^doors\/(commands\/)?[a-z-]+\.ts$/, may: 'anything' },
  { kind: 'task', is: /^tasks\/[a-z-]+\.ts$/, may: ['task', 'act', 'store', 'noun', 'ground'] },
  {
    kind: 'site',
    is: /^apps\/[a-z]+\.ts$/,
    may: ['site', 'api', 'routes', 'page', 'store', 'noun', 'ground', 'database'],
  },
  { kind: 'ground', is: /^(site|config|variables|context|problem|log)\.ts$/, may: ['ground', 'noun', 'database'] },
  {
    kind: 'api',
    is: /^api\/(routes|idempotency|[a-z]+-handlers)\.ts$/,
    may: ['api', 'act', 'page', 'store', 'noun', 'ground', 'database'],
  },
  { kind: 'routes', is: /\/([a-z]+-)?routes\.tsx?$/, may: ['page', 'store', 'noun', 'ground', 'database'] },
  { kind: 'runtime database', is: /^storage\/(d1|sqlite|migrate)\.ts$/, may: ['database', 'runtime database', 'ground'] },
  {
    kind: 'database',
    is: /^storage\/(compiled-once|condensed|database|deflate|deflated-rows|dialect|former-memory|former-program|gzip|ladders|newest-english|renamings|schema|zlib\.d|[a-z]+-tables)\.ts$/,
    may: ['database'],
  },
  { kind: 'store', is: /\/([a-z]+-)?store\.ts$/, may: ['noun', 'database'] },
  { kind: 'noun', is: printingNouns, may: ['noun', 'ground'] },
  { kind: 'act', is: acts, may: ['act', 'page', 'store', 'gateway', 'noun', 'ground', 'database'] },
  {
    kind: 'gateway',
    is: /^(translations\/machine\/(deepl|workers-ai)|mail\/(smtp|email-binding)|sitemaps\/index-now|webhooks\/http-caller|(sharing|language)\/assets|remote\/client)\.ts$/,
    may: ['noun', 'ground'],
  },
  { kind: 'page', is: /\.tsx$/, may: ['page', 'noun', 'ground'] },
  {
    kind: 'noun',
    is: /^(language|retry|secrets|briefings|translations|editions|settings|delivery|demand|mail|confirmations|members|following|newsletter|reports|comments|feeds|sitemaps|search|sharing|media|webhooks|releases|api|newsroom|remote|printing)\/.*\.ts$/,
    may: ['noun', 'ground'],
  },
] as const

interface Import {
  readonly from: string
  readonly to: string
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .sort()
const imports = files.flatMap(importsOf)

function importsOf(from: string): readonly Import[] {
  const { module } = parseSync(from, readFileSync(join(source, from), 'utf8'))
  const specifiers = [...module.staticImports, ...module.staticExports.flatMap(({ entries }) => entries)].flatMap(
    ({ moduleRequest }) => moduleRequest?.value ?? [],
  )
  const dynamic = module.dynamicImports.map(({ moduleRequest }) =>
    readFileSync(join(source, from), 'utf8').slice(moduleRequest.start + 1, moduleRequest.end - 1),
  )
  return [...specifiers, ...dynamic].map((to) => ({ from, to: to.startsWith('.') ? resolved(from, to) : to }))
}

function resolved(from: string, to: string): string {
  const path = relative(source, join(source, dirname(from), to))
  return files.find((file) => file === path || file.replace(/\.tsx?$/, '') === path) ?? path
}

/** What speaks to the world outside, and stands behind a seam that a noun names: nobody but a door picks it. */
const gatewayPackages = ['nodemailer', '@cloudflare/workers-types']

/** The imports of our own files; a folder is one place, and so is each file at the root. */
const within = imports.filter(({ to }) => files.includes(to))
const folder = (file: string) => file.split('/')[0] ?? file

const read = (file: string) => readFileSync(join(source, file), 'utf8')

/** What readers are answered by: the routes of every slice, and all that these reach. */
const readersFiles = reachedFrom(files.filter((file) => /\/([a-z]+-)?routes\.tsx?$/.test(file) && !file.startsWith('api/')))

/** An account says which translations its person saved, by number and date: a question about people and not about texts. */
const ownRevisions = 'members/kept-store.ts'

function reachedFrom(start: readonly string[]): readonly string[] {
  const reached = new Set(start)
  for (const file of reached) for (const { to } of within.filter(({ from }) => from === file)) reached.add(to)
  return [...reached].sort()
}

/** The tables of drafts, of which `storage/newsroom-tables.ts` is the list. */
const newsroomTables = [...read('storage/newsroom-tables.ts').matchAll(/^ {2}([a-z_]+): \{/gm)].map(([, table]) => table ?? '')

/** The tables of drafts that a text of our source queries. */
function draftQuestions(text: string): readonly string[] {
  const tables = newsroomTables.join('|')
  const kysely = new RegExp(`\\b(?:selectFrom|[a-z]+Join|insertInto|updateTable|deleteFrom)\\('(${tables})\\b`, 'g')
  const plain = new RegExp(`\\b(?:from|join|into|update) (${tables})\\b`, 'g')
  return [...text.matchAll(kysely), ...text.matchAll(plain)].map(([, table]) => table ?? '')
}

/** Slices whose pages are everybody's. */
const shared = ['ui', 'confirmations']

/** Whether a text makes published revisions by itself: with the mark, or by saying so to the compiler. */
const marksAsPublished = (text: string) =>
  /\[published\]: true|\bas (readonly )?(Published[A-Z]\w*|Standing|AsPublished)\b|<(PublishedEnglish|PublishedTranslation|Standing)>\s*[\w({]/.test(
    text,
  )

const kindOf = (file: string) => kinds.find(({ is }) => is.test(file))
const slice = (file: string) => (file.includes('/') ? file.split('/')[0] : '')

/** What is wrong with an import, as a sentence. */
function fault({ from, to }: Import): string | undefined {
  const kind = kindOf(from)
  if (!kind) return `${from} is of no kind that the architecture knows.`
  if (kind.may === 'anything') return undefined
  if (to.startsWith('node:')) {
    if (to === 'node:zlib' && kind.kind === 'database') return undefined // Workers have it too.
    return kind.kind === 'runtime database' ? undefined : `${from} imports ${to}: only doors and storage know a runtime.`
  }
  if (kind.kind === 'gateway' && gatewayPackages.includes(to)) return undefined
  if (gatewayPackages.includes(to) && to !== '@cloudflare/workers-types') return `${from} imports ${to}: only a gateway does.`
  if (/^(better-sqlite3|cloudflare:|@cloudflare\/|wrangler)/.test(to)) {
    return kind.kind === 'runtime database' ? undefined : `${from} imports ${to}: only doors and storage know a database.`
  }
  if (to === 'kysely') {
    return ['store', 'database', 'runtime database'].includes(kind.kind) ? undefined : `${from} says Kysely: only stores do.`
  }
  const target = files.includes(to) ? kindOf(to) : undefined
  if (!target) return undefined
  if (!(kind.may as readonly string[]).includes(target.kind)) return `${from} (${kind.kind}) imports ${to} (${target.kind}).`
  const isPrivate = ['routes', 'page'].includes(target.kind) && !shared.includes(slice(to) ?? '')
  const isPrinting = slice(from) === 'printing' && slice(to) === 'editions' // Printing renders the editions' pages.
  if (isPrivate && slice(from) !== slice(to) && kind.kind !== 'site' && !isPrinting)
    return `${from} reaches into ${to}, which is ${slice(to)}'s own.`
  return undefined
}

describe('the architecture', () => {
  test('imports point inward, and a slice is entered through its nouns and its store', () => {
    expect(imports.length).toBeGreaterThan(100)
    expect(imports.flatMap((each) => fault(each) ?? [])).toEqual([])
  })

  test('catches a page that queries, a store that renders, a noun that reads files, a slice that opens another’s page', () => {
    const planted: readonly Import[] = [
      { from: 'editions/page.tsx', to: 'editions/store.ts' },
      { from: 'editions/store.ts', to: 'editions/page.tsx' },
      { from: 'language/locale.ts', to: 'node:fs' },
      { from: 'editions/routes.tsx', to: 'kysely' },
      { from: 'briefings/store.ts', to: 'better-sqlite3' },
      { from: 'ui/layout.tsx', to: 'editions/page.tsx' },
      { from: 'api/routes.ts', to: 'editions/page.tsx' },
      { from: 'members/token.ts', to: 'members/token-store.ts' },
      { from: 'translations/intake.ts', to: 'newsroom/import.ts' },
      { from: 'following/notify.ts', to: 'members/account-page.tsx' },
      { from: 'translations/machine-store.ts', to: 'translations/machine/deepl.ts' },
      { from: 'translations/machine/drafting.ts', to: 'translations/machine/deepl.ts' },
      { from: 'translations/machine/deepl.ts', to: 'translations/store.ts' },
      { from: 'mail/store.ts', to: 'nodemailer' },
      { from: 'tasks/table.ts', to: 'mail/smtp.ts' },
      { from: 'following/notify.ts', to: 'tasks/task.ts' },
    ]
    expect(planted.filter((each) => fault(each) === undefined)).toEqual([])
  })

  test('readers’ code reads what was printed, and asks no question about drafts', () => {
    expect(readersFiles.length).toBeGreaterThan(30)
    expect(newsroomTables.length).toBeGreaterThan(5)
    expect(readersFiles.filter((file) => draftQuestions(read(file)).length > 0 && file !== ownRevisions)).toEqual([])
  })

  test('catches a reader’s store that joins a newsroom’s table, in Kysely or in SQL', () => {
    expect(draftQuestions(".innerJoin('translation as t', 't.briefing_id', 'r.briefing_id')")).toEqual(['translation'])
    expect(draftQuestions('sql`select revision from briefing where id = 1`')).toEqual(['briefing'])
    expect(draftQuestions(read('briefings/store.ts'))).toContain('source_revision')
  })

  test('the stores that answer readers write nothing that was printed', () => {
    const printed = ['edition', 'resolution', 'facet', 'moved', 'search_text', 'search_entry', 'feed_entry', 'place']
    const writes = new RegExp(`\\b(insertInto|updateTable|deleteFrom)\\('(${printed.join('|')})\\b`)
    expect(readersFiles.filter((file) => writes.test(read(file)))).toEqual([])
    expect(read('printing/store.ts')).toMatch(writes)
  })

  test('only the query for published revisions calls anything published', () => {
    const callers = files.filter((file) => file !== 'printing/published.ts' && /\basPublished\b/.test(read(file)))
    expect(callers).toEqual(['printing/published-store.ts'])
    expect(files.filter((file) => marksAsPublished(read(file)))).toEqual(['printing/published.ts'])
  })

  test('catches code that marks a revision as published by a way of its own', () => {
    expect(marksAsPublished("import { asPublished as mark } from './published'")).toBe(false)
    expect(marksAsPublished('return newest as PublishedEnglish')).toBe(true)
    expect(marksAsPublished('const shown = <PublishedTranslation>newest')).toBe(true)
    expect(marksAsPublished('[published]: true')).toBe(true)
  })

  test('only a gateway speaks to another’s server', () => {
    const talkers = files.filter((file) => /\bfetch\(/.test(readFileSync(join(source, file), 'utf8')))
    expect(talkers.filter((file) => !['gateway', 'door'].includes(kindOf(file)?.kind ?? ''))).toEqual([])
    expect(talkers).toContain('translations/machine/deepl.ts')
  })

  test('files import one another in no circle, and neither do folders', () => {
    expect(circlesOf(within)).toEqual([])
    expect(circlesOf(within.map(({ from, to }) => ({ from: folder(from), to: folder(to) })))).toEqual([])
  })

  test('catches a circle of files and one of folders', () => {
    const planted = [
      { from: 'briefings/store.ts', to: 'translations/freshness.ts' },
      { from: 'translations/intake.ts', to: 'briefings/segments.ts' },
    ]
    expect(circlesOf(planted)).toEqual([])
    expect(circlesOf(planted.map(({ from, to }) => ({ from: folder(from), to: folder(to) })))).toEqual([
      'briefings → translations → briefings',
    ])
  })

  test('the table of kinds in ARCHITECTURE.md says the same', () => {
    const page = readFileSync(join(source, '../ARCHITECTURE.md'), 'utf8')
    const rows = [...page.matchAll(/^\| ([a-z ]+) \| ((?:`[^`]+` ?)+) \| ([a-z, ]+) \|$/gm)].map(([, kind, globs = '', may]) => ({
      kind,
      globs: [...globs.matchAll(/`([^`]+)`/g)].map(([, glob]) => glob ?? ''),
      may,
    }))
    expect(rows.map(({ kind, may }) => ({ kind, may }))).toEqual(
      kinds.map(({ kind, may }) => ({ kind, may: may === 'anything' ? may : may.join(', ') })),
    )
    const toldOf = (file: string) => rows.find(({ globs }) => globs.some((glob) => matchesGlob(file, glob)))?.kind
    expect(files.filter((file) => toldOf(file) !== kindOf(file)?.kind)).toEqual([])
  })

  test('at most six files stand at the root', () => {
    expect(files.filter((file) => !file.includes('/')).length).toBeLessThanOrEqual(6)
  })
})
