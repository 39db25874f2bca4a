import bidiFactory from 'bidi-js'

const bidi = bidiFactory()

/** A stretch of a line that runs one way: to the right if its level is even. */
export interface Levelled {
  readonly level: number
}

/** The level of each UTF-16 unit of a line in a paragraph that runs `dir` (UAX 9). */
export const levelsOf = (line: string, dir: 'ltr' | 'rtl'): Uint8Array => bidi.getEmbeddingLevels(line, dir).levels

/** The stretches in visual order, from the left (UAX 9, L2). */
export function fromTheLeft<Stretch extends Levelled>(stretches: readonly Stretch[]): readonly Stretch[] {
  const placed = [...stretches]
  const levels = stretches.map(({ level }) => level)
  for (let level = Math.max(0, ...levels); level > 0; level -= 1) {
    for (let from = 0; from < placed.length; from += 1) {
      let to = from
      while ((placed[to]?.level ?? -1) >= level) to += 1
      if (to === from) continue
      placed.splice(from, to - from, ...placed.slice(from, to).reverse())
      from = to
    }
  }
  return placed
}
