import { unfit } from '../briefings/files'
import { hashOf } from '../briefings/hash'
import { listStates } from '../briefings/revision-store'
import { fileOf } from '../briefings/revisions'
import { isSourceConflict } from '../briefings/save-store'
import type { Source } from '../briefings/source'
import { findSource, findSourceBySlug, listSources } from '../briefings/store'
import { reaches } from '../members/token'
import { type BriefingContent, briefingContentFrom } from '../newsroom/content-files'
import { loadOne, type Receipt } from '../newsroom/load'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { isTranslationConflict } from '../translations/store'
import { problemsMost } from './asked'
import { type Handlers, reply } from './call'
import { type Condition, held, refuseOthers } from './condition'
import { nextAfter, pageOf } from './paging'
import { publishing } from './reach'

type EditingOperation = 'listSources' | 'getSource' | 'putSource'

/** The operations on the English of briefings, and with it on all of their content. */
export const editingHandlers: Pick<Handlers, EditingOperation> = {
  listSources: async ({ query: { after, limit }, newsroom }) => {
    const { listed, last } = pageOf(await listSources(newsroom.database, after, limit + 1), limit)
    const sources = await Promise.all(
      listed.map(async (each) => {
        const { id, slug, state, publishedAt, revision, published = null } = each
        return { id, slug, state, publishedAt, revision, published, etag: await tagOf(each) }
      }),
    )
    return reply('listSources', 200, { sources }, { next: nextAfter('/api/v1/sources', {}, last, limit) })
  },

  getSource: async ({ params: { slug }, newsroom: { database } }) => {
    const source = await findSourceBySlug(database, slug)
    if (!source) throw new Refusal('briefing.unknown', { slug }, { kind: 'not_found' })
    const states = (await listStates(database, source.id)).slice(0, source.revision)
    return reply('getSource', 200, { briefing: fileOf(source, states) }, { etag: await tagOf(source) })
  },

  putSource: async ({
    params: { slug },
    query: { 'dry-run': dryRun, publish },
    body: { briefing, translations = [] },
    request,
    token,
    newsroom,
  }) => {
    const wanted = held(request)
    const publishes = publishing(token, publish)
    for (const { locale } of translations) {
      if (!reaches(token, locale)) throw new Refusal('token.locale', { locale }, { kind: 'forbidden' })
    }
    if (briefing.slug !== slug && !briefing.formerSlugs.includes(slug)) {
      throw new Refusal('api.other-slug', { slug })
    }
    const content = briefingContentFrom(
      briefing,
      translations,
      { images: newsroom.images, publishes },
      newsroom.locales,
      newsroom.settings,
    )
    if ('problems' in content) throw unfit(content.problems, problemsMost)
    const receipt = await loadUpon(newsroom, wanted, content, { publishes, isTrial: dryRun === 'true', actor: token.name })
    const saved = await findSource(newsroom.database, briefing.id)
    return reply('putSource', receipt.outcome === 'new' ? 201 : 200, receipt, { etag: saved && (await tagOf(saved)) })
  },
}

/**
 * Loads a briefing if its state is the one that its sender built upon. If somebody else changed another part of it meanwhile,
 * loads it again.
 */
async function loadUpon(
  newsroom: LiveSite,
  wanted: Condition,
  content: BriefingContent,
  options: { readonly publishes: boolean; readonly isTrial: boolean; readonly actor: string },
): Promise<Receipt> {
  for (let tries = 1; ; tries += 1) {
    const stored = await findSource(newsroom.database, content.briefing.id)
    refuseOthers(wanted, stored && (await tagOf(stored)))
    const expects = (stands: Source | undefined) => {
      if (stands?.version !== stored?.version || stands?.revision !== stored?.revision) throw new StateChanged()
    }
    try {
      return await loadOne(newsroom, content, { ...options, expects })
    } catch (error) {
      if (!isConflict(error)) throw error
      if (tries === triesMax) throw new Refusal('api.busy', { slug: content.briefing.slug }, { kind: 'conflict' })
    }
  }
}

/** How often a briefing is loaded again if others keep changing it. */
const triesMax = 5

/** The present state is not the one that was looked at. */
class StateChanged extends Error {}

/** Somebody else saved something of this briefing first. */
const isConflict = (error: unknown) => error instanceof StateChanged || isSourceConflict(error) || isTranslationConflict(error)

/** Names the state of a briefing's English: its revision, and its identity. */
async function tagOf({ revision, slug, formerSlugs, state, publishedAt }: Source): Promise<string> {
  const identity = await hashOf(JSON.stringify([slug, formerSlugs, state, publishedAt]))
  return `"${revision}-${identity.slice(0, 8)}"`
}
