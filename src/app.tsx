import { Hono } from 'hono'
import { apiRoutes } from './api/routes'
import { commentRoutes } from './comments/routes'
import { fieldsIn, formOf } from './delivery/form'
import { CountedLimits, type Limits } from './delivery/limits'
import { localeAround, localeOfReader, pathWithin, rememberChoice } from './delivery/reader'
import { moveTo, respondPrivately, seeOther } from './delivery/respond'
import { pathTo } from './editions/addresses'
import { editionRoutes } from './editions/routes'
import { feedRoutes } from './feeds/routes'
import { followingRoutes } from './following/routes'
import { addressed, canonical, type Locale, openLocales, publicLocales } from './language/locale'
import { closest } from './language/negotiation'
import { mailRoutes } from './mail/routes'
import { accountRoutes } from './members/account-routes'
import { joinRoutes } from './members/join-routes'
import { memberships, pathToJoin } from './members/membership'
import { passkeyRoutes } from './members/passkey-routes'
import { requestRoutes } from './members/request-routes'
import { memberRoutes } from './members/routes'
import { withoutSecrets } from './members/secret'
import { newsletterRoutes } from './newsletter/routes'
import { demands, Problem, type ProblemCode, statuses } from './problem'
import { reportRoutes } from './reports/routes'
import { searchRoutes } from './search/routes'
import type { Draw } from './sharing/drawing'
import { sharingRoutes } from './sharing/routes'
import type { LiveSite } from './site'
import { sitemapRoutes } from './sitemaps/routes'
import { isAlive } from './storage/database'
import { everyLanguage } from './ui/layout'
import { problemPage } from './ui/problem-page'

/** What a door may tell a request: the number under which it is logged, and where to log. */
export interface Bindings {
  readonly requestId?: string
  /** The network that the request came from, by which some things are limited. */
  readonly network?: string
  readonly log?: (entry: Readonly<Record<string, unknown>>) => void
}

/**
 * The site: addresses without a locale, the slices, and how a refusal is told. What decides a right or a revision is asked of
 * `newsroom`, where the readers' database may be a moment behind. Pictures are drawn by `draw`.
 */
export function createApp(
  site: LiveSite,
  newsroom: LiveSite = site,
  limits: Limits = new CountedLimits(),
  draw: Draw = drawsNothing,
) {
  const app = new Hono<{ Bindings: Bindings }>()

  app.get('/', ({ req }) => negotiated(req.raw, (locale) => `/${locale}/`))
  app.get('/sign-in', ({ req }) => negotiated(req.raw, (locale) => `/${locale}/sign-in`))
  app.get('/account', ({ req }) => negotiated(req.raw, (locale) => `/${locale}/account`))
  for (const membership of memberships) {
    app.get(pathToJoin(membership), ({ req }) => {
      const from = pathWithin(site.config.origin, req.raw)
      const next = from === undefined ? '' : `?next=${encodeURIComponent(from)}`
      return negotiated(req.raw, () => pathToJoin(membership, localeAround(site.locales, from, req.raw)) + next)
    })
  }
  app.get('/briefings/:slug', (c) => {
    const { search } = new URL(c.req.url)
    return negotiated(c.req.raw, (locale) => pathTo(locale, encodeURIComponent(c.req.param('slug'))) + search)
  })

  app.get('/healthz', async () => {
    const alive = await isAlive(site.database)
    return respondPrivately(site, alive ? 200 : 503, JSON.stringify({ status: alive ? 'ok' : 'no database' }), {
      'Content-Type': 'application/json',
    })
  })

  app.post('/language', ...formOf(site), async ({ req }) => {
    const { locale } = await fieldsIn(req.raw)
    if (locale === undefined || !openLocales(site.locales).includes(locale)) {
      throw new Problem('invalid', 'The language chosen is none of the languages of this site.')
    }
    return seeOther(site, pathWithin(site.config.origin, req.raw) ?? `/${locale}/`, {
      'Set-Cookie': rememberChoice(locale, site.config.origin),
    })
  })

  app.route('/', mailRoutes(site))
  app.route('/', passkeyRoutes(newsroom, limits))
  app.route('/', memberRoutes(newsroom, limits))
  app.route('/', accountRoutes(newsroom, limits))
  app.route('/', joinRoutes(newsroom, limits))
  app.route('/', requestRoutes(newsroom, limits))
  app.route('/', followingRoutes(newsroom, limits))
  app.route('/', newsletterRoutes(newsroom, limits))
  app.route('/', reportRoutes(newsroom, limits))
  app.route('/', commentRoutes(newsroom, limits))
  app.route('/', sharingRoutes(site, newsroom, limits, draw))
  app.route('/', feedRoutes(site))
  app.route('/', sitemapRoutes(site))
  app.route('/', searchRoutes(site, newsroom))
  app.route('/', editionRoutes(site, newsroom))
  app.route('/', apiRoutes(site, newsroom, limits))

  app.notFound((c) => {
    const { method, path } = c.req
    const isRead = method === 'GET' || method === 'HEAD'
    const elsewhere = isRead ? inItsOwnSpelling(site, c.req.url) : undefined
    if (elsewhere !== undefined) return moveTo(site, elsewhere)
    const allowed = allowedAt(path)
    const isRefused = allowed.length > 0 ? !allowed.includes(method) : !isRead && !path.startsWith('/api/')
    return told(c.req.raw, isRefused ? 'not_allowed' : 'not_found', '')
  })

  app.onError(async (error, c) => {
    if (error instanceof Problem) return told(c.req.raw, error.code, '', error)
    if ('getResponse' in error) return told(c.req.raw, 'invalid', '')
    const reference = c.env?.requestId ?? crypto.randomUUID()
    const log = c.env?.log ?? ((entry: object) => console.error(JSON.stringify(entry)))
    log({
      level: 'error',
      id: reference,
      path: withoutSecrets(new URL(c.req.url).pathname),
      error: String(error),
      stack: error.stack,
    })
    return told(c.req.raw, (await isAlive(site.database)) ? 'internal' : 'unavailable', reference)
  })

  function negotiated(request: Request, to: (locale: Locale) => string): Response {
    return respondPrivately(site, 302, null, {
      Location: to(localeOfReader(site.locales, request)),
      Vary: 'Accept-Language, Cookie',
    })
  }

  /** The methods by which something can be asked at an address. */
  const allowedAt = (path: string): readonly string[] =>
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
      .filter((method) => app.router.match(method, path)[0].some(([[, route]]) => route.method === method))
      .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))

  /** A refusal as a page for people and as problem+json (RFC 9457) for programs, in a language the reader understands. */
  function told(request: Request, code: ProblemCode, reference: string, problem?: Problem): Response {
    const locale = localeOfRefusal(site, request)
    const words = site.speak(locale)
    const status = statuses[code]
    const headers = {
      'Content-Language': locale,
      Vary: 'Accept, Accept-Language, Cookie',
      ...demands[code],
      ...problem?.headers,
      ...(code === 'not_allowed' ? { Allow: allowedAt(new URL(request.url).pathname).join(', ') || 'GET, HEAD' } : {}),
    }
    if (!(request.headers.get('Accept') ?? '').includes('text/html')) {
      const value = {
        type: 'about:blank',
        title: words.t(`error.${code}.title`),
        status,
        code,
        ...(problem ? { detail: problem.message, ...problem.told } : {}),
        ...(reference === '' ? {} : { instance: reference }),
      }
      return respondPrivately(site, status, JSON.stringify(value), { ...headers, 'Content-Type': 'application/problem+json' })
    }
    const page = problemPage({ site, words, code, links: everyLanguage(site, locale, ''), reference })
    return respondPrivately(site, status, page, { ...headers, 'Content-Type': 'text/html; charset=utf-8' })
  }

  return app
}

const drawsNothing: Draw = async () => {
  throw new Problem('unavailable', 'This program draws no pictures.')
}

const firstPart = (address: string) => new URL(address).pathname.split('/', 2)[1] ?? ''

/** The same address with its locale spelled as the site spells it, or with the slash that an index ends in. */
function inItsOwnSpelling(site: LiveSite, address: string): string | undefined {
  const { pathname, search } = new URL(address)
  const typed = firstPart(address)
  const found = addressed(site.locales, typed)
  if (!found) return undefined
  const locale = 'moved' in found ? found.moved : found.locale
  const rest = pathname.slice(1 + typed.length)
  const isOurs = rest === '' || rest === '/briefings' || rest === '/briefings/'
  if ('locale' in found && !isOurs) return undefined
  return `/${locale}${isOurs ? '/' : rest}${search}`
}

/** The language of a refusal: that of the address, or of the tag in it that comes near, or what the reader's browser asks for. */
function localeOfRefusal(site: LiveSite, request: Request): Locale {
  const typed = firstPart(request.url)
  const found = addressed(site.locales, typed)
  if (found) return 'moved' in found ? found.moved : found.locale
  const tag = canonical(typed)
  return (tag && closest(tag, publicLocales(site.locales))) ?? localeOfReader(site.locales, request)
}
