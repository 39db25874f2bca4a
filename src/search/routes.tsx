import { Hono } from 'hono'
import type { Tier } from '../briefings/vocabulary'
import { respondPrivately } from '../delivery/respond'
import { listRegions } from '../editions/store'
import { type Locale, openLocales } from '../language/locale'
import { visitorOf } from '../members/person-store'
import { Problem } from '../problem'
import type { LiveSite } from '../site'
import { readSearch, type SearchRequest } from './request'
import { type Results, resultsAsJson } from './results'
import { searchPage } from './search-page'
import { findResults } from './store'

/**
 * What readers look for. No cache keeps an answer: what somebody looks for is nobody else's to know, and queries without end would
 * push pages out. Who asks is looked for in `people`, as for editions.
 */
export function searchRoutes(site: LiveSite, people: LiveSite): Hono {
  const { database, locales, config } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono()

  routes.get('/:locale/search', async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const isForProgram = prefersJson(c.req.header('Accept') ?? '')
    return isForProgram ? asJson(c.req.raw, locale) : asPage(c.req.raw, locale)
  })

  routes.get('/:locale/search.json', async (c) => {
    const { locale } = c.req.param()
    return open.has(locale) ? asJson(c.req.raw, locale) : c.notFound()
  })

  async function asPage(request: Request, locale: Locale): Promise<Response> {
    const asked = requestIn(request)
    const [found, regions] = await Promise.all([search(request, locale, asked), listRegions(database, locale)])
    const body = searchPage({ site, words: site.speak(locale), request: asked, regions, found })
    return respondPrivately(site, 200, body, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': locale,
      Vary: 'Accept',
    })
  }

  async function asJson(request: Request, locale: Locale): Promise<Response> {
    const asked = requestIn(request)
    const body = resultsAsJson(site, locale, asked, await search(request, locale, asked))
    return respondPrivately(site, 200, body, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Language': locale,
      Vary: 'Accept',
    })
  }

  /** What is found for the one who asks; `undefined` where nothing is looked for. */
  async function search(request: Request, asked: Locale, wanted: SearchRequest): Promise<Results | undefined> {
    const tier: Tier = (await visitorOf(people.database, config.origin, request, site.now()))?.person.tier ?? 'public'
    return await findResults(database, locales, asked, wanted, tier)
  }

  return routes
}

function requestIn(request: Request): SearchRequest {
  const asked = readSearch(new URL(request.url).searchParams)
  if (!asked) throw new Problem('invalid', 'The filter or the page of the results is not of the expected form.')
  return asked
}

/** Whether a program asks: it names JSON, and no pages. */
const prefersJson = (accept: string) => accept.includes('application/json') && !accept.includes('text/html')
