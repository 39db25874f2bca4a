import * as z from 'zod'
import type { FileProblem } from '../briefings/files'
import { complaint } from '../language/complaint'
import { canonical, type Locale } from '../language/locale'
import { complain, says } from '../language/schema'
import { type Fault, warning } from './checks/finding'
import { has, hasName, occurrencesOf, type SearchedText } from './checks/words'
import { readOfLocale, readOfLocales, textUpTo } from './locale-files'

const line = textUpTo(200)

/** `locales/<tag>/glossary.json`: the translations of English terms into one language. */
export const glossarySchema = z.strictObject({
  locale: z.string().max(35).describe('The language of the translations.'),
  terms: z
    .array(
      z.strictObject({
        /** The English, in the singular. */
        term: line.describe('The English, in the singular.'),
        translation: line.describe('The word to use, in its basic form.'),
        /** For translators: when to use it, and why. */
        note: line.optional().describe('When to use it, and why.'),
        /** Whether the English may stay as it is: a name. */
        keep: z.literal(true).optional().describe('The English may stay as it is: it is a name.'),
        /** The language of the translation, if it is another: that of a name which stays English and is read as English. */
        lang: z
          .string()
          .max(35)
          .refine((tag) => canonical(tag) === tag, says('locales.tag'))
          .optional(),
      }),
    )
    .max(5000)
    .describe('The terms, each once. A language without a glossary has none.')
    .superRefine((terms, context) => {
      const seen = new Set<string>()
      for (const [index, { term }] of terms.entries()) {
        if (seen.has(term.toLowerCase())) complain(context, complaint('schema.twice', { name: term }), [index, 'term'])
        seen.add(term.toLowerCase())
      }
    }),
})

export type Glossary = z.infer<typeof glossarySchema>
export type Term = Glossary['terms'][number]

/** Reads a glossary file. Returns it or every problem found in it; never throws. */
export const readGlossary = (file: string, bytes: Uint8Array): Glossary | readonly FileProblem[] =>
  readOfLocale(glossarySchema, file, bytes)

/** Reads the glossaries of all locales. Returns them, or every problem found in any. */
export const readGlossaries = (
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): ReadonlyMap<Locale, Glossary> | readonly FileProblem[] => readOfLocales(glossarySchema, files)

/** The entry of a term, in capitals or not. */
export const termOf = ({ terms }: Glossary, wanted: string) =>
  terms.find(({ term }) => term.toLowerCase() === wanted.toLowerCase())

/** The terms that may stay as they are. */
export const keptTerms = (glossary: Glossary | undefined): readonly string[] =>
  glossary?.terms.flatMap(({ term, keep }) => (keep ? [term] : [])) ?? []

/** The terms of a glossary that are in a text. A term inside a longer one does not count. */
export function termsIn({ terms }: Glossary, text: string): readonly Term[] {
  const taken: { readonly from: number; readonly to: number }[] = []
  return terms
    .toSorted((one, other) => other.term.length - one.term.length)
    .filter(({ term }) => {
      const free = occurrencesOf(term, text).filter(({ from, to }) => !taken.some((each) => from < each.to && each.from < to))
      taken.push(...free)
      return free.length > 0
    })
}

/** The terms of a glossary that are in a text with their translations and notes, in one line for translators; `undefined`: none. */
export function termsLine(glossary: Glossary, text: string): string | undefined {
  const terms = termsIn(glossary, text).map(({ term, translation, note }) => {
    return `${term}: ${translation}${note === undefined ? '' : ` (${note})`}`
  })
  return terms.length === 0 ? undefined : terms.join(' · ')
}

/** Checks that terms are translated as the glossary has them. */
export const glossaryFaults = (glossary: Glossary | undefined, source: string, target: SearchedText): readonly Fault[] =>
  glossary === undefined
    ? []
    : termsIn(glossary, source)
        .filter((term) => !isRendered(term, target))
        .map(({ term, translation }) => warning('glossary', complaint('check.glossary', { term, translation })))

function isRendered({ term, translation, keep }: Term, target: SearchedText): boolean {
  if (keep && hasName(target, term)) return true
  return translation === term && keep ? false : has(target, translation)
}
