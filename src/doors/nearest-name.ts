import { slipsBetween } from '../search/nearest'

/** How many letters of a mistyped word may be wrong: every third, and one in short words. */
const slipsIn = (word: string) => Math.max(1, Math.floor(word.length / 3))

/**
 * The name that a mistyped word most likely means: one that begins with it, or differs by few letters. `undefined`: no name is
 * near.
 */
export function nearestOf(typed: string, names: readonly string[]): string | undefined {
  const word = typed.toLowerCase()
  const near = names
    .map((name) => ({ name, slips: word.length > 1 && name.startsWith(word) ? 1 : slipsBetween(word, name) }))
    .filter(({ slips }) => slips <= slipsIn(word))
    .toSorted((one, other) => one.slips - other.slips)
  return near[0]?.name
}
