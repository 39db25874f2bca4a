import { Hono, type MiddlewareHandler } from 'hono'
import { ladderOf } from '../briefings/ladder'
import type { Context, RequestContext } from '../context'
import type { Limits } from '../delivery/limits'
import { moveTo } from '../delivery/respond'
import { unwritten } from '../delivery/write-failure'
import { addressed, firstPart, openLocales } from '../language/locale'
import { nearest } from '../language/negotiation'
import { onLadder, type Visitor } from '../members/person'
import { visitorOf } from '../members/person-store'
import type { MemberContext } from '../members/visitor'
import { Refusal } from '../problem'
import { withoutSecrets } from '../secrets/secret'
import type { Pictures } from '../sharing/pictures'
import type { Render } from '../sharing/rendering'
import { oneAtATime, type RenderingContext } from '../sharing/turns'
import type { LiveSite } from '../site'
import { isAlive } from '../storage/database'
import { framesOf } from '../ui/layout'
import { refusal } from '../ui/refusal'
import { forgo } from './absent'

/** How long a picture waits for the one before it, in milliseconds. On Workers that one may have been given up when its reader left. */
const patience = 5000
/** How many pictures are drawn or wait for it. One takes less than a tenth of a second, and programs that ask for one wait a few seconds. */
const picturesMost = 16

/**
 * What an app is made with. Rights and revisions are read from `newsroom`, because the readers' database may be a moment behind. `render`
 * draws pictures, and `pictures` has those that were drawn.
 */
export interface Parts {
  readonly site: LiveSite
  readonly newsroom: LiveSite
  readonly limits: Limits
  readonly render: Render
  readonly pictures: Pictures
}

/** An app without routes: what handlers find in `c.var`, and the page of an error. */
export function appWith({ site, newsroom, limits, ...drawing }: Parts): Hono<Context> {
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
  app.use('/cards/*', renderedInTurn(drawing))
  app.onError(failed)
  forgo(app, site.config.features)
  return app
}

/** Looks up who is signed in when it is first needed, and once for a request. */
const lookingUpOnce: MiddlewareHandler<MemberContext> = (c, next) => {
  const { database, config, now, settings } = c.get('newsroom')
  const ladder = ladderOf(settings.tiers)
  let visitor: Promise<Visitor | undefined> | undefined
  c.set('visitor', () => {
    visitor ??= visitorOf(database, config.origin, c.req.raw, now()).then((found) => onLadder(found, ladder))
    return visitor
  })
  return next()
}

/** Has pictures drawn one at a time. */
function renderedInTurn({ render, pictures }: Pick<Parts, 'render' | 'pictures'>): MiddlewareHandler<RenderingContext> {
  const inTurn = oneAtATime(patience, picturesMost)
  return (c, next) => {
    c.set('render', render)
    c.set('pictures', pictures)
    c.set('inTurn', inTurn)
    return next()
  }
}

/** Whether the address names an open locale. Reads one value of `c.var`, which copies all of them. */
export const isInOpenLocale = (c: RequestContext): boolean =>
  openLocales(c.get('site').locales).includes(c.req.param('locale') ?? '')

/** Gives handlers the locale that the address names, which is an open one, and its words. */
export const inLocale: MiddlewareHandler<Context> = (c, next) => {
  const locale = c.req.param('locale') ?? ''
  c.set('locale', locale)
  c.set('words', c.get('site').speak(locale))
  return next()
}

/** Redirects a reader to the address as the site spells it, if there is one in its own locale. */
export function asSpelled({ req, var: { site } }: RequestContext): Response | undefined {
  const elsewhere = isRead(req.method) ? inItsOwnSpelling(site, req.url) : undefined
  return elsewhere && moveTo(site, req.raw, elsewhere.path, elsewhere.status)
}

export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'

async function failed(error: Error, c: RequestContext): Promise<Response> {
  const reason = error instanceof Refusal ? error : isRead(c.req.method) ? undefined : unwritten(error)
  if (reason && reason.cause === undefined) return refusal(c, reason.kind, { reason })
  if ('getResponse' in error) return refusal(c, 'invalid')
  const reference = c.env?.requestId ?? crypto.randomUUID()
  const log = c.env?.log ?? ((entry: object) => console.error(JSON.stringify(entry)))
  const path = withoutSecrets(new URL(c.req.url).pathname)
  const { cause } = reason ?? {}
  log({ level: 'error', id: reference, path, error: String(cause ?? error), stack: error.stack })
  if (reason) return refusal(c, reason.kind, { reason, reference })
  return refusal(c, (await isAlive(c.var.site.database)) ? 'internal' : 'unavailable', { reference })
}

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
