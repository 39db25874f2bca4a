import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import * as z from 'zod'
import { type FileProblem, inWords, isProblems, problemsOf, readJson } from '../briefings/files'
import type { KitConfig } from '../config'
import type { Catalog } from '../language/catalog'
import { areas, canonical, type Locale, type Locales } from '../language/locale'
import { withPseudoLocales } from '../language/pseudo'
import { families } from '../sharing/faces'
import type { Kit } from '../site'
import { problemsInCatalog } from '../translations/checks/catalogs'
import { readGlossaries } from '../translations/glossary'
import { readLocaleFiles } from './content-folder'
import { facesIn } from './font-files'
import { readProgram } from './program'

/** A static file with what it is served as. */
interface StaticFile {
  readonly address: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface GatheredKit extends Kit {
  readonly files: readonly StaticFile[]
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

const localesSchema = z
  .strictObject({
    source: z.string(),
    locales: z
      .array(
        z.strictObject({
          tag: z.string().refine((tag) => canonical(tag) === tag, 'expected a canonical BCP 47 tag such as pt-BR'),
          state: z.enum(['hidden', 'preview', 'public'], { error: 'expected hidden, preview or public' }),
          fallback: z.array(z.string()),
        }),
      )
      .min(1),
  })
  .superRefine(({ source, locales }, context) => {
    const refuse = (path: readonly (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message })
    const tags = locales.map(({ tag }) => tag)
    if (!tags.includes(source)) refuse(['source'], `"${source}" is none of the locales: add it to them, or name one of them`)
    for (const [index, { tag, fallback }] of locales.entries()) {
      if (tags.indexOf(tag) < index) refuse(['locales', index, 'tag'], `"${tag}" is there twice: take one of them out`)
      for (const [place, other] of fallback.entries()) {
        if (!tags.includes(other) || other === tag)
          refuse(['locales', index, 'fallback', place], `"${other}" is no other of the locales: add it to them, or take it out`)
      }
    }
  })

/** The words of a checkout: the site's own, and those of the newsroom, which no reader's page has. */
export const catalogNames = ['site', 'newsroom'] as const
type CatalogName = (typeof catalogNames)[number]
type Catalogs = Readonly<Record<Locale, Catalog>>

const fileOf = (locale: Locale, name: CatalogName) => `locales/${locale}/${name}.json`

/** The words as a checkout has them, with everything that makes them unfit to be built into a program. */
export function readWords(root: string): {
  readonly locales: Locales
  readonly catalogs: Catalogs
  readonly newsroom: Catalogs
  readonly problems: readonly FileProblem[]
} {
  const locales = readLocales(root)
  const { catalogs, problems } = readCatalogs(root, locales, 'site')
  const newsroom = readCatalogs(root, locales, 'newsroom')
  return { locales, catalogs, newsroom: newsroom.catalogs, problems: [...problems, ...newsroom.problems] }
}

function readCatalogs(
  root: string,
  { source, locales }: Locales,
  name: CatalogName,
): { readonly catalogs: Catalogs; readonly problems: readonly FileProblem[] } {
  const problems: FileProblem[] = []
  const catalogs = Object.fromEntries(
    locales.map(({ tag }) => {
      const catalog = readCatalog(root, fileOf(tag, name))
      if (isProblems(catalog)) problems.push(...catalog)
      return [tag, isProblems(catalog) ? {} : catalog] as const
    }),
  )
  if (problems.length > 0) return { catalogs, problems } // What is there cannot be held against what cannot be read.
  const english = catalogs[source] ?? {}
  for (const { tag, state } of locales) {
    const isWhole = state === 'public' && name === 'site'
    const found = problemsInCatalog(tag, catalogs[tag] ?? {}, english, isWhole ? 'whole' : 'partial')
    problems.push(...found.map(({ key, message }) => ({ file: fileOf(tag, name), path: key, message })))
  }
  return { catalogs, problems }
}

/** Gathers what is built into the program from a checkout. Throws one error that names every file that is wrong. */
export function gatherKit(root: string, { pseudoLocales }: KitConfig = { pseudoLocales: false }): GatheredKit {
  const { problems, newsroom, ...read } = readWords(root)
  if (problems.length > 0) refuse(problems)
  const { styleSheet } = readProgram(root)
  const files = staticFiles(root, styleSheet)
  const assets = Object.fromEntries(files.map(({ name, address }) => [name, address]))
  const words = pseudoLocales ? withPseudoLocales(read.locales, read.catalogs) : read
  return {
    ...words,
    newsroom: async (locale) => newsroom[locale] ?? {},
    areas: areaNames(words.locales),
    glossaries: readTerms(root),
    assets,
    files,
    version: sourceVersion(root),
  }
}

/** The newsroom's words as static files, and their addresses by locale, for runtimes that read no folder. English is in the program. */
export function gatherNewsroom(root: string): {
  readonly addresses: Readonly<Record<Locale, string>>
  readonly files: readonly StaticFile[]
} {
  const { locales, newsroom } = readWords(root)
  const files = locales.locales
    .filter(({ tag }) => tag !== locales.source)
    .map(({ tag }) => ({ tag, ...staticFile(`newsroom/${tag}.json`, Buffer.from(JSON.stringify(newsroom[tag] ?? {}))) }))
  return { addresses: Object.fromEntries(files.map(({ tag, address }) => [tag, address])), files }
}

function readTerms(root: string): Kit['glossaries'] {
  const read = readGlossaries(readLocaleFiles(root, 'glossary'))
  return isProblems(read) ? refuse(read) : Object.fromEntries(read)
}

function areaNames({ locales }: Locales) {
  return Object.fromEntries(
    locales.map(({ tag }) => {
      const names = new Intl.DisplayNames(tag, { type: 'region' })
      return [tag, Object.fromEntries(areas.map((code) => [code, names.of(code) ?? code]))] as const
    }),
  )
}

const catalogSchema = z.record(z.string(), z.string({ error: 'expected a text' }), { error: 'expected a text for each key' })

/** A catalog as its file has it; without a file, it has no words. Notes to translators stay in the file. */
function readCatalog(root: string, file: string): Catalog | readonly FileProblem[] {
  const path = join(root, file)
  if (!existsSync(path)) return {}
  const json = readJson(file, readFileSync(path))
  if (isProblems(json)) return json
  const parsed = catalogSchema.safeParse(json.value)
  if (!parsed.success) return problemsOf(file, parsed.error)
  return Object.fromEntries(Object.entries(parsed.data).filter(([key]) => !key.startsWith('@')))
}

function readLocales(root: string): Locales {
  const file = join('locales', 'index.json')
  const json = readJson(file, readFileSync(join(root, file)))
  if (isProblems(json)) return refuse(json)
  const parsed = localesSchema.safeParse(json.value)
  return parsed.success ? parsed.data : refuse(problemsOf(file, parsed.error))
}

function refuse(problems: readonly FileProblem[]): never {
  throw new Error(problems.map(inWords).join('\n'))
}

/** The style sheet, the script, the fonts it names and the pictures, each under an address that its content decides. */
function staticFiles(root: string, styleSheet: string): readonly (StaticFile & { name: string })[] {
  const fonts = ['source-serif-4', 'noto-naskh-arabic'].flatMap((family) => {
    const folder = join(root, 'node_modules/@fontsource-variable', family, 'files')
    return readdirSync(folder)
      .filter((name) => /-(latin|latin-ext|arabic)-wght-(normal|italic)\.woff2$/.test(name))
      .map((name) => staticFile(`fonts/${name}`, readFileSync(join(folder, name))))
  })
  const pictures = readdirSync(join(root, 'db/images')).map((name) =>
    staticFile(`images/${name}`, readFileSync(join(root, 'db/images', name))),
  )
  const own = ['icon.svg', 'script.js', 'passkey.js', 'share.js'].map((name) =>
    staticFile(name, readFileSync(join(root, 'src/ui', name))),
  )
  const named = new Map(fonts.map(({ name, address }) => [name, address]))
  const style = styleSheet.replace(/url\((fonts\/[^)]+)\)/g, (_all, name: string) => {
    const address = named.get(name)
    if (!address) throw new Error(`A style sheet names ${name}, which is in no font package.`)
    return `url(${address})`
  })
  return [...fonts, ...pictures, ...own, staticFile('style.css', Buffer.from(style))]
}

/** The faces of cards as static files, with the list of them and their licences, for runtimes that have no packages. */
export function gatherFaces(root: string): { readonly list: StaticFile; readonly faces: readonly StaticFile[] } {
  const faces = facesIn(root).map((face) => ({
    face,
    file: staticFile(`cards/${basename(face.address)}`, readFileSync(face.address)),
  }))
  const list = faces.map(({ face, file }) => ({ ...face, address: file.address }))
  const licences = families.map((family) =>
    staticFile(`cards/${family}.txt`, readFileSync(join(root, 'node_modules/@fontsource', family, 'LICENSE'))),
  )
  return {
    list: staticFile('cards/faces.json', Buffer.from(JSON.stringify(list))),
    faces: [...faces.map(({ file }) => file), ...licences],
  }
}

function staticFile(name: string, content: Buffer) {
  const ending = extname(name)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
  const type = types[ending]
  if (!type) throw new Error(`${name}: files of the kind ${ending} are not served.`)
  return { name, address: `/assets/${name.slice(0, -ending.length)}.${hash}${ending}`, type, bytes: new Uint8Array(content) }
}

/** A hash of all source that pages are made by, and of the packages that it stands on. */
function sourceVersion(root: string): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.tsx?$/.test(name)) hash.update(name).update(readFileSync(join(root, 'src', name)))
  }
  return hash.digest('hex').slice(0, 12)
}
