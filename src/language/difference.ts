import { diffWordsWithSpace } from 'diff'
import type { Locale } from './locale'

/** A stretch of two texts laid over each other: in both, or in one of them only. */
export interface Piece {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** More words than this changed, and two texts are told as one replaced by the other: comparing them would take too long. */
const editsMax = 1500

/**
 * What turns one text of a locale into another, word by word; words as its dictionary cuts them (UAX 29), so also where a
 * script sets no spaces. Words that changed in a row are told as one stretch, what was removed before what was added.
 */
export function differenceOf(before: string, after: string, locale: Locale): readonly Piece[] {
  const intlSegmenter = new Intl.Segmenter(locale, { granularity: 'word' })
  const changes = diffWordsWithSpace(before, after, { intlSegmenter, maxEditLength: editsMax })
  if (!changes) return inARow(before, after)
  const pieces: Piece[] = []
  let removed = ''
  let added = ''
  for (const { value, added: isAdded, removed: isRemoved } of changes) {
    const isGap = value.trim() === '' && removed + added !== ''
    if (!isAdded && !isRemoved && !isGap) {
      pieces.push(...inARow(removed, added), { kind: 'same', text: value })
      removed = ''
      added = ''
    }
    if (isRemoved || (isGap && !isAdded)) removed += value
    if (isAdded || (isGap && !isRemoved)) added += value
  }
  return [...pieces, ...inARow(removed, added)]
}

const inARow = (removed: string, added: string): readonly Piece[] => [
  ...(removed === '' ? [] : [{ kind: 'removed', text: removed } as const]),
  ...(added === '' ? [] : [{ kind: 'added', text: added } as const]),
]
