import * as z from 'zod'
import { type FileProblem, isProblems, readAs } from '../briefings/files'
import { complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { complain } from '../language/schema'
import { textUpTo } from './locale-files'
import { type Provenance, provenances } from './vocabulary'

/** Who translated the words of a catalog: a machine, until a person who is named has reviewed them. */
export interface Authorship {
  readonly provenance: Provenance
  readonly credits: readonly string[]
}

const recordSchema = z
  .strictObject({
    provenance: z.enum(provenances),
    credits: z.array(textUpTo(100)).max(20),
    /** Messages whose English has changed in substance: key → the English that the translation was made from. */
    outdated: z.record(z.string().max(200), textUpTo(5000)),
  })
  .superRefine(({ provenance, credits }, context) => {
    if ((provenance === 'machine') !== (credits.length === 0)) complain(context, complaint('catalogs.credits'), ['credits'])
  })

/** `locales/<tag>/catalogs.json`: for each catalog of a language, who translated it and what of it is out of date. */
const catalogsFileSchema = z.strictObject({ site: recordSchema, newsroom: recordSchema })

export type CatalogRecords = z.infer<typeof catalogsFileSchema>

const unrecorded: CatalogRecords['site'] = { provenance: 'machine', credits: [], outdated: {} }

/** Who translated a catalog, without the marks of what is out of date. */
export const authorshipIn = ({ provenance, credits }: CatalogRecords['site']): Authorship => ({ provenance, credits })

/** What holds for a language that has no `catalogs.json`. */
export const noRecords: CatalogRecords = { site: unrecorded, newsroom: unrecorded }

/** Reads the files `catalogs.json`. Returns what each language has, or every problem found in any. Never throws. */
export function readRecords(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): ReadonlyMap<Locale, CatalogRecords> | readonly FileProblem[] {
  const problems: FileProblem[] = []
  const records = new Map<Locale, CatalogRecords>()
  for (const { path, bytes } of files) {
    const read = readAs(catalogsFileSchema, path, bytes)
    if (isProblems(read)) problems.push(...read)
    else records.set(path.split('/').at(-2) ?? '', read)
  }
  return problems.length > 0 ? problems : records
}
