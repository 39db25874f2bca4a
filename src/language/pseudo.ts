import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js'
import type { Catalog } from './catalog'
import { type Locale, type Locales, type PseudoLocale, pseudoLocales } from './locale'

/** A piece of a text that has no words, and stays as it is. */
interface Code {
  readonly text: string
}

/** How English is made to look like another language. */
interface Voice {
  /** Words in their new look. Parts that are not English stay. */
  say(words: string): string
  readonly opening: string
  readonly closing: string
}

/** How much longer than English translations usually are, in percent. */
const lengthening = 40

/** Readable letters that nobody types: one for each of English, of the same length. */
const looks = new Map(
  [
    ...['aå', 'bƀ', 'cç', 'dð', 'eé', 'fƒ', 'gĝ', 'hĥ', 'iî', 'jĵ', 'kķ', 'lļ', 'mɱ', 'nñ', 'oö', 'pþ', 'qʠ', 'rŕ', 'sš', 'tţ'],
    ...['uû', 'vṽ', 'wŵ', 'xẋ', 'yý', 'zž', 'AÅ', 'BƁ', 'CÇ', 'DÐ', 'EÉ', 'FƑ', 'GĜ', 'HĤ', 'IÎ', 'JĴ', 'KĶ', 'LĻ', 'MḾ', 'NÑ'],
    ...['OÖ', 'PÞ', 'QǪ', 'RŔ', 'SŠ', 'TŢ', 'UÛ', 'VṼ', 'WŴ', 'XẊ', 'YÝ', 'ZŽ'],
  ].map(([english = '', look = '']) => [english, look] as const),
)

/** Accented, and longer inside words, where layouts break: vowels are repeated, and then ends of words. */
function accented(words: string): string {
  let owed = 0
  return words.replace(/([aeiou]|[a-z](?![a-z]))|[\s\S]/gi, (character, stretched: string | undefined) => {
    owed += lengthening
    const look = looks.get(character) ?? character
    if (stretched === undefined) return look
    const more = Math.floor(owed / 100)
    owed %= 100
    return look + look.toLowerCase().repeat(more)
  })
}

const rightToLeft = '\u202e'
const asBefore = '\u202c'
const mirroredOrWord = /\u202e[^\u202c]*\u202c|\p{L}(?:[\p{L}\p{M}\p{Nd}]|['’-](?=\p{L}))*/gu

/** Each word overridden to run from right to left, as Android and Chrome do it. */
const mirrored = (words: string) =>
  words.replace(mirroredOrWord, (word) => (word.startsWith(rightToLeft) ? word : rightToLeft + word + asBefore))

const voices: Readonly<Record<PseudoLocale, Voice>> = {
  'en-XA': { say: accented, opening: '⟦', closing: '⟧' },
  'ar-XB': { say: mirrored, opening: '', closing: '' },
}

/** Addresses, tags and references to characters. */
const codes = /(https?:\/\/[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\]\(\/[a-z0-9/-]+\)|<[^<>]*>|&(?:[a-z]+|#\d+|#x[\da-f]+);)/i

/** The parts of a text that look like English, without codes. */
const hasWords = (text: string) => text.split(codes).some((piece, index) => index % 2 === 0 && /[a-z]/i.test(piece))

const said = (text: string, { say }: Voice) =>
  text
    .split(codes)
    .map((piece, index) => (index % 2 === 0 ? say(piece) : piece))
    .join('')

/**
 * An English text in a pseudo-locale. `en-XA`: accented, longer by two characters and 40 %, and in brackets; a missing bracket shows that the
 * text was cut or put together from parts. `ar-XB`: from right to left, by controls that typed texts may not have. Addresses, tags and
 * references to characters stay. A text without letters, and one that is pseudo already, stay as they are.
 */
export const pseudoText = (text: string, tag: PseudoLocale): string => pseudoPieces([text], tag)

/** The same for a text that is cut into words and codes. Codes stay. */
export function pseudoPieces(pieces: readonly (string | Code)[], tag: PseudoLocale): string {
  const isEnglish = pieces.some((piece) => typeof piece === 'string' && hasWords(piece))
  const isText = (piece: string | Code) => typeof piece === 'string' && piece.trim() !== ''
  const [first, last] = [pieces.findIndex(isText), pieces.findLastIndex(isText)]
  const voice = voices[tag]
  return pieces
    .map((piece, index) => {
      if (typeof piece !== 'string') return piece.text
      const text = said(piece, voice)
      const opened = isEnglish && index === first ? text.replace(/^\s*/, `$&${voice.opening}`) : text
      return isEnglish && index === last ? closed(opened, voice) : opened
    })
    .join('')
}

/** Adds the closing bracket, after a space if it would look like a part of an address. */
const closed = (text: string, { closing }: Voice) =>
  text.replace(/\s*$/, closing !== '' && /:\/\/\S+\s*$/.test(text) ? ` ${closing}$&` : `${closing}$&`)

/**
 * An English ICU message in a pseudo-locale: words as in `pseudoText`; arguments, selectors and `#` unchanged. Each plural has the forms that
 * the locale needs (CLDR); a form that English lacks is a copy of `other`.
 */
export function pseudoMessage(message: string, tag: PseudoLocale): string {
  const elements = parse(message, { ignoreTag: true, requiresOtherClause: true })
  const { opening, closing } = voices[tag]
  const bracket = (value: string) => (value !== '' && hasLiteralWords(elements) ? [{ type: TYPE.literal as const, value }] : [])
  return printAST([...bracket(opening), ...elements.map((element) => pseudoElement(element, tag)), ...bracket(closing)])
}

const hasLiteralWords = (elements: readonly MessageFormatElement[]): boolean =>
  elements.some((element) => {
    if (element.type === TYPE.literal) return hasWords(element.value)
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return false
    return Object.values(element.options).some(({ value }) => hasLiteralWords(value))
  })

function pseudoElement(element: MessageFormatElement, tag: PseudoLocale): MessageFormatElement {
  if (element.type === TYPE.literal) return { ...element, value: said(element.value, voices[tag]) }
  if (element.type !== TYPE.plural && element.type !== TYPE.select) return element
  const options = Object.entries(element.options).map(
    ([name, option]) => [name, { ...option, value: option.value.map((each) => pseudoElement(each, tag)) }] as const,
  )
  const forms = Object.fromEntries(options)
  const { other } = forms
  if (element.type === TYPE.select || !other) return { ...element, options: forms }
  const { pluralCategories } = new Intl.PluralRules(tag, { type: element.pluralType ?? 'cardinal' }).resolvedOptions()
  return { ...element, options: { ...Object.fromEntries(pluralCategories.map((name) => [name, other])), ...forms } }
}

/** The catalog of a pseudo-locale, made from that of the source. */
export const pseudoCatalog = (source: Catalog, tag: PseudoLocale): Catalog =>
  Object.fromEntries(
    Object.entries(source)
      .filter(([key]) => !key.startsWith('@'))
      .map(([key, message]) => [key, pseudoMessage(message, tag)]),
  )

/** A site's locales and catalogs with the pseudo-locales added, in preview. For developers, never for readers. */
export const withPseudoLocales = (
  { source, locales }: Locales,
  catalogs: Readonly<Record<Locale, Catalog>>,
): { readonly locales: Locales; readonly catalogs: Readonly<Record<Locale, Catalog>> } => ({
  locales: { source, locales: [...locales, ...pseudoLocales.map((tag) => ({ tag, state: 'preview' as const, fallback: [] }))] },
  catalogs: { ...catalogs, ...Object.fromEntries(pseudoLocales.map((tag) => [tag, pseudoCatalog(catalogs[source] ?? {}, tag)])) },
})
