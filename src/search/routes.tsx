import { Hono } from 'hono'
import type { RequestContext } from '../context'
import { prefers } from '../delivery/policy'
import { respondPrivately } from '../delivery/respond'
import { listRegions } from '../editions/listing-store'
import { type MemberContext, tierOfVisitor } from '../members/visitor'
import { Refusal } from '../problem'
import { readSearch, type SearchRequest } from './request'
import { type Results, resultsAsJson } from './results'
import { searchPage } from './search-page'
import { findResults } from './store'

/** Search for readers. No cache keeps an answer: searches are private, and endless queries would push pages out. */
export const searchRoutes = new Hono<MemberContext>()

searchRoutes.get('/:locale/search', (c) => (prefers(c.req.header('Accept') ?? '', 'application/json') ? asJson(c) : asPage(c)))

searchRoutes.get('/:locale/search.json', (c) => asJson(c))

async function asPage(c: RequestContext<MemberContext>): Promise<Response> {
  const { site, locale, words } = c.var
  const request = requestIn(c.req.raw)
  const [found, regions] = await Promise.all([search(c, request), listRegions(site.database, locale)])
  return respond(c, searchPage({ site, words, request, regions, found }), 'text/html; charset=utf-8')
}

async function asJson(c: RequestContext<MemberContext>): Promise<Response> {
  const { site, locale } = c.var
  const request = requestIn(c.req.raw)
  return respond(c, resultsAsJson(site, locale, request, await search(c, request)), 'application/json; charset=utf-8')
}

function respond({ var: { site, locale } }: RequestContext<MemberContext>, body: string, type: string): Response {
  return respondPrivately(site, 200, body, { 'Content-Type': type, 'Content-Language': locale, Vary: 'Accept' })
}

/** What the visitor's search finds; `undefined` if nothing was searched. */
async function search(c: RequestContext<MemberContext>, wanted: SearchRequest): Promise<Results | undefined> {
  const { site, locale } = c.var
  return await findResults(site.database, site, locale, wanted, await tierOfVisitor(c))
}

function requestIn(request: Request): SearchRequest {
  const asked = readSearch(new URL(request.url).searchParams)
  if (!asked) throw new Refusal('search.filter', {}, { kind: 'invalid' })
  return asked
}
