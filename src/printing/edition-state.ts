import type { RevisionHashes } from '../briefings/revisions'
import { type Segment, segmentsOf } from '../briefings/segments'
import type { EditionState, Reading } from '../editions/reading'
import { differenceOf } from '../language/difference'
import type { Locale } from '../language/locale'
import { proseOf } from '../translations/checks/prose'
import { isOutdated } from '../translations/freshness'
import { type Translation, textOf } from '../translations/translation'
import type { Published } from './composition'

/** How a translation compares with the present English. The same for every tier, because only public texts count. */
export function freshnessOf(
  published: Published,
  source: Locale,
  translation: Translation | undefined,
): Pick<Reading, 'state' | 'changes'> {
  const state = stateOf(segmentsOf(published.briefing), translation, published.history)
  return { state, changes: changesToShow(published, source, translation, state.outdated) }
}

/** Only public texts count, so that no notice counts a section that its reader cannot see. */
function stateOf(
  segments: readonly Segment[],
  translation: Translation | undefined,
  history: readonly RevisionHashes[],
): EditionState {
  if (!translation) return { provenance: 'source', coverage: 1, missing: [], outdated: [] }
  const open = segments.filter(({ access }) => access === 'public').map(({ id }) => id)
  const isDone = (id: string) => textOf(translation, id) !== ''
  const missing = open.filter((id) => !isDone(id))
  return {
    provenance: translation.provenance,
    coverage: (open.length - missing.length) / open.length,
    missing,
    outdated: open.filter((id) => isDone(id) && isOutdated(id, translation.segments[id]?.seen ?? '', history)),
  }
}

/**
 * How the English has changed since its translation was made, word by word. The earlier text is shown only if everyone could read it:
 * never the text of a draft, nor one for members.
 */
function changesToShow(
  { briefing, history, earlier, publishedAt }: Published,
  source: Locale,
  translation: Translation | undefined,
  outdated: readonly string[],
): Reading['changes'] {
  const present = new Map(segmentsOf(briefing).map((each) => [each.id, each] as const))
  return outdated.map((id) => {
    const seen = translation?.segments[id]?.seen ?? ''
    const stood = history.findLastIndex(({ hashes }) => hashes[id] === seen)
    const until = history[stood + 1]?.savedAt
    const before = stood !== -1 && (until === undefined || until > publishedAt) ? earlier(id, seen) : undefined
    const after = present.get(id)
    if (!after) throw new Error(`There is no segment ${id} to tell the changes of.`)
    if (before?.access !== 'public') {
      return { id, isBeforeTold: false, pieces: [{ kind: 'same', text: proseOf(after.kind, after.text).text }] }
    }
    const read = withoutMarkup(before, after)
    return { id, isBeforeTold: true, pieces: differenceOf(read.before, read.after, source) }
  })
}

/** Two texts without their markup. If only the markup differs, such as the target of a link, the texts as they were typed. */
function withoutMarkup(before: Segment, after: Segment): { before: string; after: string } {
  const read = { before: proseOf(before.kind, before.text).text, after: proseOf(after.kind, after.text).text }
  return read.before === read.after ? { before: before.text, after: after.text } : read
}
