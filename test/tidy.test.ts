import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { limits } from '../src/delivery/limits'
import { table } from '../src/tasks/table'
import { rules } from '../src/translations/checks/finding'
import { complaintFaults, proseErrorsIn } from './support/complaints'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const list = (folder: string) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
const sources = list('src')
  .filter((name) => /\.(ts|tsx)$/.test(name))
  .map((name) => `src/${name}`)

const documents = globSync(['*.md', 'docs/**/*.md', 'locales/*.md'], { cwd: root }).sort()

/** Paths that a text names in code style: with a slash or a file's ending, and no address, package, media type or built file. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([a-z{.][\w.{},*<>/-]*)`/g)]
    .map(([, path = '']) => path.replaceAll(/<\w+>/g, '*'))
    .filter(
      (path) => (path.includes('/') || /\.(tsx?|json|md|toml|css|sql)$/.test(path)) && !/^(text|application|dist)\//.test(path),
    )

/** Whether a path is one of the repository, or of `src`, which documents leave out. */
const isThere = (path: string) => ['', 'src/'].some((place) => globSync(place + path, { cwd: root }).length > 0)

/** Where a bare error says in words what only a fault of the program, of its build or of its database makes happen. */
const faultsOfTheProgram: readonly string[] = [
  'api/components.ts',
  'briefings/confidence.ts',
  'briefings/document.ts',
  'briefings/revisions.ts',
  'doors/calls.ts',
  'doors/calls.ts',
  'doors/newsroom-call.ts',
  'doors/static-files.ts',
  'doors/static-files.ts',
  'doors/worker-tasks.ts',
  'following/notify.ts',
  'language/assets.ts',
  'language/newsroom.ts',
  'mail/mail.ts',
  'mail/mail.ts',
  'printing/composition.ts',
  'printing/edition-state.ts',
  'sharing/assets.ts',
  'sharing/font.ts',
  'sharing/woff.ts',
  'storage/dialect.ts',
  'storage/dialect.ts',
  'storage/dialect.ts',
  'storage/dialect.ts',
  'ui/letter.tsx',
].map((path) => `src/${path}`)

describe('the house is tidy', () => {
  test('no source file is longer than what is read in one sitting', () => {
    const long = sources.map((path) => ({ path, lines: read(path).split('\n').length })).filter(({ lines }) => lines > 260)
    expect(long).toEqual([])
  })

  test('no file has a name that says nothing', () => {
    expect(
      sources.filter((path) => /(^|\/)(utils?|helpers?|common|shared|misc|lib|manager|service)s?(\/|\.)/i.test(path)),
    ).toEqual([])
  })

  test('every message of the source catalog is used, and every message used is in it', () => {
    const keys = Object.keys(JSON.parse(read('locales/en/site.json')) as object).filter((key) => !key.startsWith('@'))
    const code = sources.map(read).join('\n')
    const families = [...code.matchAll(/`([a-zA-Z]+)\.\$\{/g)].map(([, family]) => `${family}.`)
    const isUsed = (key: string) =>
      code.includes(`'${key}'`) || code.includes(`message="${key}"`) || families.some((family) => key.startsWith(family))
    expect(keys.filter((key) => !isUsed(key))).toEqual([])
  })

  test('every complaint has words in the newsroom’s catalog and the values that they name, and every message is used', () => {
    const catalog = JSON.parse(read('locales/en/newsroom.json')) as Record<string, string>
    expect(complaintFaults(new Map(sources.map((path) => [path, read(path)])), catalog)).toEqual([])
    const planted = `
      throw new Refusal('briefing.unknown', { name })
      throw new Refusal(isOpen ? 'locale.unknown' : 'locale.nowhere', { locale, locales: [] })
      const flaws = [complaint('text.long', values), 'text.long']`
    expect(
      complaintFaults(new Map([['planted.ts', planted]]), {
        'briefing.unknown': 'There is no briefing called {slug}.',
        'locale.unknown': '{locale} is not one of {locales}.',
        'text.long': 'Shorten it to {max, number} characters.',
        'text.empty': 'Write something.',
      }),
    ).toEqual([
      'planted.ts: briefing.unknown lacks its value {slug}',
      'planted.ts: locale.nowhere has no words',
      'planted.ts: text.long is given values that are not written beside it',
      'planted.ts: text.long lacks its value {max}',
      'text.empty is said nowhere',
    ])
  })

  test('what was foreseen is refused by a code: a bare error with words in it is a fault of the program, and one of these', () => {
    const faults = sources.flatMap((path) => proseErrorsIn(path, read(path)))
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([...faultsOfTheProgram].sort())
    const inTemplate = ['`', '$', '{slug} is none.`'].join('')
    const planted = `throw new Error('There is no briefing.'); throw new RangeError(${inTemplate}); new Error(reason)`
    expect(proseErrorsIn('planted.ts', planted)).toEqual(["planted.ts: 'There is no briefing.'", `planted.ts: ${inTemplate}`])
  })

  test('no key is in both catalogs, for one file says what is accepted in either', () => {
    const [site, newsroom] = ['site', 'newsroom'].map((name) =>
      Object.keys(JSON.parse(read(`locales/en/${name}.json`)) as object),
    )
    expect(site?.filter((key) => newsroom?.includes(key))).toEqual([])
  })

  test('each locale of the index has a folder, and each folder a locale', () => {
    const { locales } = JSON.parse(read('locales/index.json')) as { locales: { tag: string }[] }
    const folders = readdirSync(join(root, 'locales'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(locales.map(({ tag }) => tag).sort()).toEqual(folders.map(({ name }) => name).sort())
  })

  test('every variable of the configuration is explained in the operator’s page', () => {
    const variables = sources
      .filter((path) => /\/(config|intervals)\.ts$/.test(path))
      .flatMap((path) => [...read(path).matchAll(/^ {2}([A-Z_]+):/gm)])
      .map(([, name]) => name ?? '')
    expect(variables.length).toBeGreaterThan(5)
    expect(variables.filter((name) => !read('docs/operating.md').includes(`\`${name}\``))).toEqual([])
  })

  test('every task is explained in the operator’s page, with how often it runs', () => {
    const rows = [...read('docs/operating.md').matchAll(/^\| `([a-z-]+)` \| (\d+) s \|/gm)].map(([, name, seconds]) => [
      name,
      Number(seconds),
    ])
    expect(rows).toEqual(table.map(({ name, every }) => [name, every / 1000]))
  })

  test('every rule of the checks and every outcome of a receipt has its row in the translators’ page', () => {
    const [, declared = ''] = /(?:type Outcome =|outcomes = \[)([^\]]*?)(?:\n\n|\])/.exec(read('src/translations/merge.ts')) ?? []
    const outcomes = [...declared.matchAll(/'([a-z-]+)'/g)].map(([, word]) => word ?? '')
    expect(outcomes.length).toBeGreaterThan(5)
    const [receipts = '', checks = ''] = read('locales/README.md').split('## What the checks say')
    const isIn = (page: string) => (word: string) => page.includes(`\n| \`${word}\` | `)
    expect(outcomes.filter((word) => !isIn(receipts)(word))).toEqual([])
    expect(rules.filter((word) => !isIn(checks)(word))).toEqual([])
  })

  test('every script of package.json that the documents name exists', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const text = documents.map(read).join('\n')
    const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name ?? '')
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  test('the platform counts to the same limits as a process of our own', () => {
    const told = [
      ...read('wrangler.toml').matchAll(/name = "([A-Z_]+)_LIMIT"[^[]*?simple = \{ limit = (\d+), period = (\d+) \}/g),
    ]
    expect(told.map(([, name, limit, period]) => [name?.toLowerCase().replaceAll('_', '-'), Number(limit), period])).toEqual(
      Object.entries(limits).map(([name, limit]) => [name, limit, '60']),
    )
  })

  test('every file that the documents link to exists', () => {
    const broken = documents.flatMap((document) =>
      [
        ...read(document)
          .replaceAll(/`[^`\n]*`/g, '')
          .matchAll(/\]\((?!https?:|#)([^)#]+)/g),
      ]
        .map(([, path]) => join(dirname(document), path ?? ''))
        .filter((path) => !existsSync(join(root, path))),
    )
    expect(documents.length).toBeGreaterThan(5)
    expect(broken).toEqual([])
  })

  test('every file and folder that the architecture and the design notes name exists', () => {
    for (const document of documents.filter((name) => name === 'ARCHITECTURE.md' || name.startsWith('docs/design/'))) {
      expect(pathsIn(read(document)).filter((path) => !isThere(path))).toEqual([])
    }
    expect(pathsIn(read('ARCHITECTURE.md')).length).toBeGreaterThan(50)
    expect(pathsIn('`mail/gone.ts` `storage/*.ts` `gone/` `text/html` `/es/` `c.var`').filter((path) => !isThere(path))).toEqual([
      'mail/gone.ts',
      'gone/',
    ])
  })

  test('every folder of src is in the glossary of the architecture', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const explained = [...read('ARCHITECTURE.md').matchAll(/^\| ((?:`[a-z]+\/`(?:, )?)+) \|/gm)].flatMap(([, names = '']) =>
      names.split(', ').map((name) => name.slice(1, -2)),
    )
    expect(explained.sort()).toEqual(folders.map(({ name }) => name).sort())
  })

  test('no invisible control that reorders text is in any source or locale file', () => {
    const paths = [...sources, ...list('locales').map((name) => `locales/${name}`), ...list('db').map((name) => `db/${name}`)]
    const bidi = /[\u202a-\u202e\u2066-\u2069]/
    expect(paths.filter((path) => /\.(ts|tsx|json|md|sql|svg)$/.test(path) && bidi.test(read(path)))).toEqual([])
  })

  test('the lock file agrees with package.json, and every version is exact', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    const versions = Object.entries({ ...dependencies, ...devDependencies })
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
    expect(execFileSync('git', ['-C', root, 'ls-files', 'package-lock.json'], { encoding: 'utf8' }).trim()).toBe(
      'package-lock.json',
    )
  })
})
