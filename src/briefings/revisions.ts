import { given } from '../language/given'
import { type Briefing, type BriefingFile, emptyLists } from './briefing'
import { pastOf, restored } from './past'
import { inIdsOf, type Renamed, renamingsIn } from './renames'
import { imageTexts, mapSegments, reasonNames, type Segment, type Sight, segmentsOf } from './segments'
import type { Significance } from './vocabulary'

/** One saved state of a briefing's English. */
export interface SourceRevision {
  readonly revision: number
  readonly significance: Significance
  /** Segment id → how much its own change mattered, if that differs from the whole revision. */
  readonly significances: Readonly<Record<string, Significance>>
  readonly note: string
  readonly savedAt: string
  /** Items whose ids it changed. */
  readonly renamed: Renamed
  readonly briefing: Briefing
  /** Segments of which nobody knows what they said in this revision. `briefing` has their next text. */
  readonly unsure?: readonly string[]
}

/** A source revision: segment id → hash of its English, and how much the revision matters. */
export interface RevisionHashes {
  readonly significance: Significance
  /** Segment id → how much its own change mattered, if that differs from the whole revision. */
  readonly significances: Readonly<Record<string, Significance>>
  readonly hashes: Readonly<Record<string, string>>
  /** Items whose ids it changed. */
  readonly renamed?: Renamed
}

/** Finds an earlier text of a segment, by its id and the hash of its English. */
export type Earlier = (id: string, hash: string) => Segment | undefined

/** What an entry of a file says of what stood before its revision. */
type Told = Pick<BriefingFile['revisions'][number], 'replaced' | 'before'>

/** Whether an entry says what stood before its revision. The database may know it all the same. */
export const isTold = ({ replaced, before }: Told) => replaced !== undefined || before !== undefined

/** What a file says of the present: the briefing without its identity, publication and history. */
export function presentIn(file: BriefingFile): Briefing {
  const { id: _id, slug: _slug, formerSlugs: _former, state: _state, publishedAt: _at, revisions: _revisions, ...present } = file
  return present
}

/**
 * Every revision in a file, oldest first. Each earlier state is made from the next one and what stood before it. If the file does not say
 * that, the texts that the next revision changed materially are unsure, and all else stood as it stands.
 */
export function revisionsIn(file: BriefingFile): readonly (SourceRevision & { readonly unsure: readonly string[] })[] {
  let briefing = presentIn(file)
  let unsure: readonly string[] = []
  const list: (SourceRevision & { readonly unsure: readonly string[] })[] = []
  for (const entry of file.revisions.toReversed()) {
    const { replaced = {}, before: _, significances = {}, renamed = {}, ...revision } = entry
    list.unshift({ ...revision, significances, renamed, briefing, unsure })
    const isUnsure = ({ id }: Segment) =>
      isTold(entry)
        ? unsure.includes(id) && !Object.hasOwn(replaced, id)
        : unsure.includes(id) || (significances[id] ?? revision.significance) === 'material'
    briefing = stateBefore(briefing, entry)
    unsure = segmentsOf(briefing)
      .filter(isUnsure)
      .map(({ id }) => id)
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
  const revisions = history.map(({ revision, savedAt, significance, significances, note, renamed, briefing }, index) => {
    const entry = { revision, savedAt, significance, ...unlessEmpty({ significances }), note, ...unlessEmpty({ renamed }) }
    const previous = history[index - 1]?.briefing
    if (!previous) return { ...entry, replaced: {} }
    const replaced = replacedIn(previous, briefing)
    const before = pastOf(previous, stateBefore(briefing, { replaced }))
    return { ...entry, replaced, ...unlessEmpty({ before }) }
  })
  return { id, slug, formerSlugs: [...formerSlugs], state, publishedAt, ...present.briefing, revisions }
}

/** Those of these fields that are not empty. */
const unlessEmpty = <Fields extends Readonly<Record<string, object>>>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => Object.keys(value).length > 0)) as Partial<Fields>

/** Segment id → its earlier text, for each segment that the next revision changed; `null` if it did not exist. */
export function replacedIn(before: Briefing, after: Briefing): Record<string, string | null> {
  const texts = new Map(segmentsOf(before).map(({ id, text }) => [id, text] as const))
  return Object.fromEntries(
    segmentsOf(after).flatMap(({ id, text }) => (texts.get(id) === text ? [] : [[id, texts.get(id) ?? null]])),
  )
}

/** Finds segments of these revisions, by the ids of the last: all, or those that were in sight then. `hashes` have these ids too. */
export function segmentsIn(
  revisions: readonly {
    readonly briefing: Briefing
    readonly hashes: Readonly<Record<string, string>>
    readonly renamed?: Renamed
  }[],
  sight?: Sight,
): Earlier {
  const renamings = renamingsIn(revisions)
  const texts = revisions.map(({ briefing, hashes }, index) => ({
    hashes,
    segments: inIdsOf(
      Object.fromEntries(segmentsOf(briefing, sight).map((each) => [each.id, each])),
      renamings,
      index + 1,
      revisions.length,
    ),
  }))
  return (segment, hash) => texts.find(({ hashes }) => hashes[segment] === hash)?.segments[segment]
}

/** The briefing before a revision, from the one after it. `historyProblems` holds it to the schema. */
export function stateBefore(briefing: Briefing, { replaced = {}, before = {} }: Told): Briefing {
  const state = restored(withReplaced(briefing, replaced), before) as Briefing
  const absent = Object.entries(emptyLists).filter(([list]) => !Object.hasOwn(state, list))
  return { ...state, ...Object.fromEntries(absent) }
}

type Replaced = Readonly<Record<string, string | null>>

/** The briefing before a revision that replaced these texts. A segment that the revision added (`null`) is removed with its item or part. */
function withReplaced(briefing: Briefing, replaced: Replaced): Briefing {
  const stood = (prefix: string) => (item: { id: string }) => replaced[`${prefix}.${item.id}`] !== null
  const earlier: Briefing = {
    ...withParts(briefing, replaced),
    keyPoints: briefing.keyPoints.filter(stood('keyPoints')),
    body: briefing.body.filter(stood('body')),
    affectedAreas: briefing.affectedAreas.filter(stood('affectedAreas')),
    watch: briefing.watch.filter(stood('watch')),
    sections: briefing.sections.filter(stood('sections')),
    sources: briefing.sources.flatMap((source) => withTexts(`sources.${source.id}`, source, ['title', 'note'], replaced) ?? []),
    linkedOrganisations: {
      ...briefing.linkedOrganisations,
      notes: briefing.linkedOrganisations.notes.filter(stood('linkedOrganisations')),
    },
  }
  return mapSegments(earlier, ({ id, text }) => (Object.hasOwn(replaced, id) ? (replaced[id] ?? text) : text))
}

/** The briefing without the parts that are no lists and that the revision added. */
const withParts = ({ topic, opening, context, image, event, reasons, ...rest }: Briefing, replaced: Replaced): Briefing =>
  given({
    ...rest,
    topic: replaced['topic'] === null ? undefined : topic,
    opening: replaced['opening'] === null ? undefined : opening,
    context: replaced['context'] === null ? undefined : context,
    image: image && withTexts('image', image, imageTexts, replaced),
    event: event && withTexts('event', event, ['name', 'signalType'], replaced),
    reasons: reasons && withTexts('reasons', reasons, reasonNames, replaced),
  })

/** Texts without which a part or an item cannot be. */
const needed: readonly string[] = ['alt', 'title', 'name', 'signalType']

/** A part or an item without the texts that the revision added; `undefined`: it added all of them. */
function withTexts<Fields extends object>(part: string, fields: Fields, names: readonly string[], replaced: Replaced) {
  const isAdded = (name: string) => replaced[`${part}.${name}`] === null
  if (names.filter((name) => Object.hasOwn(fields, name)).every(isAdded)) return undefined
  return Object.fromEntries(Object.entries(fields).filter(([name]) => needed.includes(name) || !isAdded(name))) as Fields
}
