import { Hono } from 'hono'
import { ladderOf } from '../briefings/ladder'
import type { RequestContext } from '../context'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { pathWithin } from '../delivery/reader'
import { respondWithPage, seeOther } from '../delivery/respond'
import type { SiteTier } from '../settings/settings'
import { unsentPage } from '../ui/unsent'
import { writeToNoteChange } from './audit-store'
import { askPage, joinPage } from './join-page'
import { isJoinable, type MembershipRequest, pathToJoin, readApplication } from './membership'
import { writeToRaise } from './person-store'
import { addRequest, listRequestsOf } from './request-store'
import { goingTo, pathToGo, pathToSignIn } from './session'
import { forgetUnsent, isOfWriter, rememberUnsent } from './unsent'
import { findUnsent, keepUnsent } from './unsent-store'
import type { MemberContext } from './visitor'

/** What each tier opens, and how to join those that one joins by signing in or on request. */
export const joinRoutes = new Hono<MemberContext>()

/** The tier that an address names, if one can join it. */
const tierAt = (c: RequestContext<MemberContext>): SiteTier | undefined =>
  c.var.site.settings.tiers.find((tier) => tier.id === c.req.param('tier') && isJoinable(tier))

joinRoutes.get('/:locale/join/:tier', async (c) => {
  const { site, newsroom, locale, words } = c.var
  const tier = tierAt(c)
  if (!tier) return c.notFound()
  const visitor = await c.var.visitor()
  const person = visitor?.person
  if (tier.entry === 'sign-in') {
    const from = c.req.query('next') ?? pathWithin(site.config.origin, c.req.raw)
    const next = pathToGo(from, `/${locale}/`, site.settings.tiers)
    return respondWithPage(site, locale, joinPage(site, words, tier, { person, next }))
  }
  const { database, config, now } = newsroom
  const last = person && lastOf(await listRequestsOf(database, person.id), tier)
  const unsent = await findUnsent(database, config.origin, c.req.header('Cookie'), visitor, now())
  const typed = unsent && { ...readApplication(unsent), isRestored: true }
  return respondWithPage(site, locale, askPage(site, words, tier, { person, last, typed }))
})

joinRoutes.post('/:locale/join/:tier', ...ownForm, async (c) => {
  const { newsroom, limits } = c.var
  const tier = tierAt(c)
  if (!tier) return c.notFound()
  await admit(limits, 'form', c.env?.network)
  const fields = await fieldsIn(c.req.raw)
  return tier.entry === 'sign-in' ? await join(c, tier, fields) : await ask(c, tier, fields, newsroom.now())
})

type Fields = Readonly<Record<string, string>>

/** Gives a visitor a tier that they could have by signing in. */
async function join(c: RequestContext<MemberContext>, { id: tier }: SiteTier, fields: Fields): Promise<Response> {
  const { site, newsroom, locale } = c.var
  const next = pathToGo(fields['next'], `/${locale}/`, site.settings.tiers)
  const visitor = await c.var.visitor()
  if (!visitor) return seeOther(site, pathToSignIn(locale, next))
  const { database, now, settings } = newsroom
  const { id } = visitor.person
  await database.atomically([
    writeToRaise(database, id, tier, ladderOf(settings.tiers)),
    writeToNoteChange(database, { at: now().toISOString(), actor: id, act: 'tier-changed', subject: id, detail: { tier } }),
  ])
  return seeOther(site, next)
}

/** Keeps a request to be admitted to a tier. */
async function ask(c: RequestContext<MemberContext>, tier: SiteTier, fields: Fields, now: Date): Promise<Response> {
  const { site, newsroom, locale, words } = c.var
  const here = pathToJoin(tier.id, locale)
  const visitor = await c.var.visitor()
  if (!isOfWriter(visitor, fields)) {
    const { role = '', organisation = '', reason = '', writer = '' } = fields
    const secret = await keepUnsent(newsroom.database, writer, { role, organisation, reason }, now)
    const texts = [role, organisation, reason]
    const page = unsentPage({ site, words, signIn: goingTo('sign-in', here), texts, isKept: secret !== undefined })
    return respondWithPage(site, locale, page, 403, rememberUnsent(c.req.raw, site.config.origin, secret))
  }
  const { person } = visitor
  const { application, flaws } = readApplication(fields)
  if (Object.keys(flaws).length > 0) {
    const last = lastOf(await listRequestsOf(newsroom.database, person.id), tier)
    return respondWithPage(site, locale, askPage(site, words, tier, { person, last, typed: { application, flaws } }), 400)
  }
  await addRequest(newsroom.database, person.id, tier.id, ladderOf(site.settings.tiers), application, now)
  return seeOther(site, here, forgetUnsent(c.req.raw, site.config.origin))
}

/** The request that is open, or else the last one for a tier. */
const lastOf = (requests: readonly MembershipRequest[], { id }: SiteTier): MembershipRequest | undefined =>
  requests.find(({ decidedAt }) => decidedAt === null) ?? requests.find(({ tier }) => tier === id)
