import type { Candidate, Pack, Unit } from './pack'

/** What the memory has for a text, in words. */
export const offersFor = (candidates: readonly Candidate[] = []): readonly string[] =>
  candidates.map(({ score, source, target }) => `Memory ${score}%: “${inOneLine(source)}” → “${inOneLine(target)}”`)

const inOneLine = (text: string) => text.replaceAll('\n', '↵')

/**
 * A pack as OmegaT needs it: until a text is done, its English stands in place of its translation, and what there is already stands in its
 * note. OmegaT 5 takes any translation in XLIFF for the English. OmegaT 6 takes the matches of a text for the text itself, and says of
 * every text that came with a translation that it is translated.
 */
export const withEnglishCopied = (pack: Pack): Pack => ({ ...pack, units: pack.units.map(copied) })

function copied({ candidates, ...unit }: Unit): Unit {
  if (unit.state === 'current') return unit
  const name = unit.state === 'outdated' ? 'Translation of the earlier English' : 'Proposed'
  const before = unit.target === '' ? [] : [`${name}: “${inOneLine(unit.target)}”`]
  const note = [unit.note, ...before, ...offersFor(candidates)].filter((line) => line !== '').join('\n')
  return { ...unit, note, target: unit.source, state: 'missing' }
}
