import * as z from 'zod'
import type { FileProblem } from '../briefings/files'
import { complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { complain } from '../language/schema'
import { readOfLocales, textUpTo } from './locale-files'

const sentence = textUpTo(300)

/**
 * Forms to be avoided. `*` at an end stands for any letters: `mail*` finds emails, and `*mail` Hotmail. A form in lower case is
 * found in any case, one with a capital only as it is.
 */
const forms = z.array(textUpTo(60)).min(1).max(100)

/** Signs of punctuation, one after the other: `;!?`. */
const signs = z.string().min(1).max(20).optional()
const places = z.strictObject({ before: signs, after: signs })

/** An opening and a closing mark: `«»`. */
const pairs = z.array(z.string().length(2)).min(1).max(5)

/** `locales/<tag>/style.json`: how this site writes one language. What a sheet does not say is no rule. */
export const styleSchema = z.strictObject({
  locale: z.string().max(35),
  /** How the reader is addressed, in a sentence for people, and forms that address them otherwise. */
  address: z.strictObject({ reader: sentence, avoid: forms.optional() }).optional(),
  /** Which space stands before and after signs: none, a no-break space (U+00A0), or a narrow no-break space (U+202F). */
  spaces: z.strictObject({ none: places.optional(), 'no-break': places.optional(), narrow: places.optional() }).optional(),
  /** Quotation marks, and those of a quotation within a quotation. */
  quotation: z.strictObject({ outer: pairs, inner: pairs.optional() }).optional(),
  /** The apostrophe that is not straight. */
  apostrophe: z.string().length(1).optional(),
  /** What stands between Chinese or Japanese and other letters or digits. */
  betweenScripts: z.literal('none').optional(),
  /** Words that do not stand directly before a name or a date that is filled in, because the right form depends on it: `de` and `d’`. */
  beforeName: forms.optional(),
  beforeDate: forms.optional(),
  /** Words that no text has, neither of the site nor of briefings, with a better one and the reason; and phrases in which they are right. */
  words: z
    .array(z.strictObject({ avoid: forms, except: forms.optional(), use: sentence, reason: sentence }))
    .max(500)
    .optional(),
  /** What this site calls its things, and what its own words do not call them. */
  terms: z
    .array(
      z.strictObject({
        term: sentence,
        use: sentence,
        avoid: forms.optional(),
        except: forms.optional(),
        note: sentence.optional(),
      }),
    )
    .max(500)
    .superRefine((terms, context) => {
      const seen = new Set<string>()
      for (const [index, { term }] of terms.entries()) {
        if (seen.has(term)) complain(context, complaint('schema.twice', { name: term }), [index, 'term'])
        seen.add(term)
      }
    })
    .optional(),
  /** What else people should know: how dates, numbers and headings are written. */
  notes: z.array(sentence).max(50).optional(),
})

export type Style = z.infer<typeof styleSchema>

/** Reads the style sheets of all locales. Returns them, or every problem found in any; never throws. */
export const readStyles = (
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): ReadonlyMap<Locale, Style> | readonly FileProblem[] => readOfLocales(styleSchema, files)
