import { complaint } from '../language/complaint'
import type { Misfit } from '../language/schema'
import type { Briefing, BriefingFile } from './briefing'
import { mapSegments, type Segment, segmentsOf } from './segments'
import type { Significance, Tier } from './vocabulary'

/** One saved state of a briefing's English. */
export interface SourceRevision {
  readonly revision: number
  readonly significance: Significance
  /** Segment id → how much its own change mattered, if that differs from the whole revision. */
  readonly significances: Readonly<Record<string, Significance>>
  readonly note: string
  readonly savedAt: string
  readonly briefing: Briefing
}

/** A source revision: segment id → hash of its English, and how much the revision matters. */
export interface RevisionHashes {
  readonly significance: Significance
  /** Segment id → how much its own change mattered, if that differs from the whole revision. */
  readonly significances: Readonly<Record<string, Significance>>
  readonly hashes: Readonly<Record<string, string>>
}

/** Finds an earlier text of a segment, by its id and the hash of its English. */
export type Earlier = (id: string, hash: string) => Segment | undefined

/** Every revision in a file, oldest first. Each earlier state is made from the next one and the texts that it replaced. */
export function revisionsIn(file: BriefingFile): readonly SourceRevision[] {
  const { id: _id, slug: _slug, formerSlugs: _former, state: _state, publishedAt: _at, revisions, ...present } = file
  let briefing: Briefing = present
  const list: SourceRevision[] = []
  for (const { replaced, significances = {}, ...revision } of revisions.toReversed()) {
    list.unshift({ ...revision, significances, briefing })
    briefing = before(briefing, replaced)
  }
  return list
}

/** The file of a briefing with these revisions, oldest first. The inverse of `revisionsIn`. */
export function fileOf(
  identity: Pick<BriefingFile, 'id' | 'slug' | 'state' | 'publishedAt'> & { readonly formerSlugs: readonly string[] },
  history: readonly SourceRevision[],
): BriefingFile {
  const { id, slug, formerSlugs, state, publishedAt } = identity
  const present = history.at(-1)
  if (!present) throw new Error(`${id} has no revisions.`)
  const revisions = history.map(({ revision, savedAt, significance, significances, note, briefing }, index) => {
    const previous = history[index - 1]
    const replaced = previous ? replacedIn(previous.briefing, briefing) : {}
    const own = Object.keys(significances).length === 0 ? {} : { significances }
    return { revision, savedAt, significance, ...own, note, replaced }
  })
  return { id, slug, formerSlugs: [...formerSlugs], state, publishedAt, ...present.briefing, revisions }
}

/** Segment id → its earlier text, for each segment that the next revision changed; `null` if it did not exist. */
function replacedIn(before: Briefing, after: Briefing): Record<string, string | null> {
  const texts = new Map(segmentsOf(before).map(({ id, text }) => [id, text] as const))
  return Object.fromEntries(
    segmentsOf(after).flatMap(({ id, text }) => (texts.get(id) === text ? [] : [[id, texts.get(id) ?? null]])),
  )
}

/** Finds segments of these revisions: all, or those that a tier could read then. */
export function segmentsIn(
  revisions: readonly { readonly briefing: Briefing; readonly hashes: Readonly<Record<string, string>> }[],
  tier?: Tier,
): Earlier {
  const texts = revisions.map(({ briefing, hashes }) => ({
    hashes,
    segments: new Map(segmentsOf(briefing, tier).map((each) => [each.id, each] as const)),
  }))
  return (segment, hash) => texts.find(({ hashes }) => hashes[segment] === hash)?.segments.get(segment)
}

/** The problems of the history in a file, each with its place. */
export function historyProblems(file: BriefingFile): readonly Misfit[] {
  const ids = new Set(segmentsOf(file).map(({ id }) => id))
  return file.revisions.flatMap(({ revision, savedAt, replaced, significances = {} }, index) => {
    const path = `revisions.${index}`
    const previous = file.revisions[index - 1]
    const unknown = Object.keys(replaced).filter((id) => !ids.has(id))
    const left = new Set(segmentsOf(before(file, replaced)).map(({ id }) => id))
    const added = Object.keys(replaced).filter((id) => replaced[id] === null && left.has(id))
    return [
      ...(revision === index + 1
        ? []
        : [{ path: `${path}.revision`, complaint: complaint('revision.number', { revision: index + 1 }) }]),
      ...(previous && previous.savedAt >= savedAt ? [{ path: `${path}.savedAt`, complaint: complaint('revision.time') }] : []),
      ...(index === 0 && Object.keys(replaced).length > 0
        ? [{ path: `${path}.replaced`, complaint: complaint('revision.first') }]
        : []),
      ...added.map((id) => ({ path: `${path}.replaced.${id}`, complaint: complaint('revision.added') })),
      ...Object.keys(significances)
        .filter((id) => !Object.hasOwn(replaced, id))
        .map((id) => ({ path: `${path}.significances.${id}`, complaint: complaint('revision.not-replaced') })),
      ...unknown.map((id) => ({ path: `${path}.replaced.${id}`, complaint: complaint('segment.unknown') })),
    ]
  })
}

/** The briefing before a revision that replaced these texts. A segment that the revision added (`null`) is removed with its item. */
function before(briefing: Briefing, replaced: Readonly<Record<string, string | null>>): Briefing {
  const stood = (prefix: string) => (item: { id: string }) => replaced[`${prefix}.${item.id}`] !== null
  const earlier: Briefing = {
    ...briefing,
    keyPoints: briefing.keyPoints.filter(stood('keyPoints')),
    body: briefing.body.filter(stood('body')),
    affectedAreas: briefing.affectedAreas.filter(stood('affectedAreas')),
    watch: briefing.watch.filter(stood('watch')),
    sections: briefing.sections.filter(stood('sections')),
    sources: briefing.sources.filter((source) => replaced[`sources.${source.id}.note`] !== null),
    linkedOrganisations: {
      ...briefing.linkedOrganisations,
      notes: briefing.linkedOrganisations.notes.filter(stood('linkedOrganisations')),
    },
  }
  return mapSegments(earlier, ({ id, text }) => (Object.hasOwn(replaced, id) ? (replaced[id] ?? text) : text))
}
