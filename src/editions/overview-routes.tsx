import { Hono } from 'hono'
import type { Context } from '../context'
import { respondPublicly } from '../delivery/respond'
import { monthOf } from '../demand/demand'
import { everyLanguage } from '../ui/layout'
import { translationsPathTo } from './addresses'
import { confidencePage } from './confidence-page'
import { listStandings } from './listing-store'
import { lastPrint } from './store'
import { translationsPage } from './translations-page'
import { listMostWanted } from './wanted-store'

const html = 'text/html; charset=utf-8'

/** How many of the briefings that are most asked for are shown. */
const wantedMost = 10

/** What a site says of all its briefings: the table of grades, and the state of translations. */
export const overviewRoutes = new Hono<Context>()

overviewRoutes.get('/:locale/confidence', (c) => {
  const { site, locale, words } = c.var
  if (!site.settings.confidence) return c.notFound()
  return respondPublicly(site, c.req.raw, {
    body: confidencePage(site, words, everyLanguage(site, locale, 'confidence')),
    type: html,
    language: locale,
    etag: site.fingerprint(locale),
    canonical: `${site.config.origin}/${locale}/confidence`,
  })
})

overviewRoutes.get('/:locale/translations', async (c) => {
  const { site, locale, words } = c.var
  const { database, locales, config } = site
  const print = await lastPrint(database)
  const counts = await listStandings(database)
  const wanted = locale === locales.source ? [] : await listMostWanted(database, locale, monthOf(site.now()), wantedMost)
  return respondPublicly(site, c.req.raw, {
    body: translationsPage({ site, words, links: everyLanguage(site, locale, 'translations'), counts, wanted }),
    type: html,
    language: locale,
    etag: `${print}-${wanted.reduce((sum, { views }) => sum + views, 0)}-${site.fingerprint(locale)}`,
    canonical: config.origin + translationsPathTo(locale),
    isFleeting: true,
  })
})
