import { Hono } from 'hono'
import type { Context, RequestContext } from '../context'
import { localeOfReader } from '../delivery/reader'
import { respondPrivately } from '../delivery/respond'
import { isLoopback } from '../language/origin'
import { everyLanguage } from '../ui/layout'
import { outboxPage } from './outbox-page'
import { findUnsentHtml, listUnsent } from './store'

const html = 'text/html; charset=utf-8'
const shownAtOnce = 50

/** The policy for a mail that is shown as a page: styles and links work. Nothing is run, loaded or sent. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-popups allow-top-navigation"

/**
 * The outbox of a developer's machine: what would have been sent. Its readers can sign in as anybody. So it exists only if the site's
 * address and the requested host are both this machine, and no proxy is before the server.
 */
export const outboxRoutes = new Hono<Context>()

outboxRoutes.get('/outbox', async (c) => {
  if (!isShown(c)) return c.notFound()
  const { site } = c.var
  const locale = localeOfReader(site.locales, c.req.raw)
  const mails = await listUnsent(site.database, shownAtOnce)
  return respondPrivately(site, 200, outboxPage(site, site.speak(locale), everyLanguage(site, locale, ''), mails), {
    'Content-Type': html,
    'Content-Language': locale,
    Vary: 'Accept-Language, Cookie',
  })
})

outboxRoutes.get('/outbox/:id', async (c) => {
  const { site } = c.var
  const mail = isShown(c) ? await findUnsentHtml(site.database, c.req.param('id')) : undefined
  if (mail === undefined) return c.notFound()
  return respondPrivately(site, 200, mail, {
    'Content-Type': html,
    'Content-Security-Policy': mailPolicy,
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex',
  })
})

const isShown = ({ req }: RequestContext) => isLoopback(new URL(req.url).hostname) && !isForwarded(req.raw.headers)

/** Whether a proxy is before this server. Then it serves others, whatever `ORIGIN` says. */
const isForwarded = (headers: Headers) =>
  ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Via'].some((name) => headers.has(name))
