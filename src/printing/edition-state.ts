import { movedBetween } from '../briefings/moves'
import type { RevisionHashes } from '../briefings/revisions'
import { partOf, type Segment, segmentsOf } from '../briefings/segments'
import type { EditionState, Reading } from '../editions/reading'
import { differenceOf } from '../language/difference'
import type { Locale } from '../language/locale'
import { proseInRows } from '../translations/checks/prose'
import { isOutdated } from '../translations/freshness'
import { type Translation, textOf } from '../translations/translation'
import type { Published } from './composition'

/** How an edition stands to the English. */
export type Freshness = Pick<Reading, 'state' | 'changes' | 'moved'>

/** How a translation compares with the present English. The same for every tier, because only public texts count. */
export function freshnessOf(published: Published, source: Locale, translation: Translation | undefined): Freshness {
  const state = stateOf(segmentsOf(published.briefing), translation, published.history)
  const moved = movesToShow(published, translation, state.outdated)
  const changes = changesToShow(published, source, translation, state.outdated)
  return { state, changes, ...(moved.length === 0 ? {} : { moved }) }
}

/** The parts for everyone that stand elsewhere than in the oldest English that what is outdated was made from, if readers had that. */
function movesToShow(
  { briefing, history, publishedAt }: Published,
  translation: Translation | undefined,
  outdated: readonly string[],
): readonly string[] {
  const stood = outdated.map((id) => history.findLastIndex(({ hashes }) => hashes[id] === translation?.segments[id]?.seen))
  const oldest = Math.min(...stood)
  const [made, until] = [history[oldest], history[oldest + 1]?.savedAt]
  if (!made || (until !== undefined && until <= publishedAt)) return []
  const open = segmentsOf(briefing, 'public').map(({ id }) => id)
  const partsOf = (ids: readonly string[], list: string) =>
    [...new Set(ids.map(partOf))].filter((part) => part.startsWith(`${list}.`))
  return ['body', 'sections'].flatMap((list) => movedBetween(partsOf(Object.keys(made.hashes), list), partsOf(open, list)))
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
      return { id, isBeforeTold: false, pieces: [{ kind: 'same', text: proseInRows(after.kind, after.text) }] }
    }
    const read = withoutMarkup(before, after)
    return { id, isBeforeTold: true, pieces: differenceOf(read.before, read.after, source) }
  })
}

/** Two texts without their markup. If only the markup differs, such as the target of a link, the texts as they were typed. */
function withoutMarkup(before: Segment, after: Segment): { before: string; after: string } {
  const read = { before: proseInRows(before.kind, before.text), after: proseInRows(after.kind, after.text) }
  return read.before === read.after ? { before: before.text, after: after.text } : read
}
