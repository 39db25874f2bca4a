import { revisionsIn } from '../api/condition'
import { isProblems, placed } from '../briefings/files'
import { hashOf } from '../briefings/hash'
import { type Complaint, complaint } from '../language/complaint'
import { canonical, type Locale } from '../language/locale'
import { complaintIn, Refusal } from '../problem'
import type { FileWarning } from '../translations/checks/receipt'
import { isRefused } from '../translations/intake'
import { localeFileText, readLocaleFile } from '../translations/packs/json'
import type { LocaleFile } from '../translations/translation'
import { complaintsIn, lostOf, type Sent, tagAfter } from './answered'
import type { Client } from './client'
import { type Entry, type Folder, openState, pathOf } from './folder'
import { asFlag } from './requests'

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
  /** What a person should look at in the texts that readers get by it. Of some of it, the complaints say it already. */
  readonly warnings?: readonly FileWarning[]
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
 * it only saved before. If the site accepted all of a file, the site's file replaces it. Otherwise it stays as it is. After an
 * interruption, run it again. A dry run only asks the site, and changes nothing here or there.
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

    const lines = 'lines' in sent ? sent.lines : []
    const complaints = complaintsIn(lines)
    const warned = 'warnings' in sent && sent.warnings ? { warnings: sent.warnings } : {}
    const isClash = 'current' in sent || lines.some(({ outcome }) => outcome === 'conflict')
    if (isTrial && !isClash) return { path, outcome: lines.some(isRefused) ? 'refused' : 'pushed', complaints, ...warned }
    const theirs = await fetchFile(client, locale, slug)
    const lost = lostOf(file, theirs.file, lines, publishes)
    const isHeld = 'lines' in sent && sent.isUnpublished
    const unpublished = isHeld ? { unpublished: { slug, locale } } : {}
    const isEditedMeanwhile = folder.read(path) !== mine
    if (lost.length === 0 && !isEditedMeanwhile && !isTrial) {
      folder.write(path, theirs.text)
      state.set(key, { etag: theirs.etag, hash: await hashOf(theirs.text), ...(isHeld ? { isHeld } : {}) })
      return { path, outcome: 'pushed', complaints, ...unpublished, ...warned }
    }
    const unreported = lost.filter((each) => !lines.some(({ segment, reason }) => segment === each && reason !== undefined))
    const left = unreported.map((each) => complaint('problem.place', { place: each, problem: complaint('sync.kept') }))
    if (isClash) {
      const revisionIn = (tag: string) => revisionsIn(tag)?.revision ?? '?'
      const moved = complaint('sync.conflict', { made: revisionIn(before.etag), now: revisionIn(theirs.etag) })
      return { path, outcome: 'conflict', complaints: [moved, ...complaints, ...left] }
    }
    // The tag of what this push made. Whatever others change after it is merged the next time. A file that was merged still has
    // older texts of others, so it stays one that was made from what it was pulled from.
    if ('lines' in sent && !sent.isMerged) state.set(key, { etag: sent.etag, hash: '' })
    return {
      path,
      outcome: lost.length > 0 ? 'refused' : 'pushed',
      complaints: [...complaints, ...left],
      ...unpublished,
      ...warned,
    }
  }
}

/**
 * Sends a file upon the state that it was made from. If the site has moved on, sends it once more to be merged by segment, with the
 * revision that it was made from. A site that cannot merge refuses that.
 */
async function send(
  client: Client,
  locale: Locale,
  slug: string,
  file: LocaleFile,
  etag: string,
  { isTrial, publishes }: Required<Pushing>,
): Promise<Sent> {
  const query = { 'dry-run': asFlag(isTrial), publish: asFlag(publishes) }
  const put = async (madeFrom: string, body: LocaleFile): Promise<Sent> => {
    // So that a repeated run gets the answer of the one that was killed.
    const key = await hashOf(JSON.stringify([locale, slug, madeFrom, body, publishes]))
    const answer = await client.ask('putTranslation', { params: { locale, slug }, query, body, madeFrom, key })
    const { lines, isSaved, isPublished, isWaiting, warnings } = answer.content
    const isUnpublished = isWaiting || (!isPublished && (isSaved || body.state === 'approved'))
    return { lines, etag: answer.etag ?? tagAfter(etag, isSaved), isUnpublished, isMerged: madeFrom === '*', warnings }
  }
  try {
    return await put(etag, file)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.kind === 'unprocessable') return { refused: complaintIn(error) }
    if (error.kind !== 'precondition_failed') throw error
    const { current = '' } = error.members
    const revision = revisionsIn(etag)?.revision ?? file.revision
    if (revision === undefined) return { current }
    return await put('*', { ...file, revision }).catch((again: unknown) => {
      if (again instanceof Refusal && again.kind === 'unprocessable') return { current }
      throw again
    })
  }
}

/** Whether a person has to look at this file. */
export const needsSomebody = ({ outcome }: Pick<SyncResult, 'outcome'>) =>
  outcome === 'left' || outcome === 'conflict' || outcome === 'refused'
