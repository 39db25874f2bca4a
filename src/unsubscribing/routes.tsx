import { Hono } from 'hono'
import type { Context } from '../context'
import { fieldsIn, smallForm } from '../delivery/form'
import { isOneClick, stopPathTo, stoppable } from '../delivery/one-click'
import { respondWithPage } from '../delivery/respond'
import { secretInPath } from '../delivery/secret-in-path'
import { stopFollowing } from '../following/store'
import { stopNewsletter } from '../newsletter/store'
import { Refusal } from '../problem'
import { stopPage, stoppedPage } from './pages'

/** What each kind of mails is stopped by. */
const stops = { follow: stopFollowing, newsletter: stopNewsletter } as const

/** Stopping mails by the link that each of them has. */
export const unsubscribingRoutes = new Hono<Context>()

for (const subject of stoppable) {
  unsubscribingRoutes.get(`/:locale/${subject}/stop/:secret`, secretInPath, (c) => {
    const { site, locale, words } = c.var
    return respondWithPage(site, locale, stopPage(site, words, stopPathTo(subject, locale, c.req.param('secret'))))
  })

  /**
   * The one form that is not asked where it comes from: a provider of mail sends it for its reader, without cookies and
   * without an origin (RFC 8058, 3.2). Whoever has the secret had the mail, and can do no more with it than stop such mails.
   * It is answered with a page, for a provider follows no redirect, and with the same one whatever the secret is worth.
   */
  unsubscribingRoutes.post(`/:locale/${subject}/stop/:secret`, smallForm, secretInPath, async (c) => {
    const { site, newsroom, locale, words } = c.var
    if (!isOneClick(await fieldsIn(c.req.raw))) throw new Refusal('sent.no-one-click', {}, { kind: 'invalid' })
    await stops[subject](newsroom.database, c.req.param('secret'))
    return respondWithPage(site, locale, stoppedPage(site, words))
  })
}
