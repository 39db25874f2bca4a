import type { Hono } from 'hono'
import { apiRoutes } from '../api/routes'
import { isPageSlug } from '../briefings/publication'
import { commentRoutes } from '../comments/routes'
import type { Context, RequestContext } from '../context'
import { moveTo } from '../delivery/respond'
import { pageEntrance } from '../entrance/routes'
import { followingRoutes } from '../following/routes'
import { outboxRoutes } from '../mail/routes'
import { accountRoutes } from '../members/account-routes'
import { joinRoutes } from '../members/join-routes'
import { passkeyRoutes } from '../members/passkey-routes'
import { requestRoutes } from '../members/request-routes'
import { memberRoutes } from '../members/routes'
import { newsletterRoutes } from '../newsletter/routes'
import { reportRoutes } from '../reports/routes'
import { indexNowRoutes } from '../sitemaps/routes'
import { refusal } from '../ui/refusal'
import { unsubscribingRoutes } from '../unsubscribing/routes'
import { appWith, asSpelled, inLocale, isInOpenLocale, isRead, type Parts } from './mounting'
import { pageRoutes, rootRoutes } from './reading'

/** All routes of the site, and the answers where there is none. The app of readers loads it for what is not theirs. */
export function wholeApp(parts: Parts): Hono<Context> {
  const { config } = parts.site
  const app = appWith(parts)

  // Addresses without a locale come first. All that follow begin with one.
  app.route('/', rootRoutes)
  app.route('/', apiRoutes)
  if (config.hasOutbox) app.route('/', outboxRoutes)
  if (config.indexNow) app.route('/', indexNowRoutes)

  app.route('/', pageEntrance)

  app.use('/:locale/*', async (c, next) => (isInOpenLocale(c) ? inLocale(c, next) : c.notFound()))
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
  app.route('/', pageRoutes)

  app.notFound((c) => notFound(c, (path) => methodsAt(app, path)))
  return app
}

/** The methods that an address has. */
const methodsAt = ({ router }: Hono<Context>, path: string): readonly string[] =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
    .filter((method) =>
      router.match(method, path)[0].some(([[, route]]) => route.method === method && !isOfAnyPage(route.path, path)),
    )
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))

/** Whether a route that any page could have matches an address that none can. */
const isOfAnyPage = (route: string, path: string) =>
  route === '/:page' || (route === '/:locale/:file' && !isPageSlug(path.split('/')[2] ?? ''))

/**
 * Redirects to the address as the site spells it, if there is one: in its own locale, and without a slash at the end. Otherwise answers 404,
 * or 405 if the address has other methods.
 */
function notFound(c: RequestContext, methodsOf: (path: string) => readonly string[]): Response {
  const { method, path, url } = c.req
  const elsewhere = asSpelled(c)
  if (elsewhere) return elsewhere
  if (isRead(method) && path.endsWith('/') && isOfPages(path) && methodsOf(withoutSlash(path)).includes('GET')) {
    return moveTo(c.var.site, c.req.raw, withoutSlash(new URL(url).pathname))
  }
  const methods = methodsOf(path)
  const isRefused = methods.length > 0 ? !methods.includes(method) : !isRead(method) && !path.startsWith('/api/')
  return isRefused ? refusal(c, 'not_allowed', { methods }) : refusal(c, 'not_found')
}

const withoutSlash = (path: string) => path.replace(/\/+$/, '')

/** Whether an address may be one of the pages. A second slash would name another site. */
const isOfPages = (path: string) => /^\/(?!\/|api\/)/.test(path)
