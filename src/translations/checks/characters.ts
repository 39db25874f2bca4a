import { complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { flawIn } from '../../language/text'
import { error, type Fault, some, warning } from './finding'
import type { Kind, Prose } from './prose'
import { languageOf, scriptOf } from './words'

/** Invisible characters that would harm what readers see. */
export function flawFaults(target: string): readonly Fault[] {
  const flaw = flawIn(target)
  return flaw === undefined ? [] : [error('text', flaw)]
}

/** Alphabets with letters that look alike. No word is written in two of them. */
const alphabets = ['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Georgian', 'Coptic', 'Cherokee'].map(
  (name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const,
)
const lettersOfAlphabets = new RegExp(`[${alphabets.map(([name]) => `\\p{Script=${name}}`).join('')}\\p{M}]+`, 'gu')

/** Words that mix alphabets, such as a Latin word with a Cyrillic о in it. */
export function scriptFaults(target: Prose): readonly Fault[] {
  const mixed = (target.passages.join('\n').match(lettersOfAlphabets) ?? []).filter(
    (word) => alphabets.filter(([, pattern]) => pattern.test(word)).length > 1,
  )
  return mixed.length === 0 ? [] : [warning('mixed-script', complaint('check.mixed-script', { words: some(mixed) }))]
}

/** Finds a space at the beginning or the end, two spaces, and a line break in a single line. */
export function spacingFaults(kind: Kind, source: string, target: string, before: Prose, after: Prose): readonly Fault[] {
  const wholes = (text: string, prose: Prose) => (kind === 'markdown' ? [text] : prose.passages)
  const has = (isSo: (text: string) => boolean, texts: readonly string[], others: readonly string[]) =>
    texts.some(isSo) && !others.some(isSo)
  const found = [
    ...(has(isPadded, wholes(target, after), wholes(source, before)) ? [complaint('check.spacing.ends')] : []),
    ...(has(hasDoubleSpace, after.passages, before.passages) ? [complaint('check.spacing.double')] : []),
    ...(kind !== 'markdown' && has(isBroken, after.passages, before.passages) ? [complaint('check.spacing.lines')] : []),
  ]
  return found.map((each) => warning('spacing', each))
}

const isPadded = (text: string) => text !== text.trim()
const hasDoubleSpace = (text: string) => /[ \t\u00a0\u2009\u202f]{2}/.test(text)
const isBroken = (text: string) => /[\n\r]/.test(text.trim())

/** Opening mark → closing mark of each language. Messages name the first pair. From CLDR, with what good publishers use. */
const quotations: Readonly<Record<string, readonly string[]>> = {
  ar: ['«»', '“”', '”“'],
  bg: ['„“', '«»'],
  ca: ['«»', '“”'],
  cs: ['„“', '»«'],
  da: ['””', '“”', '»«'],
  de: ['„“', '»«'],
  el: ['«»', '“”'],
  en: ['“”'],
  es: ['«»', '“”'],
  et: ['„“', '«»'],
  eu: ['«»', '“”'],
  fa: ['«»'],
  fi: ['””', '»»'],
  fr: ['«»'],
  gl: ['«»', '“”'],
  hi: ['“”'],
  hr: ['„“', '„”', '»«'],
  hu: ['„”', '»«'],
  id: ['“”'],
  it: ['«»', '“”'],
  ja: ['「」', '『』', '《》', '〈〉'],
  ko: ['“”', '『』', '「」', '《》', '〈〉'],
  lt: ['„“'],
  lv: ['“”', '«»', '„”'],
  nb: ['«»', '“”'],
  nl: ['“”', '„”'],
  pl: ['„”', '«»', '»«'],
  pt: ['“”'],
  'pt-PT': ['«»', '“”'],
  ro: ['„”', '«»'],
  ru: ['«»', '„“'],
  sk: ['„“', '»«'],
  sl: ['„“', '»«'],
  sr: ['„“', '„”', '»«'],
  sv: ['””', '»»', '»«'],
  th: ['“”'],
  tr: ['“”', '«»'],
  uk: ['«»', '„“', '“”'],
  vi: ['“”'],
  zh: ['“”', '《》', '〈〉'],
  'zh-Hant': ['「」', '『』', '《》', '〈〉'],
}

/** Quotation marks. A straight one right behind a digit is an inch. */
const quotationMarks = /(?<!\d)"|[“”„‟«»「」『』＂]/gu

/** Opening and closing marks: of quotations, and of those within them. */
interface Quotation {
  readonly outer: readonly string[]
  readonly inner?: readonly string[] | undefined
}

/** Checks that quotation marks are those of the style sheet, or else any of the language, and that each is closed. */
export function quotationFaults(locale: Locale, target: Prose, ofSheet?: Quotation): readonly Fault[] {
  const ofLanguage =
    quotations[locale] ?? quotations[`${languageOf(locale)}-${scriptOf(locale)}`] ?? quotations[languageOf(locale)]
  const marks = ofSheet ?? (ofLanguage && { outer: ofLanguage, inner: [...ofLanguage, '“”', '«»'] })
  if (!marks) return []
  const [first = ''] = marks.outer
  const lines = target.spoken.flatMap((passage) => passage.split('\n'))
  const foreign = lines.flatMap((line) => misquoted(line, marks) ?? [])
  if (foreign.length === 0) return []
  return [warning('quotation', complaint('check.quotation', { marks: some(foreign), pair: [...first].join('…') }))]
}

/** The first quotation mark of a line that opens or closes nothing there. */
function misquoted(line: string, { outer, inner = outer }: Quotation): string | undefined {
  const open: string[] = []
  for (const [mark] of line.matchAll(quotationMarks)) {
    const opened = open.at(-1)
    if (opened !== undefined && [...outer, ...inner].includes(`${opened}${mark}`)) open.pop()
    else if ((opened === undefined ? outer : inner).some((pair) => pair.startsWith(mark))) open.push(mark)
    else return mark
  }
  return open[0]
}
