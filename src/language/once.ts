/**
 * A function that works once for the same texts, and remembers the results for as long as it is kept. It is for texts of which there are few:
 * locales, keys of messages, or what one briefing has.
 */
export function once<Texts extends readonly string[], Result>(work: (...texts: Texts) => Result): (...texts: Texts) => Result {
  const known = new Map<string, Result>()
  return (...texts) => {
    const key = texts.join('\0')
    const found = known.get(key)
    if (found !== undefined) return found
    const made = work(...texts)
    known.set(key, made)
    return made
  }
}
