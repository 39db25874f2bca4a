import { Hono, type MiddlewareHandler } from 'hono'
import { apiRoutes } from './api/routes'
import { commentRoutes } from './comments/routes'
import type { Context, RequestContext } from './context'
import { fieldsIn, ownForm } from './delivery/form'
import { CountedLimits, type Limits } from './delivery/limits'
import { localeAround, localeOfReader, pathWithin, rememberChoice } from './delivery/reader'
import { moveTo, respondPrivately, seeOther } from './delivery/respond'
import { pathTo } from './editions/addresses'
import { editionRoutes } from './editions/routes'
import { feedRoutes } from './feeds/routes'
import { followingRoutes } from './following/routes'
import { addressed, firstPart, type Locale, openLocales } from './language/locale'
import { mailRoutes } from './mail/routes'
import { accountRoutes } from './members/account-routes'
import { joinRoutes } from './members/join-routes'
import { memberships, pathToJoin } from './members/membership'
import { passkeyRoutes } from './members/passkey-routes'
import type { Visitor } from './members/person'
import { visitorOf } from './members/person-store'
import { requestRoutes } from './members/request-routes'
import { memberRoutes } from './members/routes'
import type { MemberContext } from './members/visitor'
import { newsletterRoutes } from './newsletter/routes'
import { Problem } from './problem'
import { reportRoutes } from './reports/routes'
import { searchRoutes } from './search/routes'
import { withoutSecrets } from './secrets/secret'
import type { Draw } from './sharing/drawing'
import { sharingRoutes } from './sharing/routes'
import { type DrawingContext, oneAtATime } from './sharing/turns'
import type { LiveSite } from './site'
import { sitemapRoutes } from './sitemaps/routes'
import { isAlive } from './storage/database'
import { framesOf } from './ui/layout'
import { refusal } from './ui/refusal'
import { unsubscribingRoutes } from './unsubscribing/routes'

/** How long a picture waits for the one before it, in milliseconds: on Workers that is given up where its reader has gone. */
const patience = 5000

/**
 * The site: what handlers find in `c.var`, the slices, and how a refusal is told. What decides a right or a revision is asked of
 * `newsroom`, where the readers' database may be a moment behind. Pictures are drawn by `draw`.
 */
export function createApp(
  site: LiveSite,
  newsroom: LiveSite = site,
  limits: Limits = new CountedLimits(),
  draw: Draw = drawsNothing,
) {
  const app = new Hono<Context>()
  const frame = framesOf(site)

  app.use((c, next) => {
    c.set('site', site)
    c.set('newsroom', newsroom)
    c.set('limits', limits)
    c.set('frame', frame)
    return next()
  })

  app.use(lookingUpOnce, drawnInTurn(draw))

  // Addresses without a locale come first: what is left of all others begins with one.
  app.route('/', entrances)
  app.route('/', mailRoutes(site))
  app.route('/', sharingRoutes(site, newsroom, limits, draw))
  app.route('/', sitemapRoutes(site))
  app.route('/', apiRoutes)

  app.use('/:locale/*', inOpenLocale)
  app.route('/', passkeyRoutes)
  app.route('/', memberRoutes)
  app.route('/', accountRoutes)
  app.route('/', joinRoutes)
  app.route('/', requestRoutes)
  app.route('/', followingRoutes)
  app.route('/', newsletterRoutes)
  app.route('/', unsubscribingRoutes)
  app.route('/', reportRoutes(newsroom, limits))
  app.route('/', commentRoutes(newsroom, limits))
  app.route('/', feedRoutes(site))
  app.route('/', searchRoutes(site, newsroom))
  app.route('/', editionRoutes(site, newsroom))

  app.notFound((c) => notFound(c, methodsAt(app, c.req.path)))
  app.onError(failed)
  return app
}

const drawsNothing: Draw = async () => {
  throw new Problem('unavailable', 'This program draws no pictures.')
}

/** Looks up who is signed in when it is first asked, and not again for this request. */
const lookingUpOnce: MiddlewareHandler<MemberContext> = (c, next) => {
  const { database, config, now } = c.var.newsroom
  let visitor: Promise<Visitor | undefined> | undefined
  c.set('visitor', () => {
    visitor ??= visitorOf(database, config.origin, c.req.raw, now())
    return visitor
  })
  return next()
}

/** Has pictures drawn one at a time. */
function drawnInTurn(draw: Draw): MiddlewareHandler<DrawingContext> {
  const inTurn = oneAtATime(patience)
  return (c, next) => {
    c.set('draw', draw)
    c.set('inTurn', inTurn)
    return next()
  }
}

/** Stands before every address below a locale. One with a locale that is not open is not found. */
const inOpenLocale: MiddlewareHandler<Context> = async (c, next) => {
  const { site } = c.var
  const locale = c.req.param('locale') ?? ''
  if (!openLocales(site.locales).includes(locale)) return c.notFound()
  c.set('locale', locale)
  c.set('words', site.speak(locale))
  return next()
}

/** Addresses without a locale, which lead to the reader's own language, and the choice of one. */
const entrances = new Hono<Context>()

entrances.get('/', (c) => negotiated(c, (locale) => `/${locale}/`))
entrances.get('/sign-in', (c) => negotiated(c, (locale) => `/${locale}/sign-in`))
entrances.get('/account', (c) => negotiated(c, (locale) => `/${locale}/account`))

for (const membership of memberships) {
  entrances.get(pathToJoin(membership), (c) => {
    const { config, locales } = c.var.site
    const from = pathWithin(config.origin, c.req.raw)
    const next = from === undefined ? '' : `?next=${encodeURIComponent(from)}`
    return negotiated(c, () => pathToJoin(membership, localeAround(locales, from, c.req.raw)) + next)
  })
}

entrances.get('/briefings/:slug', (c) => {
  const { search } = new URL(c.req.url)
  return negotiated(c, (locale) => pathTo(locale, encodeURIComponent(c.req.param('slug'))) + search)
})

entrances.get('/healthz', async (c) => {
  const { site } = c.var
  const alive = await isAlive(site.database)
  return respondPrivately(site, alive ? 200 : 503, JSON.stringify({ status: alive ? 'ok' : 'no database' }), {
    'Content-Type': 'application/json',
  })
})

entrances.post('/language', ...ownForm, async (c) => {
  const { site } = c.var
  const { locale } = await fieldsIn(c.req.raw)
  if (locale === undefined || !openLocales(site.locales).includes(locale)) {
    throw new Problem('invalid', 'The language chosen is none of the languages of this site.')
  }
  return seeOther(site, pathWithin(site.config.origin, c.req.raw) ?? `/${locale}/`, {
    'Set-Cookie': rememberChoice(locale, site.config.origin),
  })
})

function negotiated(c: RequestContext, to: (locale: Locale) => string): Response {
  const { site } = c.var
  return respondPrivately(site, 302, null, {
    Location: to(localeOfReader(site.locales, c.req.raw)),
    Vary: 'Accept-Language, Cookie',
  })
}

/** The methods by which something can be asked at an address. */
const methodsAt = ({ router }: Hono<Context>, path: string): readonly string[] =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
    .filter((method) => router.match(method, path)[0].some(([[, route]]) => route.method === method))
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))

/** Leads to the address as the site spells it; else says that there is nothing, or nothing that can be asked so. */
function notFound(c: RequestContext, methods: readonly string[]): Response {
  const { method, path, url } = c.req
  const isRead = method === 'GET' || method === 'HEAD'
  const elsewhere = isRead ? inItsOwnSpelling(c.var.site, url) : undefined
  if (elsewhere !== undefined) return moveTo(c.var.site, elsewhere)
  const isRefused = methods.length > 0 ? !methods.includes(method) : !isRead && !path.startsWith('/api/')
  return isRefused ? refusal(c, 'not_allowed', { methods }) : refusal(c, 'not_found')
}

async function failed(error: Error, c: RequestContext): Promise<Response> {
  if (error instanceof Problem) return refusal(c, error.code, { problem: error })
  if ('getResponse' in error) return refusal(c, 'invalid')
  const reference = c.env?.requestId ?? crypto.randomUUID()
  const log = c.env?.log ?? ((entry: object) => console.error(JSON.stringify(entry)))
  const path = withoutSecrets(new URL(c.req.url).pathname)
  log({ level: 'error', id: reference, path, error: String(error), stack: error.stack })
  return refusal(c, (await isAlive(c.var.site.database)) ? 'internal' : 'unavailable', { reference })
}

/** The same address with its locale spelled as the site spells it, or with the slash that an index ends in. */
function inItsOwnSpelling(site: LiveSite, address: string): string | undefined {
  const { pathname, search } = new URL(address)
  const typed = firstPart(pathname)
  const found = addressed(site.locales, typed)
  if (!found) return undefined
  const locale = 'moved' in found ? found.moved : found.locale
  const rest = pathname.slice(1 + typed.length)
  const isOurs = rest === '' || rest === '/briefings' || rest === '/briefings/'
  if ('locale' in found && !isOurs) return undefined
  return `/${locale}${isOurs ? '/' : rest}${search}`
}
