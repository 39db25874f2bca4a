import { revisionsIn, translationTag } from '../api/condition'
import type { Immutable } from '../api/operation'
import { isProblems, placed } from '../briefings/files'
import { hashOf } from '../briefings/hash'
import { type Complaint, complaint } from '../language/complaint'
import { canonical, type Locale } from '../language/locale'
import { complaintIn, Refusal } from '../problem'
import { isRefused, type SaidLine } from '../translations/intake'
import { localeFileText, readLocaleFile } from '../translations/packs/json'
import { type LocaleFile, stateOfWork } from '../translations/translation'
import type { Client } from './client'
import { type Entry, type Folder, openState, pathOf } from './folder'

/** The outcome of one file, with what its translator should know. */
export interface SyncResult {
  readonly path: string
  /**
   * `pulled`: it is now the same as on the site. `unchanged`: it already was. `pushed`: the site accepted it. `left`: it was
   * edited here and has changed there. `conflict`: the site no longer has the state that it was made from. `refused`: the site
   * did not accept all of it.
   */
  readonly outcome: 'pulled' | 'unchanged' | 'pushed' | 'left' | 'conflict' | 'refused'
  readonly complaints: readonly Complaint[]
  /** The site has something of it that readers do not have yet, under this slug and locale. */
  readonly unpublished?: { readonly slug: string; readonly locale: Locale }
}

/**
 * Brings the translations of a site into a folder, in the named languages or in all that the token reaches. Fetches only those that have
 * changed there since the last pull. Leaves files alone that were edited here. After an interruption, run it again.
 */
export async function* pull(client: Client, folder: Folder, named: readonly Locale[] = []): AsyncGenerator<SyncResult> {
  const state = openState(folder, client.origin)
  let isReached = false
  for (const locale of named.length > 0 ? named : await localesAt(client)) {
    try {
      for await (const { content } of client.pages('listTranslations', { params: { locale } })) {
        isReached = true
        for (const { slug, etag } of content.translations) yield await pullOne(locale, slug, etag)
      }
    } catch (error) {
      const isOutOfReach = error instanceof Refusal && error.kind === 'forbidden'
      if (named.length > 0 || !isOutOfReach) throw error
    }
  }
  if (!isReached) throw new Refusal('sync.no-language')

  async function pullOne(locale: Locale, slug: string, present: string): Promise<SyncResult> {
    const [key, path] = [`${locale}/${slug}`, pathOf(locale, slug)]
    const [mine, before] = [folder.read(path), state.files.get(key)]
    if (mine !== undefined && before?.etag === present) return { path, outcome: 'unchanged', complaints: [] }
    const { text, etag } = await fetchFile(client, locale, slug)
    const isMine = mine !== undefined && mine !== text && (await hashOf(mine)) !== before?.hash
    if (isMine) {
      return { path, outcome: 'left', complaints: [complaint(before ? 'sync.both-changed' : 'sync.not-pulled')] }
    }
    if (mine !== text) folder.write(path, text)
    state.set(key, { etag, hash: await hashOf(text) })
    return { path, outcome: mine === text ? 'unchanged' : 'pulled', complaints: [] }
  }
}

/** The languages that a site translates into. Only real language tags count, because files are named after them. */
async function localesAt(client: Client): Promise<readonly Locale[]> {
  const { content } = await client.ask('listLocales', {})
  return content.locales.map(({ tag }) => tag).filter((tag) => tag !== content.source && canonical(tag) === tag)
}

/** How files are sent: as a trial, which changes nothing; and whether readers get them. */
interface Pushing {
  readonly isTrial?: boolean
  readonly publishes?: boolean
}

/** A translation as the site has it. */
async function fetchFile(client: Client, locale: Locale, slug: string) {
  const { content, etag } = await client.ask('getTranslation', { params: { locale, slug } })
  if (etag === undefined) throw new Refusal('sync.no-tag', { origin: client.origin, path: pathOf(locale, slug) })
  return { file: content, text: localeFileText(content), etag }
}

/**
 * Sends each file of a folder that was edited since it was pulled, with the state that it was made from. To publish, also sends again what
 * it only saved before. If the site accepted all
 * of a file, the site's file replaces it. Otherwise it stays as it is. After an interruption, run it again. A dry run only asks
 * the site, and changes nothing here or there.
 */
export async function* push(
  client: Client,
  folder: Folder,
  { isTrial = false, publishes = false }: Pushing = {},
): AsyncGenerator<SyncResult> {
  const state = openState(folder, client.origin)
  if (state.files.size === 0) throw new Refusal('sync.nothing-pulled', { origin: client.origin })
  for (const [key, before] of state.files) {
    const [locale = '', slug = ''] = key.split('/')
    const mine = folder.read(pathOf(locale, slug))
    if (mine === undefined) continue
    const isMeant = publishes && before.isHeld === true // A push before this one saved it, and did not publish it.
    if (!isMeant && (await hashOf(mine)) === before.hash)
      yield { path: pathOf(locale, slug), outcome: 'unchanged', complaints: [] }
    else yield await pushOne(locale, slug, mine, before)
  }

  async function pushOne(locale: Locale, slug: string, mine: string, before: Entry): Promise<SyncResult> {
    const [key, path] = [`${locale}/${slug}`, pathOf(locale, slug)]
    const file = readLocaleFile(path, new TextEncoder().encode(mine))
    if (isProblems(file)) return { path, outcome: 'refused', complaints: file.map(placed) }
    const sent = await send(client, locale, slug, file, before.etag, { isTrial, publishes })
    if ('refused' in sent) return { path, outcome: 'refused', complaints: [sent.refused] }

    const reported = 'lines' in sent ? sent.lines.filter(isReported) : []
    const complaints = [...reported.map(ofSegment), ...('lines' in sent ? sent.lines.flatMap(warningsOf) : [])]
    if (isTrial && 'lines' in sent) return { path, outcome: sent.lines.some(isRefused) ? 'refused' : 'pushed', complaints }
    const theirs = await fetchFile(client, locale, slug)
    const lost = lostOf(file, theirs.file, publishes)
    const isHeld = 'lines' in sent && sent.isUnpublished
    const unpublished = isHeld ? { unpublished: { slug, locale } } : {}
    const isEditedMeanwhile = folder.read(path) !== mine
    if (lost.length === 0 && !isEditedMeanwhile && !isTrial) {
      folder.write(path, theirs.text)
      state.set(key, { etag: theirs.etag, hash: await hashOf(theirs.text), ...(isHeld ? { isHeld } : {}) })
      return { path, outcome: 'pushed', complaints, ...unpublished }
    }
    const unreported = lost.filter((each) => !reported.some(({ segment }) => segment === each))
    const left = unreported.map((each) => complaint('problem.place', { place: each, problem: complaint('sync.kept') }))
    if ('current' in sent) {
      const [made, now] = [before.etag, sent.current].map((tag) => revisionsIn(tag)?.revision ?? '?')
      const moved = complaint('sync.conflict', { made: made ?? '?', now: now ?? '?' })
      return { path, outcome: 'conflict', complaints: [moved, ...left] }
    }
    // The tag of what this push made. Whatever others change after it is a conflict the next time.
    state.set(key, { etag: sent.etag, hash: '' })
    return { path, outcome: lost.length > 0 ? 'refused' : 'pushed', complaints: [...complaints, ...left], ...unpublished }
  }
}

/**
 * The site's answer to a file: the receipt with the new entity tag; or the entity tag that it has instead; or the reason of a
 * refusal.
 */
type Sent =
  | { readonly lines: readonly SaidLine[]; readonly etag: string; readonly isUnpublished: boolean }
  | { readonly current: string }
  | { readonly refused: Complaint }

/**
 * Sends a file with the state of the translation. If only the English has changed, sends it with the new state: the file says
 * from which English it was made.
 */
async function send(
  client: Client,
  locale: Locale,
  slug: string,
  file: LocaleFile,
  etag: string,
  { isTrial, publishes }: Required<Pushing>,
): Promise<Sent> {
  const key = await hashOf(JSON.stringify([locale, slug, etag, file, publishes])) // So that a repeated run gets the answer of the one that was killed.
  try {
    const query = { 'dry-run': isTrial ? 'true' : 'false', publish: publishes ? 'true' : 'false' } as const
    const { content } = await client.ask('putTranslation', { params: { locale, slug }, query, body: file, madeFrom: etag, key })
    const { revision, sourceRevision } = revisionsIn(etag) ?? { revision: 0, sourceRevision: 0 }
    const { lines, isSaved, isPublished, isWaiting } = content
    const after = translationTag(revision + (isSaved ? 1 : 0), sourceRevision)
    return { lines, etag: after, isUnpublished: isWaiting || (!isPublished && (isSaved || file.state === 'approved')) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.kind === 'unprocessable') return { refused: complaintIn(error) }
    if (error.kind !== 'precondition_failed') throw error
    const { current = '' } = error.members
    const [was, is] = [revisionsIn(etag), revisionsIn(current)]
    const hasEnglishMoved = was && is && is.revision === was.revision && is.sourceRevision > was.sourceRevision
    return hasEnglishMoved ? await send(client, locale, slug, file, current, { isTrial, publishes }) : { current }
  }
}

/**
 * What a file has and the site does not: segments by their ids, and other fields. Empty texts do not count, nor does the state that a file
 * gets by being sent.
 */
function lostOf(mine: LocaleFile, theirs: Immutable<LocaleFile>, publishes: boolean): readonly string[] {
  const segments = Object.entries(mine.segments).filter(([id, text]) => text.trim() !== '' && theirs.segments[id] !== text)
  const facts = (['provenance', 'credits', 'accepted'] as const).filter(
    (name) => mine[name] !== undefined && JSON.stringify(mine[name]) !== JSON.stringify(theirs[name]),
  )
  const isState = [mine.state, publishes ? 'approved' : stateOfWork(mine)].includes(theirs.state)
  return [...segments.map(([id]) => id), ...(isState ? [] : ['state']), ...facts]
}

const isReported = (line: SaidLine) => isRefused(line) || line.outcome === 'unfinished' || line.outcome === 'identical'
const ofSegment = ({ segment, outcome, reason = '' }: SaidLine): Complaint =>
  complaint('receipt.line', { segment, outcome, reason })

const warningsOf = ({ segment, warnings = [] }: SaidLine): readonly Complaint[] =>
  warnings.map(({ rule, reason }) => complaint('receipt.warning', { segment, rule, reason }))

/** Whether a person has to look at this file. */
export const needsSomebody = ({ outcome }: Pick<SyncResult, 'outcome'>) =>
  outcome === 'left' || outcome === 'conflict' || outcome === 'refused'
