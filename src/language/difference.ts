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

/** What was removed, what was added, what follows unchanged; a space that ends both of the first belongs to the last. */
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
