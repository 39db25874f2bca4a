import { complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { type Fault, some, warning } from './finding'
import { ordinaryWords } from './names'
import type { Kind, Prose } from './prose'
import { scriptOf } from './words'

/** The names of a locale's scripts in Unicode. */
const scripts: Readonly<Record<string, readonly string[]>> = {
  Hans: ['Han'],
  Hant: ['Han'],
  Jpan: ['Han', 'Hiragana', 'Katakana'],
  Kore: ['Hangul', 'Han'],
  Arab: ['Arabic'],
  Cyrl: ['Cyrillic'],
  Deva: ['Devanagari'],
  Grek: ['Greek'],
  Hebr: ['Hebrew'],
  Thai: ['Thai'],
}

/** Finds a text that is the source itself, or has no letter of its language's script. */
export function untranslatedFaults(
  { locale, kind }: { readonly locale: Locale; readonly kind: Kind },
  source: Prose,
  target: Prose,
  names: readonly string[],
): readonly Fault[] {
  const hasWords = (text: string) => ordinaryWords(kind, text, names, locale).length > 0
  const originals = new Set(source.passages.map((passage) => passage.trim()))
  const left = target.passages.filter((passage) => originals.has(passage.trim()) && hasWords(passage))
  if (left.includes(target.text)) {
    const isMessage = kind === 'message'
    return [warning('untranslated', complaint(isMessage ? 'check.untranslated.message' : 'check.untranslated.text'))]
  }
  if (left.length > 0) return [warning('untranslated', complaint('check.untranslated.passages', { passages: some(left) }))]
  const own = scripts[scriptOf(locale)]
  const isWritten =
    own === undefined || new RegExp(`[${own.map((script) => `\\p{Script=${script}}`).join('')}]`, 'u').test(target.text)
  return isWritten || !hasWords(target.text) ? [] : [warning('untranslated', complaint('check.untranslated.script'))]
}

/** The length of translations into a script, as parts of the English length: least and most. */
const ratios: Readonly<Record<string, readonly [number, number]>> = {
  Hans: [0.15, 0.75],
  Hant: [0.15, 0.75],
  Jpan: [0.2, 1],
  Kore: [0.25, 1.1],
  Arab: [0.5, 1.7],
  Hebr: [0.5, 1.5],
}
const alphabetic: readonly [number, number] = [0.55, 2]

/** The additional tolerance: a few words, or a name with its original in brackets. */
const slack = { short: 15, long: 25 }

/** Finds a text that is far shorter or longer than translations into its script usually are. */
export function lengthFaults(locale: Locale, source: Prose, target: Prose): readonly Fault[] {
  const [least, most] = ratios[scriptOf(locale)] ?? alphabetic
  const [before, after] = [source.text.length, target.text.length]
  if (after < before * least - slack.short)
    return [warning('length', complaint('check.length.short', { here: after, there: before }))]
  if (after > before * most + slack.long)
    return [warning('length', complaint('check.length.long', { here: after, there: before }))]
  return []
}
