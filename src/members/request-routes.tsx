import { Hono } from 'hono'
import { fieldsIn, formOf } from '../delivery/form'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { respondWithPage, seeOther } from '../delivery/respond'
import { openLocales } from '../language/locale'
import { aMail } from '../mail/mail'
import { writesToQueue } from '../mail/store'
import { Problem } from '../problem'
import type { LiveSite } from '../site'
import type { Decision } from './membership'
import { may, type Person } from './person'
import { visitorOf, writeToSetTier } from './person-store'
import { decisionLetter } from './request-letter'
import { requestsPage } from './request-page'
import {
  findOpenRequest,
  isOvertaken,
  listDecidedRequests,
  listOpenRequests,
  type RequestOfPerson,
  writesToDecide,
} from './request-store'

/** How many requests are shown at once: those that wait longest, and those decided last. */
const shownAtOnce = { open: 50, decided: 20 }

/** Requests to be admitted to the alliance, for those who decide on them. To all others they are not there. */
export function requestRoutes(site: LiveSite, limits: Limits): Hono<Asking> {
  const { database, config, locales, now } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()

  async function deciderIn(request: Request): Promise<Person | undefined> {
    const person = (await visitorOf(database, config.origin, request, now()))?.person
    return may(person, 'decide-requests') ? person : undefined
  }

  routes.get('/:locale/account/requests', async (c) => {
    const { locale } = c.req.param()
    const decider = open.has(locale) ? await deciderIn(c.req.raw) : undefined
    if (!decider) return c.notFound()
    const [waiting, decided] = await Promise.all([
      listOpenRequests(database, shownAtOnce.open),
      listDecidedRequests(database, shownAtOnce.decided),
    ])
    return respondWithPage(site, locale, requestsPage(site, site.speak(locale), { deciderId: decider.id, waiting, decided }))
  })

  routes.post('/:locale/account/requests', ...formOf(site), async (c) => {
    const { locale } = c.req.param()
    const decider = open.has(locale) ? await deciderIn(c.req.raw) : undefined
    if (!decider) return c.notFound()
    await admit(limits, 'form', c.env?.network)
    const fields = await fieldsIn(c.req.raw)
    const decision = decisionIn(fields)
    const request = await findOpenRequest(database, fields['request'] ?? '')
    if (request) await decide(request, decision, decider)
    return seeOther(site, `/${locale}/account/requests`)
  })

  /** Decides a request with all that follows, or, where another did so a moment before, nothing. */
  async function decide(request: RequestOfPerson, decision: Decision, { id: by }: Person): Promise<void> {
    const { person } = request
    const at = now()
    const mail = aMail(person.address, decisionLetter(site, site.speak(person.locale), decision))
    try {
      await database.atomically([
        ...writesToDecide(database, request, { decision, by, at: at.toISOString() }),
        ...(decision === 'granted' ? [writeToSetTier(database, person.id, 'alliance')] : []),
        ...writesToQueue(database, mail, at),
      ])
    } catch (error) {
      if (!isOvertaken(error)) throw error
    }
  }

  return routes
}

function decisionIn({ decision }: Readonly<Record<string, string>>): Decision {
  if (decision !== 'granted' && decision !== 'refused') throw new Problem('invalid', 'A request is granted or refused.')
  return decision
}
