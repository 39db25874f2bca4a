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

/** How each kind of email is stopped. */
const stops = { follow: stopFollowing, newsletter: stopNewsletter } as const

/** Stopping emails with the link in each of them. */
export const unsubscribingRoutes = new Hono<Context>()

for (const subject of stoppable) {
  unsubscribingRoutes.get(`/:locale/${subject}/stop/:secret`, secretInPath, (c) => {
    const { site, locale, words } = c.var
    return respondWithPage(site, locale, stopPage(site, words, stopPathTo(subject, locale, c.req.param('secret'))))
  })

  /**
   * The only form that may come from anywhere: an email provider sends it for its reader, without cookies and without an origin
   * (RFC 8058, 3.2). Somebody with the secret had the email, and can only stop such emails with it. The answer is a page, because
   * providers follow no redirect. It is the same whether the secret is valid or not.
   */
  unsubscribingRoutes.post(`/:locale/${subject}/stop/:secret`, smallForm, secretInPath, async (c) => {
    const { site, newsroom, locale, words } = c.var
    if (!isOneClick(await fieldsIn(c.req.raw))) throw new Refusal('sent.no-one-click', {}, { kind: 'invalid' })
    await stops[subject](newsroom.database, c.req.param('secret'))
    return respondWithPage(site, locale, stoppedPage(site, words))
  })
}
