import { Hono } from 'hono'
import type { Tier } from '../briefings/vocabulary'
import type { RequestContext } from '../context'
import { bytesOf, keptBySite } from '../delivery/kept'
import { prefers } from '../delivery/policy'
import { respondPrivately } from '../delivery/respond'
import { findUsed, type Used } from '../editions/used-store'
import { type MemberContext, tierOfVisitor } from '../members/visitor'
import { Refusal } from '../problem'
import type { Site } from '../site'
import { readSearch, type SearchRequest, searchPathTo } from './request'
import { searchPage } from './search-page'

/** For how long the same search may have the same answer, in milliseconds. A print ends it. */
const keptFor = 10_000

/** The answers of the last searches of everyone. They have a place of their own, because endless queries would push pages out. */
const keptAnswers = keptBySite(2_000_000)

/** Search for readers. No cache outside keeps an answer, because searches are private. */
export const searchRoutes = new Hono<MemberContext>()

searchRoutes.get('/:locale/search', (c) => answer(c, prefers(c.req.header('Accept') ?? '', 'application/json') ? 'json' : 'page'))

searchRoutes.get('/:locale/search.json', (c) => answer(c, 'json'))

const types = { page: 'text/html; charset=utf-8', json: 'application/json; charset=utf-8' }

async function answer(c: RequestContext<MemberContext>, form: keyof typeof types): Promise<Response> {
  const { site, locale } = c.var
  const request = requestIn(c.req.raw, site)
  const tier = await tierOfVisitor(c)
  const { print, used } = await findUsed(site.database, locale)
  const moment = Math.floor(site.now().getTime() / keptFor)
  const key = [site.fingerprint(locale), print, moment, form, searchPathTo(locale, request)].join(' ')
  const [kept] = tier === 'public' ? (keptAnswers(site).find(key) ?? []) : []
  const body = kept ?? bytesOf(await written(c, { form, request, used, tier }))
  if (tier === 'public' && !kept) keptAnswers(site).keep(key, [body])
  return respondPrivately(site, 200, body, { 'Content-Type': types[form], 'Content-Language': locale, Vary: 'Accept' })
}

interface Asked {
  readonly form: keyof typeof types
  readonly request: SearchRequest
  readonly used: Used
  readonly tier: Tier
}

async function written(c: RequestContext<MemberContext>, { form, request, used, tier }: Asked): Promise<string> {
  const { site, locale, words } = c.var
  const { findResults, resultsAsJson } = await loaded()
  const found = await findResults(site.database, site, locale, request, tier)
  return form === 'json' ? resultsAsJson(site, locale, request, found) : searchPage({ site, words, request, used, found })
}

/** What finds and shows is loaded when somebody searches: it reads Markdown, whose library is large. */
const loaded = async () => ({ ...(await import('./store')), ...(await import('./results')) })

function requestIn(request: Request, { settings: { vocabulary } }: Site): SearchRequest {
  const asked = readSearch(new URL(request.url).searchParams, vocabulary)
  if (!asked) throw new Refusal('search.filter', {}, { kind: 'invalid' })
  return asked
}
