import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type FileProblem, isProblems, readAs, unfit } from '../briefings/files'
import type { Catalog } from '../language/catalog'
import { complaint } from '../language/complaint'
import { canonical, type Locale, type Locales } from '../language/locale'
import { isFormat } from '../language/region'
import { complain, says } from '../language/schema'
import { settingsSchema } from '../settings/schema'
import type { Settings } from '../settings/settings'
import { type CatalogRecords, readRecords } from '../translations/authorship'
import type { CatalogName } from '../translations/catalog-pack'
import { problemsInCatalog } from '../translations/checks/catalogs'
import { textUpTo } from '../translations/locale-files'
import { below, readLocaleFiles } from './content-folder'

const localesSchema = z
  .strictObject({
    source: z.string(),
    locales: z
      .array(
        z.strictObject({
          tag: z.string().refine((tag) => canonical(tag) === tag, says('locales.tag')),
          state: z.enum(['hidden', 'preview', 'public']),
          fallback: z.array(z.string()),
          format: z.string().optional(),
          firstDay: textUpTo(20).optional(),
        }),
      )
      .min(1),
  })
  .superRefine(({ source, locales }, context) => {
    const tags = locales.map(({ tag }) => tag)
    if (!tags.includes(source)) complain(context, complaint('locales.source', { tag: source }), ['source'])
    for (const [index, { tag, fallback, format = tag }] of locales.entries()) {
      if (!isFormat(format, tag)) complain(context, complaint('locales.format', { tag }), ['locales', index, 'format'])
      if (tags.indexOf(tag) < index) complain(context, complaint('schema.twice', { name: tag }), ['locales', index, 'tag'])
      for (const [place, other] of fallback.entries()) {
        if (!tags.includes(other) || other === tag)
          complain(context, complaint('locales.fallback', { tag: other }), ['locales', index, 'fallback', place])
      }
    }
  })

type Catalogs = Readonly<Record<Locale, Catalog>>

const fileOf = (locale: Locale, name: CatalogName) => `locales/${locale}/${name}.json`

/** The words as a checkout has them, with all problems that stop them from being built into a program. */
export function readWords(root: string): {
  readonly locales: Locales
  readonly catalogs: Catalogs
  readonly newsroom: Catalogs
  readonly records: ReadonlyMap<Locale, CatalogRecords>
  readonly problems: readonly FileProblem[]
} {
  const read = localesIn(root)
  if (isProblems(read)) throw unfit(read)
  const locales = read
  const { catalogs, problems } = readCatalogs(root, locales, 'site')
  const newsroom = readCatalogs(root, locales, 'newsroom')
  const records = readRecords(readLocaleFiles(root, 'catalogs'))
  const wrong = [...problems, ...newsroom.problems, ...(isProblems(records) ? records : [])]
  return { locales, catalogs, newsroom: newsroom.catalogs, records: isProblems(records) ? new Map() : records, problems: wrong }
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
  if (problems.length > 0) return { catalogs, problems } // What was read cannot be compared with what could not be read.
  const english = catalogs[source] ?? {}
  for (const { tag, state } of locales) {
    const found = problemsInCatalog(tag, catalogs[tag] ?? {}, english, state === 'public' ? 'whole' : 'partial')
    problems.push(...found.map(({ key, complaint }) => ({ file: fileOf(tag, name), path: key, complaint })))
  }
  return { catalogs, problems }
}

const catalogSchema = z.record(z.string(), z.string(), says('catalog.texts'))

/** A catalog as its file has it; without a file, it has no words. Notes to translators stay in the file. */
export function readCatalog(root: string, file: string): Catalog | readonly FileProblem[] {
  const path = join(root, file)
  if (!existsSync(path)) return {}
  return catalogIn(file, readFileSync(path))
}

/** The messages of a file in the form of a catalog. */
export function catalogIn(file: string, bytes: Uint8Array): Catalog | readonly FileProblem[] {
  const read = readAs(catalogSchema, file, bytes)
  if (isProblems(read)) return read
  return Object.fromEntries(Object.entries(read).filter(([key]) => !key.startsWith('@')))
}

/** The languages of a folder, or every problem in the file that lists them. */
export function localesIn(root: string): Locales | readonly FileProblem[] {
  const file = join('locales', 'index.json')
  return readAs(localesSchema, file, readFileSync(join(root, file)))
}

/** What a site decides, by its folder, or every problem in the file. */
export function settingsIn(root: string): Settings | readonly FileProblem[] {
  const path = below(root, 'site.json')
  return readAs(settingsSchema, path, readFileSync(join(root, path)))
}
