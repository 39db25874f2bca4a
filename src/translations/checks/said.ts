import { folded } from './numerals'

/** The words that link the parts of a number. */
export const linkers = new Set(['and', 'et', 'und', 'y', 'e', 'i', 'و'])

/** Finds how a text says a number of which the plain `words` are known: `vingt-deux`, `due miliardi`. */
export function saidIn(text: string, words: ReadonlyMap<number, readonly string[]>): (value: number) => string {
  const tokens: { readonly plain: string; readonly from: number; readonly to: number }[] = []
  const places = new Map<string, number[]>()
  const read = () => {
    for (const { index, 0: each } of tokens.length > 0 ? [] : text.matchAll(/[\p{L}\p{M}]+/gu)) {
      const plain = folded(each)
      places.set(plain, [...(places.get(plain) ?? []), tokens.length])
      tokens.push({ plain, from: index, to: index + each.length })
    }
  }
  return (value) => {
    const wanted = words.get(value)
    if (!wanted) return String(value)
    read()
    for (const start of places.get(wanted[0] ?? '') ?? []) {
      const end = endOf(wanted, start)
      if (end !== undefined) return text.slice(tokens[start]?.from, tokens[end]?.to)
    }
    return wanted.join(' ')
  }

  /** The last token of these words, if they stand from a token on. */
  function endOf(wanted: readonly string[], start: number): number | undefined {
    let at = start
    for (const word of wanted) {
      while (tokens[at]?.plain !== word && linkers.has(tokens[at]?.plain ?? '')) at += 1
      if (tokens[at]?.plain !== word) return undefined
      at += 1
    }
    return at - 1
  }
}
