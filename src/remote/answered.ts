import { revisionsIn, translationTag } from '../api/condition'
import type { Immutable } from '../api/operation'
import { type Complaint, complaint, quoted } from '../language/complaint'
import type { FileWarning } from '../translations/checks/receipt'
import type { SaidLine } from '../translations/intake'
import { type LocaleFile, stateOfWork } from '../translations/translation'

/** What the translator of a file should know of a site's answer to it. */
export const complaintsIn = (lines: readonly SaidLine[]): readonly Complaint[] => [
  ...lines.filter(isReported).map(ofSegment),
  ...lines.flatMap(warningsOf),
]

const isReported = ({ reason }: SaidLine) => reason !== undefined

function ofSegment({ segment, outcome, reason = '', text, stands, replaced }: SaidLine): Complaint {
  if (replaced !== undefined) return complaint('receipt.text-replaced', { segment, outcome, reason, replaced: quoted(replaced) })
  if (text === undefined || stands === undefined) return complaint('receipt.line', { segment, outcome, reason })
  return complaint('receipt.texts', { segment, outcome, reason, text: quoted(text), stands: quoted(stands) })
}

const warningsOf = ({ segment, warnings = [] }: SaidLine): readonly Complaint[] =>
  warnings.map(({ rule, reason }) => complaint('receipt.warning', { segment, rule, reason }))

/**
 * What a file has and the site does not: segments by their ids, and other fields. Empty texts do not count, nor does the state that a file
 * gets by being sent. If others have changed a text since, and the file has it as it was given, it does not count either.
 */
export function lostOf(
  mine: LocaleFile,
  theirs: Immutable<LocaleFile>,
  lines: readonly SaidLine[],
  publishes: boolean,
): readonly string[] {
  const untouched = new Set(lines.filter(isUntouched).map(({ segment }) => segment))
  const isLost = ([id, text]: readonly [string, string]) =>
    text.trim() !== '' && theirs.segments[id] !== text && !untouched.has(id)
  const facts = (['provenance', 'credits', 'accepted'] as const).filter(
    (name) => mine[name] !== undefined && JSON.stringify(mine[name]) !== JSON.stringify(theirs[name]),
  )
  const isState = [mine.state, publishes ? 'approved' : stateOfWork(mine)].includes(theirs.state)
  const segments = Object.entries(mine.segments).filter(isLost)
  return [...segments.map(([id]) => id), ...(isState ? [] : ['state']), ...facts]
}

const isUntouched = ({ outcome, stands, text }: SaidLine) => outcome === 'unchanged' && stands !== undefined && text === undefined

/**
 * The site's answer to a file: the receipt with the new entity tag; or the entity tag that it has instead; or the reason of a
 * refusal.
 */
export type Sent =
  | {
      readonly lines: readonly SaidLine[]
      readonly etag: string
      readonly isUnpublished: boolean
      readonly isMerged: boolean
      readonly warnings?: readonly FileWarning[] | undefined
    }
  | { readonly current: string }
  | { readonly refused: Complaint }

/** The tag after a push to a site that does not say it. */
export function tagAfter(etag: string, isSaved: boolean): string {
  const { revision, sourceRevision } = revisionsIn(etag) ?? { revision: 0, sourceRevision: 0 }
  return translationTag(revision + (isSaved ? 1 : 0), sourceRevision)
}
