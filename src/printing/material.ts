import { inIdsOf, renamingsIn } from '../briefings/renames'
import type { RevisionHashes } from '../briefings/revisions'
import { mapSegments, segmentsOf } from '../briefings/segments'
import { isOutdated, weightOf } from '../translations/freshness'
import { type Translation, textOf } from '../translations/translation'
import type { Published } from './composition'

/**
 * The state of a briefing in a language, as far as a change of it matters to people who have read it. For each public segment it has the
 * language, and the revision since which the segment says what it says. A corrected typo, a new author of the same text and a change of
 * members' texts do not change this state, nor does another id for the same part. A material change of the English changes the state of a
 * translation once the translation follows it.
 */
export function materialStateOf(
  { briefing, history }: Pick<Published, 'briefing' | 'history'>,
  translation: Translation | undefined,
): string {
  const renamings = renamingsIn(history)
  const firstIdOf = (id: string) => Object.keys(inIdsOf({ [id]: true }, renamings, history.length, 0))[0] ?? id
  const served = segmentsOf(briefing)
    .filter(({ access }) => access === 'public')
    .map(({ id }) => {
      const isTranslated = textOf(translation, id) !== ''
      const seen = isTranslated ? translation?.segments[id]?.seen : history.at(-1)?.hashes[id]
      return [firstIdOf(id), isTranslated ? translation?.locale : '', sinceRevision(id, seen, history)]
    })
  return JSON.stringify([served, factsSince(history)])
}

/**
 * All that is served of a briefing in a language, to every tier. A corrected typo changes it; a draft does not. A new program may write
 * it differently; then the version of the briefing shows that nothing has changed.
 */
export function contentOf(
  { slug, publishedAt, briefing, history }: Pick<Published, 'slug' | 'publishedAt' | 'briefing' | 'history'>,
  translation: Translation | undefined,
): string {
  const facts = mapSegments(briefing, () => '')
  const texts = segmentsOf(briefing).map(({ id, access, text }) => {
    const translated = textOf(translation, id)
    if (translated === '') return [id, access, text]
    return [id, access, translated, isOutdated(id, translation?.segments[id]?.seen ?? '', history)]
  })
  return JSON.stringify([slug, publishedAt, facts, texts, translation?.locale, translation?.provenance, translation?.credits])
}

/** The index of the revision that last changed a segment materially, up to the English that was seen; -1 if it was never seen. */
export function sinceRevision(id: string, seen: string | undefined, history: readonly RevisionHashes[]): number {
  const stood = history.findLastIndex(({ hashes }) => hashes[id] === seen)
  return history.slice(0, stood + 1).findLastIndex((revision, index) => {
    const before = history[index - 1]?.hashes[id]
    const isChanged = revision.hashes[id] !== before
    return isChanged && (before === undefined || (revision.significances[id] ?? revision.significance) === 'material')
  })
}

/** The index of the last revision that changed only facts, and materially. Facts are shown in every language at once. */
const factsSince = (history: readonly RevisionHashes[]): number =>
  history.findLastIndex((revision, index) => {
    const before = history[index - 1]
    const isText = Object.keys({ ...revision.hashes, ...before?.hashes }).some((id) => revision.hashes[id] !== before?.hashes[id])
    return index > 0 && !isText && weightOf(revision, before) === 'material'
  })
