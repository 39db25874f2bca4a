import { readEarlierSegments } from '../briefings/revision-store'
import type { Sight } from '../briefings/segments'
import type { Source } from '../briefings/source'
import { complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import type { LiveSite } from '../site'
import type { Database } from '../storage/database'
import { type Ancestry, ancestryOf, type Since, sinceThen } from '../translations/ancestry'
import { waitingAside } from '../translations/aside'
import { listAside, writesToSetAside } from '../translations/aside-store'
import { errorsOfSegment } from '../translations/checks/checks'
import { inRule } from '../translations/checks/finding'
import { type CheckedLine, withWarnings } from '../translations/checks/receipt'
import { type ReceiptLine, takeIn } from '../translations/intake'
import { isTaken } from '../translations/merge'
import type { ReturnedPack } from '../translations/packs/pack'
import { packInPresentIds } from '../translations/present-ids'
import { listRevisions, revisionsFor } from '../translations/revision-store'
import type { StoredTranslation } from '../translations/store'
import { stateOfWork } from '../translations/translation'
import type { Provenance, TranslationState } from '../translations/vocabulary'
import type { Decision } from './revise'

/** How a pack is merged. */
interface Merging {
  /** The new state of the translation, if it is given one. */
  readonly state?: TranslationState
  readonly provenance?: Provenance
  /** Who sends it: the name of the file or the program. */
  readonly by?: string
  readonly person?: { readonly id: string }
  /** Without a person, what sends it. */
  readonly sender?: string
  /** Which texts the sender may see; without it, all of them. */
  readonly sight?: Sight
  readonly isTrial?: boolean
}

/** A pack merged into what stands: what to report, to save, and to keep beside it. */
export async function mergePack(
  site: LiveSite,
  source: Source,
  before: StoredTranslation | undefined,
  returned: ReturnedPack,
  { isTrial = false, ...options }: Merging,
): Promise<Decision<readonly CheckedLine[]>> {
  const { database } = site
  const { pack, gone } = packInPresentIds(returned, source.history)
  const { locale } = pack
  const at = site.now().toISOString()
  const by = options.by ?? 'a returned file'
  const isOld = pack.sourceRevision < source.revision
  const revisions = revisionsFor(database, { id: source.id, locale, sourceRevision: source.history.length }, before)
  const ancestry = await ancestryOf(pack, revisions)
  const aside = pack.shown ? await asideOf(database, source, before, locale) : undefined
  const since = await changesMet(site, source, before, pack, ancestry, options.person?.id ?? options.sender)
  const taken = takeIn(pack, {
    ...source,
    translation: before,
    ancestry,
    ...(since ? { since } : {}),
    ...(aside ? { aside } : {}),
    englishThen: isOld ? await readEarlierSegments(database, source.id) : () => undefined,
    confirmed: { by, at },
    flawOf: (segment) => {
      const [error] = errorsOfSegment({ locale, ...segment })
      return error && inRule(error)
    },
    sight: options.sight,
  })
  const texts = new Map([...pack.targets, ...(pack.unfinished ?? [])])
  const { lines, state } = stateAfter([...taken.lines, ...gone], texts, before, options.state)
  const provenance = options.provenance ?? before?.provenance ?? 'human'
  const isChanged =
    lines.some(({ outcome }) => isTaken(outcome)) ||
    (before !== undefined && ((options.state === state && before.state !== state) || before.provenance !== provenance))
  const translation = { locale, state, provenance, credits: before?.credits ?? [], segments: taken.segments }
  const isNew = (segment: string) => ancestry.was.get(segment) !== texts.get(segment)
  const beside = { briefingId: source.id, locale, revision: before?.revision ?? 0, sourceRevision: source.history.length, by, at }
  return {
    result: withWarnings(lines, source.briefing, translation, site.glossaries[locale], pack.accepted, isNew),
    translation: isChanged ? translation : undefined,
    beside: await writesToSetAside(database, beside, taken.setAside),
    isTrial,
  }
}

/** The texts set aside beside a translation that wait for a decision, by segment. */
export const asideOf = async (
  database: Database,
  { id, history }: Pick<Source, 'id' | 'history'>,
  translation: StoredTranslation | undefined,
  locale: Locale,
) => waitingAside(await listAside(database, [id], [locale]), history, translation)

/** What became of the segments that have changed since the pack was made. Most packs meet no such change, and then nothing is read. */
async function changesMet(
  { database }: LiveSite,
  { id: briefingId, history }: Source,
  before: StoredTranslation | undefined,
  { locale, targets }: ReturnedPack,
  { was }: Ancestry,
  sender: string | undefined,
): Promise<((id: string, was: string) => Since) | undefined> {
  const isMet = [...targets].some(([id, text]) => {
    const [then, stands] = [was.get(id), before?.segments[id]?.text ?? '']
    return then !== undefined && then !== stands && text !== then && text !== stands
  })
  if (!isMet) return undefined
  const revisions = await listRevisions(database, briefingId, locale, history.length)
  return (id, then) => sinceThen(revisions.slice(0, before?.revision ?? 0), sender, id, then)
}

/**
 * The state after an import. Nobody approves what they have not seen: if others have changed segments since the pack was made, what the
 * pack brings is work, and those segments say so in the receipt.
 */
function stateAfter(
  lines: readonly ReceiptLine[],
  sent: ReturnedPack['targets'],
  before: StoredTranslation | undefined,
  wanted: TranslationState | undefined,
): { readonly lines: readonly ReceiptLine[]; readonly state: TranslationState } {
  if (wanted !== 'approved' || lines.every(({ stands }) => stands === undefined)) {
    return { lines, state: wanted ?? stateOfWork(before) }
  }
  const unseen = complaint('receipt.unseen-change')
  return {
    lines: lines.map((line) => {
      if (line.outcome !== 'unchanged' || line.stands === undefined) return line
      const text = sent.get(line.segment)
      return { complaint: unseen, ...(text === undefined ? {} : { text }), ...line }
    }),
    state: stateOfWork(before),
  }
}
