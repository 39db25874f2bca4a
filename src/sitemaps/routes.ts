import { Hono } from 'hono'
import type { Context, RequestContext } from '../context'
import { respondPublicly } from '../delivery/respond'
import { lastPrint } from '../editions/store'
import { publicLocales } from '../language/locale'
import type { Site } from '../site'
import { llms, robots } from './robots'
import { briefingAddress, newsSitemap, sheetIn, siteAddresses, sitemap, sitemapIndex, sitemapPathTo } from './sitemap'
import { listNews, listSheet, listSheets } from './store'

const xml = 'application/xml; charset=utf-8'
const text = 'text/plain; charset=utf-8'

const sitePath = '/sitemap-site.xml'
/** What is two days old is no news, and a sitemap of news has a thousand addresses at most (Google's rules). */
const newsFor = 2 * 24 * 3_600_000
const newsMax = 1000

/** Sitemaps, `robots.txt` and `llms.txt`. */
export const sitemapRoutes = new Hono<Context>()

sitemapRoutes.get('/robots.txt', (c) => {
  const { site } = c.var
  return answer(c, robots(site), text, site.fingerprint(site.locales.source))
})

sitemapRoutes.get('/llms.txt', (c) => {
  const { site } = c.var
  const { source } = site.locales
  return answer(c, llms(site, site.speak(source)), text, site.fingerprint(source))
})

sitemapRoutes.get('/sitemap.xml', async (c) => {
  const { site } = c.var
  const print = await lastPrint(site.database)
  const sheets = await Promise.all(
    publicLocales(site.locales).map(async (locale) =>
      (await listSheets(site.database, locale)).map(({ sheet, changedAt }) => ({
        path: sitemapPathTo(locale, sheet),
        changedAt,
      })),
    ),
  )
  const index = sitemapIndex(site.config.origin, [{ path: sitePath }, ...sheets.flat()])
  return answer(c, index, xml, `${print}-${everyWord(site)}`)
})

sitemapRoutes.get(sitePath, (c) => answer(c, sitemap(siteAddresses(c.var.site)), xml, everyWord(c.var.site)))

sitemapRoutes.get('/:file{sitemap-.+-[0-9]+\\.xml}', async (c) => {
  const { site } = c.var
  const { locale, sheet } = sheetIn(c.req.param('file')) ?? {}
  if (locale === undefined || sheet === undefined || !publicLocales(site.locales).includes(locale)) return c.notFound()
  const print = await lastPrint(site.database)
  const pages = await listSheet(site.database, locale, sheet)
  if (pages.length === 0) return c.notFound()
  const addresses = pages.map((page) => briefingAddress(site, locale, page))
  return answer(c, sitemap(addresses), xml, `${print}-${site.fingerprint(locale)}`)
})

sitemapRoutes.get('/news-sitemap.xml', async (c) => {
  const { site } = c.var
  const print = await lastPrint(site.database)
  const since = new Date(site.now().getTime() - newsFor).toISOString()
  const languages = publicLocales(site.locales)
  const lists = await Promise.all(languages.map((locale) => listNews(site.database, locale, since, newsMax)))
  const items = lists
    .flat()
    .sort((one, other) => Date.parse(other.appearedAt) - Date.parse(one.appearedAt))
    .slice(0, newsMax)
  return answer(c, newsSitemap(site, items), xml, `${print}-${items.length}-${everyWord(site)}`, true)
})

/** Shows search engines the key of the site's pings. Only if the site sends pings. */
export const indexNowRoutes = new Hono<Context>()

indexNowRoutes.get('/:file{.+\\.txt}', (c) => {
  const { key = '' } = c.var.site.config.indexNow ?? {}
  return c.req.param('file') === `${key}.txt` ? answer(c, key, text, key) : c.notFound()
})

const everyWord = (site: Site) => publicLocales(site.locales).map(site.fingerprint).join('')

function answer({ req, var: { site } }: RequestContext, body: string, type: string, etag: string, isFleeting = false): Response {
  return respondPublicly(site, req.raw, { body, type, language: site.locales.source, etag, isFleeting })
}
