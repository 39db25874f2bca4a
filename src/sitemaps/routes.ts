import { Hono } from 'hono'
import { respondPublicly } from '../delivery/respond'
import { lastPrint } from '../editions/store'
import { publicLocales } from '../language/locale'
import type { LiveSite } from '../site'
import { llms, robots } from './robots'
import { briefingAddress, newsSitemap, sheetIn, siteAddresses, sitemap, sitemapIndex, sitemapPathTo } from './sitemap'
import { listNews, listSheet, listSheets } from './store'

const xml = 'application/xml; charset=utf-8'
const text = 'text/plain; charset=utf-8'

const sitePath = '/sitemap-site.xml'
/** What is two days old is no news, and a sitemap of news has a thousand addresses at the most (Google's rules). */
const newsFor = 2 * 24 * 3_600_000
const newsMax = 1000

/** What tells programs which pages there are. */
export function sitemapRoutes(site: LiveSite): Hono {
  const { database, config, locales } = site
  const { source } = locales
  const languages = publicLocales(locales)
  const routes = new Hono()
  const everyWord = () => languages.map(site.fingerprint).join('')
  const told = (request: Request, body: string, type: string, etag: string, isFleeting = false) =>
    respondPublicly(site, request, { body, type, language: source, etag, isFleeting })

  routes.get('/robots.txt', ({ req }) => told(req.raw, robots(config.origin), text, site.fingerprint(source)))

  const { key } = config.indexNow ?? {}
  if (key !== undefined) routes.get(`/${key}.txt`, ({ req }) => told(req.raw, key, text, key))

  routes.get('/llms.txt', ({ req }) => told(req.raw, llms(site, site.speak(source)), text, site.fingerprint(source)))

  routes.get('/sitemap.xml', async ({ req }) => {
    const print = await lastPrint(database)
    const sheets = await Promise.all(
      languages.map(async (locale) =>
        (await listSheets(database, locale)).map(({ sheet, changedAt }) => ({ path: sitemapPathTo(locale, sheet), changedAt })),
      ),
    )
    return told(req.raw, sitemapIndex(config.origin, [{ path: sitePath }, ...sheets.flat()]), xml, `${print}-${everyWord()}`)
  })

  routes.get(sitePath, ({ req }) => told(req.raw, sitemap(siteAddresses(site)), xml, everyWord()))

  routes.get('/:file{sitemap-.+-[0-9]+\\.xml}', async (c) => {
    const { locale, sheet } = sheetIn(c.req.param('file')) ?? {}
    if (locale === undefined || sheet === undefined || !languages.includes(locale)) return c.notFound()
    const print = await lastPrint(database)
    const pages = await listSheet(database, locale, sheet)
    if (pages.length === 0) return c.notFound()
    const addresses = pages.map((page) => briefingAddress(site, locale, page))
    return told(c.req.raw, sitemap(addresses), xml, `${print}-${site.fingerprint(locale)}`)
  })

  routes.get('/news-sitemap.xml', async ({ req }) => {
    const print = await lastPrint(database)
    const since = new Date(site.now().getTime() - newsFor).toISOString()
    const lists = await Promise.all(languages.map((locale) => listNews(database, locale, since, newsMax)))
    const items = lists
      .flat()
      .sort((one, other) => Date.parse(other.appearedAt) - Date.parse(one.appearedAt))
      .slice(0, newsMax)
    return told(req.raw, newsSitemap(site, items), xml, `${print}-${items.length}-${everyWord()}`, true)
  })

  return routes
}
