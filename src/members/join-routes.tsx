import { Hono } from 'hono'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { pathWithin } from '../delivery/reader'
import { respondWithPage, seeOther } from '../delivery/respond'
import { joinAlliancePage, joinCirclePage } from './join-page'
import { pathToJoin, readApplication } from './membership'
import { addRequest, listRequestsOf } from './request-store'
import { pathToGo, pathToSignIn } from './session'
import type { MemberContext } from './visitor'

/** What each membership opens, and how to join. */
export const joinRoutes = new Hono<MemberContext>()

joinRoutes.get('/:locale/join/circle', async (c) => {
  const { site, locale, words } = c.var
  const isMember = (await c.var.visitor()) !== undefined
  const next = pathToGo(c.req.query('next') ?? pathWithin(site.config.origin, c.req.raw), `/${locale}/`)
  return respondWithPage(site, locale, joinCirclePage(site, words, { isMember, next }))
})

joinRoutes.get('/:locale/join/alliance', async (c) => {
  const { site, newsroom, locale, words } = c.var
  const visitor = await c.var.visitor()
  const [last] = visitor ? await listRequestsOf(newsroom.database, visitor.person.id) : []
  return respondWithPage(site, locale, joinAlliancePage(site, words, { tier: visitor?.person.tier, last }))
})

joinRoutes.post('/:locale/join/alliance', ...ownForm, async (c) => {
  const { site, newsroom, limits, locale, words } = c.var
  await admit(limits, 'form', c.env?.network)
  const here = pathToJoin('alliance', locale)
  const visitor = await c.var.visitor()
  if (!visitor) return seeOther(site, pathToSignIn(locale, here))
  const { id, tier } = visitor.person
  const { application, flaws } = readApplication(await fieldsIn(c.req.raw))
  if (Object.keys(flaws).length > 0) {
    const [last] = await listRequestsOf(newsroom.database, id)
    return respondWithPage(site, locale, joinAlliancePage(site, words, { tier, last, typed: { application, flaws } }), 400)
  }
  await addRequest(newsroom.database, id, application, newsroom.now())
  return seeOther(site, here)
})
