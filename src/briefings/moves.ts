/** Which of these names stand elsewhere among those that both lists have: as few as possible, in the order of `after`. */
export function movedBetween(before: readonly string[], after: readonly string[]): readonly string[] {
  const places = new Map(before.map((name, place) => [name, place]))
  const both = after.filter((name) => places.has(name))
  const stayed = new Set(longestRising(both.map((name) => places.get(name) ?? 0)).map((place) => before[place]))
  return both.filter((name) => !stayed.has(name))
}

/** The longest rising sequence within one; of several, that which keeps the first. */
function longestRising(numbers: readonly number[]): readonly number[] {
  const ending: (readonly number[])[] = []
  for (const number of numbers) {
    const best = ending
      .filter((each) => (each.at(-1) ?? -1) < number)
      .reduce((one, other) => (other.length > one.length ? other : one), [])
    ending.push([...best, number])
  }
  return ending.reduce((one, other) => (other.length > one.length ? other : one), [])
}
