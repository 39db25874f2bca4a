import { segmentsOf } from '../briefings/segments'
import { type RevisionHashes, weightOf } from '../translations/freshness'
import { type Translation, textOf } from '../translations/translation'
import type { Published } from './composition'

/**
 * What of a briefing is served in a language, as far as a change of it matters to those who read it before: which segments, each
 * in which language, and since which revision each says what it says. A typo put right, a new author of the same text and a
 * change of members' texts leave it as it was; a material change of the English shows in a translation once it follows it.
 */
export function materialStateOf(
  { briefing, history }: Pick<Published, 'briefing' | 'history'>,
  translation: Translation | undefined,
): string {
  const served = segmentsOf(briefing)
    .filter(({ access }) => access === 'public')
    .map(({ id }) => {
      const isTranslated = textOf(translation, id) !== ''
      const seen = isTranslated ? translation?.segments[id]?.seen : history.at(-1)?.hashes[id]
      return [id, isTranslated ? translation?.locale : '', sinceRevision(id, seen, history)]
    })
  return JSON.stringify([served, factsSince(history)])
}

/** The revision by which a segment last changed materially before its English was this; -1 where it never was. */
function sinceRevision(id: string, seen: string | undefined, history: readonly RevisionHashes[]): number {
  const stood = history.findLastIndex(({ hashes }) => hashes[id] === seen)
  return history.slice(0, stood + 1).findLastIndex((revision, index) => {
    const before = history[index - 1]?.hashes[id]
    const isChanged = revision.hashes[id] !== before
    return isChanged && (before === undefined || (revision.significances[id] ?? revision.significance) === 'material')
  })
}

/** The last revision that changed facts alone, and materially: facts are shown in every language at once. */
const factsSince = (history: readonly RevisionHashes[]): number =>
  history.findLastIndex((revision, index) => {
    const before = history[index - 1]
    const isText = Object.keys({ ...revision.hashes, ...before?.hashes }).some((id) => revision.hashes[id] !== before?.hashes[id])
    return index > 0 && !isText && weightOf(revision, before) === 'material'
  })
