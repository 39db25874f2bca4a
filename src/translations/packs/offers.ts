import type { Candidate, Pack, Unit } from './pack'

/** What the memory has for a text, in words. */
export const offersFor = (candidates: readonly Candidate[] = []): readonly string[] =>
  candidates.map(({ score, source, target }) => `Memory ${score}%: “${inOneLine(source)}” → “${inOneLine(target)}”`)

/** What was set aside beside a text and waits, in words: who sent it, when, and what to do. */
export function asideIn({ aside = [] }: Pick<Unit, 'aside'>): readonly string[] {
  if (aside.length === 0) return []
  const told = aside.map(({ text, by, at }) => `Another text was sent (${by}, ${minuteOf(at)}): “${text}”`)
  return [...told, 'Use it, keep the present text or write a third. Then mark the text as done.']
}

const minuteOf = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`

/** When the newest of them was set aside. A file that still says so comes from somebody who was shown them all. */
export const asideUntil = ({ aside = [] }: Pick<Unit, 'aside'>): string | undefined =>
  aside
    .map(({ at }) => at)
    .sort()
    .at(-1)

export const inOneLine = (text: string) => text.replaceAll('\n', '↵')

/**
 * A pack as OmegaT needs it: until a text is done, its English stands in place of its translation, and what there is already stands in its
 * note. OmegaT 5 takes any translation in XLIFF for the English. OmegaT 6 takes the matches of a text for the text itself, and says of
 * every text that came with a translation that it is translated.
 */
export const withEnglishCopied = (pack: Pack): Pack => ({ ...pack, units: pack.units.map(copied) })

function copied({ candidates, ...unit }: Unit): Unit {
  if (unit.state === 'current') return unit
  const name = { outdated: 'Translation of the earlier English', undecided: 'Present text' }[String(unit.state)] ?? 'Proposed'
  const before = unit.target === '' ? [] : [`${name}: “${inOneLine(unit.target)}”`]
  const note = [unit.note, ...before, ...offersFor(candidates)].filter((line) => line !== '').join('\n')
  return { ...unit, note, target: unit.source, state: 'missing' }
}
