import type { Unit } from './units'

/** How a word must begin to be considered. Typos at the beginning are rare, and looking everywhere costs too much. */
export const beginningOf = ({ form }: Unit): string => form.slice(0, 2)

/** Whether a word is long enough to be corrected, and consists of letters. */
export const canBeMisspelt = ({ form, isCharacter }: Unit): boolean => !isCharacter && /^[\p{L}\p{M}]{4,40}$/u.test(form)

/**
 * The word that a misspelt one most likely means: one typo away, or two in words of more than five letters. Of several, the one
 * that more texts have. `undefined` if there is none.
 */
export function nearestTo(unit: Unit, words: ReadonlyMap<string, number>): string | undefined {
  const { form } = unit
  const slips = form.length > 5 ? 2 : 1
  let best: { readonly word: string; readonly distance: number; readonly count: number } | undefined
  for (const [word, count] of words) {
    if (Math.abs(word.length - form.length) > slips) continue
    const distance = slipsBetween(form, word)
    if (distance > slips) continue
    if (!best || distance < best.distance || (distance === best.distance && count > best.count)) best = { word, distance, count }
  }
  return best?.word
}

/** The fewest letters to put in, leave out, replace or swap with their neighbour (optimal string alignment). */
export function slipsBetween(one: string, other: string): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let index = 1; index <= one.length; index += 1) {
    const next = [index]
    for (let at = 1; at <= other.length; at += 1) {
      const isSame = one[index - 1] === other[at - 1]
      const isSwapped = index > 1 && at > 1 && one[index - 1] === other[at - 2] && one[index - 2] === other[at - 1]
      next.push(
        Math.min(
          (row[at - 1] ?? 0) + (isSame ? 0 : 1),
          (row[at] ?? 0) + 1,
          (next[at - 1] ?? 0) + 1,
          isSwapped ? (before[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    before = row
    row = next
  }
  return row.at(-1) ?? 0
}
