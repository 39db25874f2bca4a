import { complaint } from '../language/complaint'
import { heldTo, type Misfit } from '../language/schema'
import { type Briefing, type BriefingFile, briefingSchema } from './briefing'
import { isTold, presentIn, replacedIn, stateBefore } from './revisions'
import { isOfItem, itemOf, mayBeAbsent, segmentsOf } from './segments'

type Entry = BriefingFile['revisions'][number]

/** The problems of the history in a file, each with its place. What only the database can know, `contradictions` finds. */
export function historyProblems(file: BriefingFile): readonly Misfit[] {
  const problems: Misfit[][] = []
  let after: Briefing | undefined = presentIn(file)
  for (let index = file.revisions.length - 1; index >= 0; index -= 1) {
    const entry = file.revisions[index]
    if (!entry) continue
    const told: Told = toldIn(entry, index, after)
    const path = `revisions.${index}`
    problems.unshift([
      ...ofOrder(entry, file.revisions[index - 1], index),
      ...[...told.problems, ...ofRenaming(entry, told.before, after)].map((each) => ({ ...each, path: `${path}.${each.path}` })),
    ])
    after = told.before
  }
  return problems.flat()
}

function ofOrder({ revision, savedAt }: Entry, previous: Entry | undefined, index: number): Misfit[] {
  const path = `revisions.${index}`
  return [
    ...(revision === index + 1
      ? []
      : [{ path: `${path}.revision`, complaint: complaint('revision.number', { revision: index + 1 }) }]),
    ...(previous && previous.savedAt >= savedAt ? [{ path: `${path}.savedAt`, complaint: complaint('revision.time') }] : []),
  ]
}

interface Told {
  readonly problems: readonly Misfit[]
  /** What stood before, if the file says so. */
  readonly before?: Briefing
}

/** What an entry says of what stood before. `after` is `undefined` if the file does not say what the revision said. */
function toldIn(entry: Entry, index: number, after: Briefing | undefined): Told {
  if (index === 0) return { problems: ofFirst(entry) }
  if (!after || !isTold(entry)) return { problems: [] }
  const held = heldTo(briefingSchema, stateBefore(after, entry))
  if ('data' in held) return { before: held.data, problems: ofPast(entry, held.data, after) }
  const field = entry.before ? 'before' : 'replaced'
  return { problems: held.misfits.map((each) => ({ ...each, path: `${field}.${each.path}` })) }
}

function ofFirst({ replaced = {}, before = {}, significances = {} }: Entry): Misfit[] {
  const fields = Object.entries({ replaced, before }).filter(([, past]) => Object.keys(past).length > 0)
  return [
    ...fields.map(([path]) => ({ path, complaint: complaint('revision.first') })),
    ...Object.keys(significances).map((id) => ({ path: `significances.${id}`, complaint: notReplaced })),
  ]
}

function ofPast({ replaced = {}, significances = {} }: Entry, before: Briefing, after: Briefing): Misfit[] {
  const ids = new Set(segmentsOf(after).map(({ id }) => id))
  const left = new Set(segmentsOf(stateBefore(after, { replaced })).map(({ id }) => id))
  const changed = new Set(Object.keys({ ...replacedIn(before, after), ...replaced }))
  return [
    ...Object.keys(replaced)
      .filter((id) => replaced[id] === null && left.has(id))
      .map((id) => ({ path: `replaced.${id}`, complaint: complaint('revision.added') })),
    ...Object.keys(significances)
      .filter((id) => !changed.has(id))
      .map((id) => ({ path: `significances.${id}`, complaint: notReplaced })),
    ...Object.keys(replaced)
      .filter((id) => !ids.has(id) && !mayBeAbsent(id))
      .map((id) => ({ path: `replaced.${id}`, complaint: complaint('segment.unknown') })),
  ]
}

const notReplaced = complaint('revision.not-replaced')

/** What is wrong with the items that an entry says it renamed. Of what the file does not say, nothing is. */
export function ofRenaming(
  { renamed = {} }: Entry,
  before: Briefing | undefined,
  after: Briefing | undefined,
): readonly Misfit[] {
  const items = (briefing: Briefing) => new Set(segmentsOf(briefing).map(({ id }) => itemOf(id)))
  const [earlier, later] = [before && items(before), after && items(after)]
  const listOf = (item: string) => item.split('.', 1)[0]
  const names = Object.entries(renamed)
  return names
    .filter(
      ([from, to], index) =>
        !(isOfItem(from) && listOf(from) === listOf(to) && from !== to) ||
        (earlier && !earlier.has(from)) ||
        (later && !later.has(to)) ||
        names.findIndex(([, other]) => other === to) !== index,
    )
    .map(([from]) => ({ path: `renamed.${from}`, complaint: complaint('revision.renamed') }))
}
