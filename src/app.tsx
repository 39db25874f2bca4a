import { Hono, type MiddlewareHandler } from 'hono'
import { apiRoutes } from './api/routes'
import { commentRoutes } from './comments/routes'
import type { Context, RequestContext } from './context'
import { CountedLimits, type Limits } from './delivery/limits'
import { moveTo } from './delivery/respond'
import { indexRoutes } from './editions/index-routes'
import { editionRoutes } from './editions/routes'
import { entranceRoutes } from './entrance/routes'
import { feedRoutes } from './feeds/routes'
import { followingRoutes } from './following/routes'
import { addressed, firstPart, openLocales } from './language/locale'
import { nearest } from './language/negotiation'
import { outboxRoutes } from './mail/routes'
import { accountRoutes } from './members/account-routes'
import { joinRoutes } from './members/join-routes'
import { passkeyRoutes } from './members/passkey-routes'
import type { Visitor } from './members/person'
import { visitorOf } from './members/person-store'
import { requestRoutes } from './members/request-routes'
import { memberRoutes } from './members/routes'
import type { MemberContext } from './members/visitor'
import { newsletterRoutes } from './newsletter/routes'
import { Refusal } from './problem'
import { reportRoutes } from './reports/routes'
import { searchRoutes } from './search/routes'
import { withoutSecrets } from './secrets/secret'
import type { Render } from './sharing/rendering'
import { sharingRoutes, unfurlRoutes } from './sharing/routes'
import { oneAtATime, type RenderingContext } from './sharing/turns'
import type { LiveSite } from './site'
import { indexNowRoutes, sitemapRoutes } from './sitemaps/routes'
import { isAlive } from './storage/database'
import { framesOf } from './ui/layout'
import { refusal } from './ui/refusal'
import { unsubscribingRoutes } from './unsubscribing/routes'

/** How long a picture waits for the one before it, in milliseconds. On Workers that one may have been given up when its reader left. */
const patience = 5000

/**
 * The site: what handlers find in `c.var`, the slices, and the pages of refusals. Rights and revisions are read from `newsroom`, because
 * the readers' database may be a moment behind. `render` draws pictures.
 */
export function createApp(
  site: LiveSite,
  newsroom: LiveSite = site,
  limits: Limits = new CountedLimits(),
  render: Render = rendersNothing,
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

  app.use(lookingUpOnce)
  app.use('/cards/*', renderedInTurn(render))

  // Addresses without a locale come first. All that follow begin with one.
  app.route('/', entranceRoutes)
  app.route('/', unfurlRoutes)
  app.route('/', sitemapRoutes)
  app.route('/', apiRoutes)
  if (site.config.hasOutbox) app.route('/', outboxRoutes)
  if (site.config.indexNow) app.route('/', indexNowRoutes)

  app.use('/:locale/*', inOpenLocale)
  app.route('/', passkeyRoutes)
  app.route('/', memberRoutes)
  app.route('/', accountRoutes)
  app.route('/', joinRoutes)
  app.route('/', requestRoutes)
  app.route('/', followingRoutes)
  app.route('/', newsletterRoutes)
  app.route('/', unsubscribingRoutes)
  app.route('/', reportRoutes)
  app.route('/', commentRoutes)
  app.route('/', sharingRoutes)
  app.route('/', feedRoutes)
  app.route('/', searchRoutes)
  app.route('/', indexRoutes)
  app.route('/', editionRoutes)

  app.notFound((c) => notFound(c, (path) => methodsAt(app, path)))
  app.onError(failed)
  return app
}

const rendersNothing: Render = async () => {
  throw new Refusal('card.none', {}, { kind: 'unavailable' })
}

/** Looks up who is signed in when it is first needed, and once for a request. */
const lookingUpOnce: MiddlewareHandler<MemberContext> = (c, next) => {
  const { database, config, now } = c.get('newsroom')
  let visitor: Promise<Visitor | undefined> | undefined
  c.set('visitor', () => {
    visitor ??= visitorOf(database, config.origin, c.req.raw, now())
    return visitor
  })
  return next()
}

/** Has pictures drawn one at a time. */
function renderedInTurn(render: Render): MiddlewareHandler<RenderingContext> {
  const inTurn = oneAtATime(patience)
  return (c, next) => {
    c.set('render', render)
    c.set('inTurn', inTurn)
    return next()
  }
}

/** Runs before every address below a locale. Answers 404 if that locale is not open. It reads one value: `c.var` copies all of them. */
const inOpenLocale: MiddlewareHandler<Context> = async (c, next) => {
  const site = c.get('site')
  const locale = c.req.param('locale') ?? ''
  if (!openLocales(site.locales).includes(locale)) return c.notFound()
  c.set('locale', locale)
  c.set('words', site.speak(locale))
  return next()
}

/** The methods that an address has. */
const methodsAt = ({ router }: Hono<Context>, path: string): readonly string[] =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
    .filter((method) => router.match(method, path)[0].some(([[, route]]) => route.method === method))
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))

/**
 * Redirects to the address as the site spells it, if there is one: in its own locale, and without a slash at the end. Otherwise answers 404,
 * or 405 if the address has other methods.
 */
function notFound(c: RequestContext, methodsOf: (path: string) => readonly string[]): Response {
  const { method, path, url } = c.req
  const isRead = method === 'GET' || method === 'HEAD'
  const elsewhere = isRead ? inItsOwnSpelling(c.var.site, url) : undefined
  if (elsewhere) return moveTo(c.var.site, c.req.raw, elsewhere.path, elsewhere.status)
  if (isRead && path.endsWith('/') && isOfPages(path) && methodsOf(withoutSlash(path)).includes('GET')) {
    return moveTo(c.var.site, c.req.raw, withoutSlash(new URL(url).pathname))
  }
  const methods = methodsOf(path)
  const isRefused = methods.length > 0 ? !methods.includes(method) : !isRead && !path.startsWith('/api/')
  return isRefused ? refusal(c, 'not_allowed', { methods }) : refusal(c, 'not_found')
}

async function failed(error: Error, c: RequestContext): Promise<Response> {
  if (error instanceof Refusal) return refusal(c, error.kind, { reason: error })
  if ('getResponse' in error) return refusal(c, 'invalid')
  const reference = c.env?.requestId ?? crypto.randomUUID()
  const log = c.env?.log ?? ((entry: object) => console.error(JSON.stringify(entry)))
  const path = withoutSecrets(new URL(c.req.url).pathname)
  log({ level: 'error', id: reference, path, error: String(error), stack: error.stack })
  return refusal(c, (await isAlive(c.var.site.database)) ? 'internal' : 'unavailable', { reference })
}

const withoutSlash = (path: string) => path.replace(/\/+$/, '')

/** Whether an address may be one of the pages. A second slash would name another site. */
const isOfPages = (path: string) => /^\/(?!\/|api\/)/.test(path)

/**
 * The same address with its locale spelled as the site spells it, or with the slash that an index ends in. In place of a locale that the site
 * does not have, it has the closest one for now.
 */
function inItsOwnSpelling({ locales }: LiveSite, address: string): { path: string; status: 301 | 302 } | undefined {
  const { pathname } = new URL(address)
  const typed = firstPart(pathname)
  const locale = nearest(locales, typed)
  const rest = pathname.slice(1 + typed.length)
  const isOurs = rest === '' || rest === '/briefings' || rest === '/briefings/'
  if (locale === undefined || (locale === typed && !isOurs)) return undefined
  return { path: `/${locale}${isOurs ? '/' : rest}`, status: addressed(locales, typed) ? 301 : 302 }
}
