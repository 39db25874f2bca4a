import type { Locale } from '../../language/locale'
import { Refusal } from '../../problem'

/** The languages in which DeepL keeps markup in its place, by its own codes; some it knows whole as a source, and by variant as a target. */
const languages = 'AR BG CS DA DE EL ES ET FI FR HU ID IT JA KO LT LV NB NL PL RO RU SK SL SV TR UK'.split(' ')
const sources = [...languages, 'EN', 'PT', 'ZH']
const targets = [...languages, 'EN-GB', 'EN-US', 'PT-BR', 'PT-PT', 'ZH-HANS', 'ZH-HANT']

/** What one request may hold: texts, and bytes of them (the body as a whole may have 128 KiB). */
const textsMax = 50
const bytesMax = 120 * 1024

/** How DeepL is to treat the markup in texts. */
const handling = { preserve_formatting: true, tag_handling: 'xml', tag_handling_version: 'v2', non_splitting_tags: ['x'] }

/** What DeepL is asked with to translate texts of a source into a target: a batch of them, as many as one request may hold, and its JSON. */
export function* askedOf(texts: readonly string[], source: Locale, target: Locale) {
  const pair = { source_lang: codeOf(source, sources), target_lang: codeOf(target, targets) }
  for (const batch of batches(texts)) yield { batch, body: JSON.stringify({ text: batch, ...pair, ...handling }) }
}

/** A locale by DeepL's code: that of its variant where it has one, or of its language. */
function codeOf(locale: Locale, codes: readonly string[]): string {
  const { language, script, region } = new Intl.Locale(locale).maximize()
  const code = [`${language}-${region}`, `${language}-${script}`, language]
    .map((each) => each.toUpperCase())
    .find((each) => codes.includes(each))
  if (code === undefined) throw new Refusal('deepl.language', { locale })
  return code
}

function* batches(texts: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = []
  let bytes = 0
  for (const text of texts) {
    const size = new TextEncoder().encode(JSON.stringify(text)).length + 1
    if (batch.length === textsMax || (batch.length > 0 && bytes + size > bytesMax)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(text)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
