import { complaint } from '../language/complaint'
import type { Misfit } from '../language/schema'
import type { Briefing, BriefingFile } from './briefing'
import { ofRenaming } from './history-problems'
import { isSame } from './past'
import { isTold, presentIn, replacedIn, revisionsIn, type SourceRevision, stateBefore } from './revisions'
import { mapSegments, mayBeAbsent, segmentsOf } from './segments'
import type { Source } from './source'

type Entry = BriefingFile['revisions'][number]
type Known = Pick<Source, 'revision' | 'briefing' | 'history'>

/**
 * Where a file tells another history than the store has: what an earlier revision said, how much it mattered, or what it renamed. What a
 * file leaves out, it does not contradict. `states` are the stored revisions; they are needed only if the file tells of the past.
 */
export function otherPast(file: BriefingFile, stored: Known | undefined, states: readonly SourceRevision[]): readonly Misfit[] {
  const filed = revisionsIn(file)
  if (!stored) return strangers(file, filed, 0)
  const known = stored.revision
  if (known > file.revisions.length) {
    return [{ path: 'revisions', complaint: complaint('store.ahead', { stored: known, filed: file.revisions.length }) }]
  }
  const { revisions } = file
  const reweighed = stored.history.findIndex((each, index) => isOther(each, revisions[index]))
  if (reweighed !== -1) return [otherRevision(reweighed + 1)]
  const next = filed[known]
  const later = [...states.slice(0, known), ...(next ? [next] : [])]
  return [
    ...(next ? ofNew(revisions[known], known, stored.briefing, next.briefing) : []),
    ...(next ? [] : differences(stored.briefing, presentIn(file), known, 'revisions')),
    ...revisions.flatMap((entry, index) => {
      const [before, after] = [states[index - 1], later[index]]
      return before && after && isTold(entry) ? otherBefore(entry, index, before.briefing, after.briefing) : []
    }),
    ...strangers(file, filed, known + 1),
  ]
}

const otherRevision = (revision: number): Misfit => ({
  path: 'revisions',
  complaint: complaint('store.revision', { revision }),
})

function isOther(stored: Known['history'][number], entry: Entry | undefined): boolean {
  const { significance, significances = {}, renamed = {} } = entry ?? {}
  return (
    stored.significance !== significance ||
    !isSame(stored.significances, significances) ||
    Object.entries(renamed).some(([from, to]) => stored.renamed[from] !== to)
  )
}

/** What an entry says of what stood before its revision, and the store does not. `replaced` alone speaks only of what it names. */
function otherBefore(entry: Entry, index: number, before: Briefing, after: Briefing): readonly Misfit[] {
  const path = `revisions.${index}`
  if (entry.before) return differences(before, stateBefore(after, entry), index, path)
  const texts = textsOf(before)
  return Object.entries(entry.replaced ?? {}).flatMap(([id, text]) =>
    otherText(id, texts.get(id), text ?? undefined, index, `${path}.replaced.${id}`),
  )
}

/** What is wrong with the first revision that the store lacks, compared with the last that it has. */
function ofNew(entry: Entry | undefined, index: number, before: Briefing, after: Briefing): readonly Misfit[] {
  if (!entry) return []
  const replaced = replacedIn(before, after)
  const unchanged = isTold(entry) ? [] : Object.keys(entry.significances ?? {}).filter((id) => !Object.hasOwn(replaced, id))
  return [
    ...unchanged.map((id) => ({ path: `significances.${id}`, complaint: complaint('revision.not-replaced') })),
    ...ofRenaming(entry, before, after),
  ].map((each) => ({ ...each, path: `revisions.${index}.${each.path}` }))
}

/** Segments that entries call replaced, although the briefing did not have them, as far as the file says what it had. */
function strangers({ revisions }: BriefingFile, states: readonly SourceRevision[], from: number): readonly Misfit[] {
  const untold = revisions.findLastIndex((entry) => !isTold(entry))
  return revisions.flatMap(({ replaced = {} }, index) => {
    const state = states[index]
    if (!state || index < Math.max(from, untold)) return []
    const ids = new Set(segmentsOf(state.briefing).map(({ id }) => id))
    return Object.keys(replaced)
      .filter((id) => mayBeAbsent(id) && !ids.has(id))
      .map((id) => ({ path: `revisions.${index}.replaced.${id}`, complaint: complaint('segment.unknown') }))
  })
}

/** How what a file says of a revision differs from the store: segment by segment, or else as a whole. */
function differences(stored: Briefing, filed: Briefing, revision: number, path: string): readonly Misfit[] {
  const [texts, others] = [textsOf(stored), textsOf(filed)]
  const ids = new Set([...texts.keys(), ...others.keys()])
  const found = [...ids].flatMap((id) => otherText(id, texts.get(id), others.get(id), revision, path))
  if (found.length > 0) return found
  const facts = (briefing: Briefing) => mapSegments(briefing, () => '')
  return isSame(facts(stored), facts(filed)) ? [] : [{ ...otherRevision(revision), path }]
}

const textsOf = (briefing: Briefing): ReadonlyMap<string, string> =>
  new Map(segmentsOf(briefing).map(({ id, text }) => [id, text.normalize('NFC')] as const))

function otherText(
  segment: string,
  stored: string | undefined,
  said: string | undefined,
  revision: number,
  path: string,
): readonly Misfit[] {
  const filed = said?.normalize('NFC')
  if (stored === filed) return []
  if (stored === undefined && filed !== undefined) {
    return [{ path, complaint: complaint('store.text-added', { revision, segment, filed: around(filed, 0) }) }]
  }
  if (stored === undefined) return []
  if (filed === undefined) {
    return [{ path, complaint: complaint('store.text-missing', { revision, segment, stored: around(stored, 0) }) }]
  }
  const letters = [...filed]
  const at = [...stored].findIndex((letter, index) => letter !== letters[index])
  const from = at === -1 ? Math.min(stored.length, letters.length) : at
  const [one, other] = [around(stored, from), around(filed, from)]
  return [{ path, complaint: complaint('store.text', { revision, segment, stored: one, filed: other }) }]
}

const shownMost = 160

/** A text, or as much of a long one as shows where it differs. */
function around(text: string, at: number): string {
  const letters = [...text]
  if (letters.length <= shownMost) return text
  const from = Math.max(0, Math.min(at - 40, letters.length - shownMost))
  const shown = letters.slice(from, from + shownMost).join('')
  return `${from > 0 ? '…' : ''}${shown}${from + shownMost < letters.length ? '…' : ''}`
}
