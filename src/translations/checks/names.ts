import { complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { type Glossary, termOf } from '../glossary'
import type { ReturnedPack } from '../packs/pack'
import { type Fault, some, warning } from './finding'
import type { Kind, Prose } from './prose'
import { hasName, occurrencesOf, type SearchedText } from './words'

/** Checks that names of the source are in the translation: unchanged, as initials, or as the glossary has them. */
export function nameFaults(
  names: readonly string[],
  source: Prose,
  target: SearchedText,
  glossary: Glossary | undefined,
): readonly Fault[] {
  const lost = names.filter(
    (name) =>
      source.text.includes(name) &&
      occurrencesOf(name, source.text).length > 0 &&
      !(glossary && termOf(glossary, name)) && // The check of the glossary has it.
      !hasName(target, name) &&
      !hasInitials(target, name),
  )
  return lost.length === 0 ? [] : [warning('names', complaint('check.names', { names: some(lost) }))]
}

function hasInitials(target: SearchedText, name: string): boolean {
  const initials = name.match(/\p{Lu}(?=\p{Ll})/gu)?.join('') ?? ''
  return initials.length > 2 && hasName(target, initials)
}

/**
 * Whether a text of a returned file that is done may be the English itself. Where a file only lacks a mark, as in PO, the text must have no
 * ordinary word: a name, a number, an address.
 */
export const mayStayEnglish = (
  { isDoneUnsaid, locale }: Pick<ReturnedPack, 'isDoneUnsaid' | 'locale'>,
  kind: Kind,
  text: string,
) => isDoneUnsaid !== true || ordinaryWords(kind, text, [], locale).length === 0

/**
 * The words of a text that are not names, numbers or arguments: those in lower case. In a message of the site, where a capital does not
 * make a name, every word.
 */
export function ordinaryWords(kind: Kind, text: string, names: readonly string[], locale: Locale): readonly string[] {
  const rest = names.reduce((left, name) => (name === '' ? left : left.replaceAll(name, ' ')), text)
  const words = rest.replace(/\{[^{}]*\}|https?:\/\/\S+/g, ' ').match(/[\p{L}\p{M}\p{Nd}]+/gu) ?? []
  return kind === 'message'
    ? words.filter((word) => /\p{L}{2}/u.test(word))
    : words.filter((word) => /^\p{Ll}\p{L}/u.test(word) && word === word.toLocaleLowerCase(locale))
}
