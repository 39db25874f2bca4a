import { complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import type { Style } from '../style'
import { type Fault, some, warning } from './finding'
import type { Kind, Prose } from './prose'
import { isSpaceless } from './words'

/** Finds the words that a style sheet avoids. Terms, and how readers are addressed, are for the site’s own words only. */
export function vocabularyFaults({ locale, ...style }: Style, kind: Kind, { passages }: Prose): readonly Fault[] {
  const text = passages.join('\n').replace(addresses, '…').normalize('NFC')
  const { words = [], terms = [], address } = kind === 'message' ? style : { words: style.words }
  const otherwise = formsIn(locale, text, address)
  return [
    ...(address && otherwise.length > 0
      ? [warning('form-of-address', complaint('check.form-of-address', { words: some(otherwise), rule: address.reader }))]
      : []),
    ...words
      .map(({ use, reason, ...sought }) => ({ found: formsIn(locale, text, sought), use, reason }))
      .filter(({ found }) => found.length > 0)
      .map(({ found, use, reason }) => warning('words', complaint('check.words', { words: some(found), use, reason }))),
    ...terms
      .map(({ term, use, ...sought }) => ({ found: formsIn(locale, text, sought), term, use }))
      .filter(({ found }) => found.length > 0)
      .map(({ found, term, use }) => warning('words', complaint('check.terms', { words: some(found), term, use }))),
  ]
}

interface Sought {
  readonly avoid?: readonly string[] | undefined
  readonly except?: readonly string[] | undefined
}

/** What a text has of the forms to avoid, apart from the phrases in which they are right. */
function formsIn(locale: Locale, text: string, { avoid = [], except = [] }: Sought = {}): readonly string[] {
  const rest = except.reduce((left, form) => left.replace(patternOf(locale, form), '…'), text)
  return avoid.flatMap((form) => rest.match(patternOf(locale, form)) ?? [])
}

/** A form of a style sheet, to be found. In scripts with spaces, it is whole words, but for what its `*` stands for. */
function patternOf(locale: Locale, form: string): RegExp {
  const written = form
    .normalize('NFC')
    .replace(/[\\^$.+?()[\]{}|/]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replaceAll('*', `${letter}*`)
  const pattern = isSpaceless(locale) ? written : `(?<!${letter}|-)${written}(?!${letter})`
  return new RegExp(pattern, /\p{Lu}/u.test(form) ? 'gu' : 'giu')
}

/** What is written for programs: web addresses, and those of emails. */
const addresses = /\S*(?:@|:\/\/)\S*/g

const letter = '[\\p{L}\\p{M}\\p{N}]'
