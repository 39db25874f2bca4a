import { diffWordsWithSpace } from 'diff'
import type { Locale } from './locale'

/** A piece of the difference of two texts: in both, or in one of them only. */
export interface Piece {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** If more words than this changed, one text replaces the other as a whole. Comparing them would take too long. */
const editsMax = 1500

/**
 * What turns one text of a locale into another, word by word. `Intl.Segmenter` finds the words (UAX 29), also in scripts without spaces.
 * Words that changed in a row are one piece, with what was removed before what was added.
 */
export function differenceOf(before: string, after: string, locale: Locale): readonly Piece[] {
  const intlSegmenter = new Intl.Segmenter(locale, { granularity: 'word' })
  const changes = diffWordsWithSpace(before, after, { intlSegmenter, maxEditLength: editsMax })
  if (!changes) return inARow(before, after, '')
  const pieces: Piece[] = []
  let [removed, added, gap] = ['', '', '']
  for (const { value, added: isAdded, removed: isRemoved } of changes) {
    if (isAdded || isRemoved) {
      removed += gap + (isRemoved ? value : '')
      added += gap + (isAdded ? value : '')
      gap = ''
    } else if (value.trim() === '' && removed + added !== '') {
      gap += value
    } else {
      pieces.push(...inARow(removed, added, gap + value))
      removed = added = gap = ''
    }
  }
  return [...pieces, ...inARow(removed, added, gap)]
}

/** What was removed, what was added, and the unchanged text that follows. A space at the end of both of the first goes to the last. */
function inARow(removed: string, added: string, same: string): readonly Piece[] {
  const space = removed !== '' && added !== '' ? commonEnd(removed, added) : ''
  const pieces: readonly Piece[] = [
    { kind: 'removed', text: removed.slice(0, removed.length - space.length) },
    { kind: 'added', text: added.slice(0, added.length - space.length) },
    { kind: 'same', text: space + same },
  ]
  return pieces.filter(({ text }) => text !== '')
}

function commonEnd(one: string, other: string): string {
  const space = one.slice(one.trimEnd().length)
  return other.endsWith(space) ? space : ''
}
