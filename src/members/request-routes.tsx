import { Hono } from 'hono'
import { ladderOf } from '../briefings/ladder'
import type { RequestContext } from '../context'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { respondWithPage, seeOther } from '../delivery/respond'
import { aMail, newsGoodFor } from '../mail/mail'
import { writesToQueue } from '../mail/store'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { isDecisionConflict, writesToDecide } from './decision-store'
import { type Decision, tierIn } from './membership'
import { may, type Person } from './person'
import { writeToRaise } from './person-store'
import { decisionLetter } from './request-letter'
import { requestsPage } from './request-page'
import { findOpenRequest, listDecidedRequests, listOpenRequests, type RequestOfPerson } from './request-store'
import type { MemberContext } from './visitor'

/** How many requests are shown at once: those that wait longest, and the most recent decisions. */
const shownAtOnce = { open: 50, decided: 20 }

/** Requests to be admitted to a tier, for people who decide them. For all others the pages do not exist. */
export const requestRoutes = new Hono<MemberContext>()

requestRoutes.get('/:locale/account/requests', async (c) => {
  const { site, newsroom, locale, words } = c.var
  const decider = await deciderIn(c)
  if (!decider) return c.notFound()
  const [waiting, decided] = await Promise.all([
    listOpenRequests(newsroom.database, shownAtOnce.open),
    listDecidedRequests(newsroom.database, shownAtOnce.decided),
  ])
  return respondWithPage(site, locale, requestsPage(site, words, { deciderId: decider.id, waiting, decided }))
})

requestRoutes.post('/:locale/account/requests', ...ownForm, async (c) => {
  const { site, newsroom, limits, locale } = c.var
  const decider = await deciderIn(c)
  if (!decider) return c.notFound()
  await admit(limits, 'form', c.env?.network)
  const fields = await fieldsIn(c.req.raw)
  const decision = decisionIn(fields)
  const request = await findOpenRequest(newsroom.database, fields['request'] ?? '')
  if (request) await decide(newsroom, request, decision, decider)
  return seeOther(site, `/${locale}/account/requests`)
})

async function deciderIn(c: RequestContext<MemberContext>): Promise<Person | undefined> {
  const person = (await c.var.visitor())?.person
  return may(person, 'decide-requests') ? person : undefined
}

/** Decides a request with all that follows. Does nothing if somebody else decided it a moment before. */
async function decide(site: LiveSite, request: RequestOfPerson, decision: Decision, { id: by }: Person): Promise<void> {
  const { database, now } = site
  const { person } = request
  const at = now()
  const ladder = ladderOf(site.settings.tiers)
  if (decision === 'granted') tierIn(ladder, request.tier)
  const mail = aMail(person.address, decisionLetter(site, site.speak(person.locale), decision, request.tier))
  try {
    await database.atomically([
      ...writesToDecide(database, request, { decision, by, at: at.toISOString() }),
      ...(decision === 'granted' ? [writeToRaise(database, person.id, request.tier, ladder)] : []),
      ...writesToQueue(database, mail, at, newsGoodFor.month),
    ])
  } catch (error) {
    if (!isDecisionConflict(error)) throw error
  }
}

function decisionIn({ decision }: Readonly<Record<string, string>>): Decision {
  if (decision !== 'granted' && decision !== 'refused') throw new Refusal('sent.decision', {}, { kind: 'invalid' })
  return decision
}
