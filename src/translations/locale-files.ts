import * as z from 'zod'
import { type FileProblem, isProblems, readAs } from '../briefings/files'
import { complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { complain } from '../language/schema'
import { flawInTextUpTo } from '../language/text'

/** A text of at most so many characters, without what nobody sees. */
export const textUpTo = (most: number): z.ZodType<string> =>
  z
    .string()
    .normalize('NFC')
    .superRefine((text, context) => {
      const flaw = flawInTextUpTo(most, text)
      if (flaw) complain(context, flaw)
    })

/** Reads a file of `locales/<tag>`, which says its locale. Returns it or every problem found in it; never throws. */
export function readOfLocale<Content extends { readonly locale: Locale }>(
  schema: z.ZodType<Content>,
  file: string,
  bytes: Uint8Array,
): Content | readonly FileProblem[] {
  const read = readAs(schema, file, bytes)
  if (isProblems(read)) return read
  const folder = file.split('/').at(-2) ?? ''
  return read.locale === folder ? read : [{ file, path: 'locale', complaint: complaint('file.folder', { folder }) }]
}

/** Reads such a file of each locale. Returns them by locale, or every problem found in any. */
export function readOfLocales<Content extends { readonly locale: Locale }>(
  schema: z.ZodType<Content>,
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): ReadonlyMap<Locale, Content> | readonly FileProblem[] {
  const read = files.map(({ path, bytes }) => readOfLocale(schema, path, bytes))
  const problems = read.flatMap((each) => (isProblems(each) ? each : []))
  return problems.length > 0
    ? problems
    : new Map(read.flatMap((each) => (isProblems(each) ? [] : [[each.locale, each] as const])))
}
