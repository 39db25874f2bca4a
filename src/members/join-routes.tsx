import { Hono } from 'hono'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { pathWithin } from '../delivery/reader'
import { respondWithPage, seeOther } from '../delivery/respond'
import { unsentPage } from '../ui/unsent'
import { joinAlliancePage, joinCirclePage } from './join-page'
import { pathToJoin, readApplication } from './membership'
import { addRequest, listRequestsOf } from './request-store'
import { goingTo, pathToGo } from './session'
import { forgetUnsent, isOfWriter, rememberUnsent } from './unsent'
import { findUnsent, keepUnsent } from './unsent-store'
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
  const { database, config, now } = newsroom
  const [last] = visitor ? await listRequestsOf(database, visitor.person.id) : []
  const unsent = await findUnsent(database, config.origin, c.req.header('Cookie'), visitor, now())
  const typed = unsent && { ...readApplication(unsent), isRestored: true }
  return respondWithPage(site, locale, joinAlliancePage(site, words, { person: visitor?.person, last, typed }))
})

joinRoutes.post('/:locale/join/alliance', ...ownForm, async (c) => {
  const { site, newsroom, limits, locale, words } = c.var
  await admit(limits, 'form', c.env?.network)
  const here = pathToJoin('alliance', locale)
  const visitor = await c.var.visitor()
  const fields = await fieldsIn(c.req.raw)
  if (!isOfWriter(visitor, fields)) {
    const { role = '', organisation = '', reason = '', writer = '' } = fields
    const secret = await keepUnsent(newsroom.database, writer, { role, organisation, reason }, newsroom.now())
    const texts = [role, organisation, reason]
    const page = unsentPage({ site, words, signIn: goingTo('sign-in', here), texts, isKept: secret !== undefined })
    return respondWithPage(site, locale, page, 403, rememberUnsent(c.req.raw, site.config.origin, secret))
  }
  const { person } = visitor
  const { id } = person
  const { application, flaws } = readApplication(fields)
  if (Object.keys(flaws).length > 0) {
    const [last] = await listRequestsOf(newsroom.database, id)
    return respondWithPage(site, locale, joinAlliancePage(site, words, { person, last, typed: { application, flaws } }), 400)
  }
  await addRequest(newsroom.database, id, application, newsroom.now())
  return seeOther(site, here, forgetUnsent(c.req.raw, site.config.origin))
})
