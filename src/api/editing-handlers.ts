import { hashOf } from '../briefings/hash'
import { fileOf } from '../briefings/revisions'
import { findSource, findSourceBySlug, listSources, listStates, type Source } from '../briefings/store'
import { loadOne } from '../load'
import { type Content, ContentError } from '../loadable'
import { Problem } from '../problem'
import type { LiveSite } from '../site'
import { isViolated } from '../storage/database'
import { unprocessable } from './asked'
import { type Handlers, told } from './call'
import { held, refuseOthers } from './condition'

type EditingOperation = 'listSources' | 'getSource' | 'putSource'

/** What is done with the English of briefings, and with it all of their content. */
export function editingHandlers(site: LiveSite): Pick<Handlers, EditingOperation> {
  const { database } = site

  return {
    listSources: async ({ query: { after, limit } }) => {
      const found = await listSources(database, after, limit + 1)
      const listed = found.slice(0, limit)
      const sources = await Promise.all(
        listed.map(async (each) => {
          const { id, slug, state, publishedAt, revision } = each
          return { id, slug, state, publishedAt, revision, etag: await tagOf(each) }
        }),
      )
      const last = found.length > limit ? listed.at(-1)?.slug : undefined
      const query = new URLSearchParams({ after: last ?? '', limit: String(limit) })
      return told('listSources', 200, { sources }, { next: last && `/api/v1/sources?${query}` })
    },

    getSource: async ({ params: { slug } }) => {
      const source = await findSourceBySlug(database, slug)
      if (!source) throw new Problem('not_found', 'There is no briefing with this slug.')
      const states = (await listStates(database, source.id)).slice(0, source.revision)
      return told('getSource', 200, { briefing: fileOf(source, states) }, { etag: await tagOf(source) })
    },

    putSource: async ({ params: { slug }, query: { 'dry-run': dryRun }, body: { briefing, translations = [] }, request }) => {
      const wanted = held(request)
      if (briefing.slug !== slug && !briefing.formerSlugs.includes(slug)) {
        throw new Problem('unprocessable', `briefing.slug: expected ${slug}, as the address says.`)
      }
      const file = (path: string, value: unknown) => ({ path, bytes: new TextEncoder().encode(JSON.stringify(value)) })
      const content: Content = {
        briefings: [file(`db/briefings/${briefing.slug}.json`, briefing)],
        translations: translations.map((each) => file(`locales/${each.locale}/briefings/${briefing.slug}.json`, each)),
        images: site.images,
      }
      const stored = await findSource(database, briefing.id)
      const current = stored && (await tagOf(stored))
      refuseOthers(wanted, current)
      const receipt = await loadOne(site, content, {
        isTrial: dryRun === 'true',
        expects: (stands) => {
          if (stands?.version !== stored?.version) throw overtaken(current)
        },
      }).catch((error: unknown) => {
        if (wasOvertaken(error)) throw overtaken(current)
        throw error instanceof ContentError ? unprocessable(error.problems) : error
      })
      const saved = await findSource(database, briefing.id)
      return told('putSource', receipt.outcome === 'new' ? 201 : 200, receipt, { etag: saved && (await tagOf(saved)) })
    },
  }
}

/** Names the state of a briefing's English: its revision, and what it is known by. */
async function tagOf({ revision, slug, formerSlugs, state, publishedAt }: Source): Promise<string> {
  const identity = await hashOf(JSON.stringify([slug, formerSlugs, state, publishedAt]))
  return `"${revision}-${identity.slice(0, 8)}"`
}

/** Somebody else saved this very revision first. */
const wasOvertaken = (error: unknown) =>
  isViolated(error, 'UNIQUE', 'source_revision') || isViolated(error, 'UNIQUE', 'translation_revision')

const overtaken = (current: string | undefined) =>
  new Problem('precondition_failed', 'It was changed this very moment. Fetch it again, then send the change.', {
    told: { sent: current ?? 'nothing' },
  })
