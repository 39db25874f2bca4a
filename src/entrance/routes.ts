import { Hono } from 'hono'
import { isPageSlug } from '../briefings/publication'
import type { Context, RequestContext } from '../context'
import { fieldsIn, ownForm } from '../delivery/form'
import { localeAround, localeOfReader, pathWithin, rememberChoice } from '../delivery/reader'
import { respondPrivately, seeOther } from '../delivery/respond'
import type { WriteFailure } from '../delivery/write-failure'
import { pathTo } from '../editions/addresses'
import { presentSlug } from '../editions/former'
import { findAnswer, findFormer } from '../editions/store'
import { type Locale, openLocales } from '../language/locale'
import { isJoinable, pathToJoin } from '../members/membership'
import { pathOfSite } from '../members/session'
import { Refusal } from '../problem'
import { type Database, isAlive } from '../storage/database'
import { failureToWrite } from './store'

/** Addresses without a locale, which lead to the reader's own language, and the choice of one. */
export const entranceRoutes = new Hono<Context>()

entranceRoutes.get('/', (c) => negotiated(c, (locale) => `/${locale}/`))
entranceRoutes.get('/sign-in', (c) => negotiated(c, (locale) => `/${locale}/sign-in`))
entranceRoutes.get('/account', (c) => negotiated(c, (locale) => `/${locale}/account`))

entranceRoutes.get('/join/:tier', (c) => {
  const { config, locales, settings } = c.var.site
  const tier = settings.tiers.find((each) => each.id === c.req.param('tier') && isJoinable(each))
  if (!tier) return c.notFound()
  const from = pathWithin(config.origin, c.req.raw)
  return negotiated(c, () => pathToJoin(tier.id, localeAround(locales, from, c.req.raw)), from)
})

entranceRoutes.get('/briefings/:slug', (c) => negotiated(c, (locale) => pathTo(locale, encodeURIComponent(c.req.param('slug')))))

entranceRoutes.get('/healthz', async (c) => {
  const { site } = c.var
  const alive = await isAlive(site.database)
  return respondPrivately(site, alive ? 200 : 503, JSON.stringify({ status: alive ? 'ok' : 'no database' }), {
    'Content-Type': 'application/json',
  })
})

/** How long an answer about writing is repeated, in milliseconds, so that nobody can make the site write all the time. */
const writtenLately = 5000

/** What the last attempt to write found, for each database. */
const attempts = new WeakMap<Database, { readonly at: number; readonly failure: Promise<WriteFailure | undefined> }>()

entranceRoutes.get('/readyz', async (c) => {
  const { site, newsroom } = c.var
  const { database, now } = newsroom
  const at = now()
  let attempt = attempts.get(database)
  if (!attempt || Math.abs(at.getTime() - attempt.at) >= writtenLately) {
    attempt = { at: at.getTime(), failure: failureToWrite(database, at) }
    attempts.set(database, attempt)
  }
  const failure = await attempt.failure
  return respondPrivately(site, failure ? 503 : 200, JSON.stringify({ status: failure ?? 'ok' }), {
    'Content-Type': 'application/json',
  })
})

entranceRoutes.post('/language', ...ownForm, async (c) => {
  const { site } = c.var
  const { locale, from } = await fieldsIn(c.req.raw)
  if (locale === undefined || !openLocales(site.locales).includes(locale)) {
    throw new Refusal('sent.language', {}, { kind: 'invalid' })
  }
  return seeOther(site, pathWithin(site.config.origin, c.req.raw) ?? pathOfSite(from) ?? `/${locale}/`, {
    'Set-Cookie': rememberChoice(locale, site.config.origin),
  })
})

/**
 * Addresses of pages without a locale: they lead to the language around the link, or else to the reader's own. An address that no page has
 * or had is none.
 */
export const pageEntrance = new Hono<Context>()

pageEntrance.get('/:page', async (c, next) => {
  const { database, locales, config } = c.var.site
  const slug = c.req.param('page')
  if (!isPageSlug(slug)) return next()
  const isThere = await findAnswer(database, locales.source, slug, 'public', 'page')
  const present = isThere ? slug : presentSlug(slug, await findFormer(database, slug, 'page'))
  if (present === undefined) return next()
  const around = localeAround(locales, pathWithin(config.origin, c.req.raw), c.req.raw)
  return negotiated(c, () => pathTo(around, present, 'page'))
})

/** Redirects with the query as it is, or with a page to continue at. */
function negotiated(c: RequestContext, to: (locale: Locale) => string, next?: string): Response {
  const { site } = c.var
  const { search } = new URL(c.req.url)
  const query = next !== undefined && search === '' ? `?next=${encodeURIComponent(next)}` : search
  return respondPrivately(site, 302, null, {
    Location: to(localeOfReader(site.locales, c.req.raw)) + query,
    Vary: 'Accept-Language, Cookie',
  })
}
