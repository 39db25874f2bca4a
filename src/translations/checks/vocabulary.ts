import { complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import type { Style } from '../style'
import { type Fault, some, warning } from './finding'
import type { Kind, Prose } from './prose'
import { isSpaceless } from './words'

/** Finds the words that a style sheet avoids, and forms that address readers otherwise. Terms are for the site's own words only. */
export function vocabularyFaults(style: Style, kind: Kind, { passages }: Prose): readonly Fault[] {
  const text = passages.join('\n').replace(addresses, '…').normalize('NFC')
  const foundOf = (forms: readonly string[] = []) => some(forms.flatMap((form) => occurrencesOfForm(style.locale, form, text)))
  const { address, words = [], terms = [] } = style
  const otherwise = foundOf(address?.avoid)
  return [
    ...(address && otherwise.length > 0
      ? [warning('form-of-address', complaint('check.form-of-address', { words: otherwise, rule: address.reader }))]
      : []),
    ...words.flatMap(({ avoid, use, reason }) => {
      const found = foundOf(avoid)
      return found.length > 0 ? [warning('words', complaint('check.words', { words: found, use, reason }))] : []
    }),
    ...(kind === 'message' ? terms : []).flatMap(({ term, use, avoid }) => {
      const found = foundOf(avoid)
      return found.length > 0 ? [warning('words', complaint('check.terms', { words: found, term, use }))] : []
    }),
  ]
}

/** What a text has of a form of a style sheet. In scripts with spaces, a form is whole words, but for what its `*` stands for. */
function occurrencesOfForm(locale: Locale, form: string, text: string): readonly string[] {
  const written = form
    .normalize('NFC')
    .replace(/[\\^$.+?()[\]{}|/]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replaceAll('*', `${letter}*`)
  const pattern = isSpaceless(locale) ? written : `(?<!${letter})${written}(?!${letter})`
  return text.match(new RegExp(pattern, /\p{Lu}/u.test(form) ? 'gu' : 'giu')) ?? []
}

/** What is written for programs: web addresses, and those of emails. */
const addresses = /\S*(?:@|:\/\/)\S*/g

const letter = '[\\p{L}\\p{M}\\p{N}]'
