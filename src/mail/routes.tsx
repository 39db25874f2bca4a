import { Hono } from 'hono'
import { isLoopback } from '../config'
import type { Context, RequestContext } from '../context'
import { localeOfReader } from '../delivery/reader'
import { respondPrivately } from '../delivery/respond'
import { everyLanguage } from '../ui/layout'
import { outboxPage } from './outbox-page'
import { findUnsentHtml, listUnsent } from './store'

const html = 'text/html; charset=utf-8'
const shownAtOnce = 50

/** What a mail may do when it is shown as a page: look as it does and lead somewhere. Nothing is run, loaded or sent. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-popups allow-top-navigation"

/**
 * The outbox of a developer's machine: what would have been sent. Whoever reads it can sign in as anybody, so it is there only
 * where the site's own address and the one that was asked for are both this machine, and no proxy stands before it.
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

/** Whether a proxy stands before this server: then it serves others, whatever it takes its own address to be. */
const isForwarded = (headers: Headers) =>
  ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Via'].some((name) => headers.has(name))
