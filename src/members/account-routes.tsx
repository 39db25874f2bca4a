import { Hono } from 'hono'
import type { RequestContext } from '../context'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { respondPrivately, respondWithPage, seeOther } from '../delivery/respond'
import { type Locale, openLocales } from '../language/locale'
import { Refusal } from '../problem'
import type { Site } from '../site'
import { accountPage } from './account-page'
import { writeToNote } from './audit-store'
import { deletedPage, deletePage } from './delete-page'
import { listKept, writesToRemove } from './kept-store'
import { may, type Visitor } from './person'
import { writeToSetLocale } from './person-store'
import { countOpenRequests } from './request-store'
import { pathToSignIn, sessionCookie } from './session'
import { endSessions, listSessions } from './session-store'
import type { MemberContext } from './visitor'

/** A person's own account: to see, change, download and delete. */
export const accountRoutes = new Hono<MemberContext>()

/** The person who is signed in. All others are sent to sign in and then to their account. */
const forVisitor =
  (answer: (c: RequestContext<MemberContext>, visitor: Visitor) => Promise<Response> | Response) =>
  async (c: RequestContext<MemberContext>) => {
    const { site, limits, locale } = c.var
    if (c.req.method === 'POST') await admit(limits, 'form', c.env?.network)
    const visitor = await c.var.visitor()
    return visitor ? await answer(c, visitor) : seeOther(site, pathToSignIn(locale, pathOf(locale)))
  }

accountRoutes.get(
  '/:locale/account',
  forVisitor(async (c, { person, session }) => {
    const { site, newsroom, locale, words } = c.var
    const sessions = await listSessions(newsroom.database, person.id, newsroom.now())
    const isAsked = site.settings.tiers.some(({ entry }) => entry === 'request')
    const openRequests = isAsked && may(person, 'decide-requests') ? await countOpenRequests(newsroom.database) : undefined
    return respondWithPage(site, locale, accountPage(site, words, { person, sessions, here: session.id, openRequests }))
  }),
)

accountRoutes.post(
  '/:locale/account/language',
  ...ownForm,
  forVisitor(async (c, { person }) => {
    const { site, newsroom } = c.var
    const { locale: chosen = '' } = await fieldsIn(c.req.raw)
    if (!openLocales(site.locales).includes(chosen)) {
      throw new Refusal('sent.language', {}, { kind: 'invalid' })
    }
    await newsroom.database.atomically([writeToSetLocale(newsroom.database, person.id, chosen)])
    return seeOther(site, pathOf(chosen))
  }),
)

accountRoutes.post(
  '/:locale/account/sessions',
  ...ownForm,
  forVisitor(async (c, { person, session }) => {
    const { site, newsroom, locale } = c.var
    const { session: ended } = await fieldsIn(c.req.raw)
    if (ended === undefined) throw new Refusal('sent.no-session', {}, { kind: 'invalid' })
    await endSessions(newsroom.database, person.id, ended, newsroom.now())
    return ended === session.id ? signedOut(site, `/${locale}/`, '"cache"') : seeOther(site, pathOf(locale))
  }),
)

accountRoutes.post(
  '/:locale/account/sign-out',
  ...ownForm,
  forVisitor(async (c, { person }) => {
    const { site, newsroom, locale } = c.var
    await endSessions(newsroom.database, person.id, undefined, newsroom.now())
    return signedOut(site, `/${locale}/`, '"cache"')
  }),
)

accountRoutes.get(
  '/:locale/account/export',
  forVisitor(async (c, { person }) => {
    const { site, newsroom, locale } = c.var
    const kept = { exportedAt: newsroom.now().toISOString(), ...(await listKept(newsroom.database, person)) }
    return respondPrivately(site, 200, `${JSON.stringify(kept, null, 2)}\n`, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Language': locale,
      'Content-Disposition': 'attachment; filename="account.json"',
    })
  }),
)

accountRoutes.get(
  '/:locale/account/delete',
  forVisitor(({ var: { site, locale, words } }, { person }) => respondWithPage(site, locale, deletePage(site, words, person))),
)

accountRoutes.post(
  '/:locale/account/delete',
  ...ownForm,
  forVisitor(async (c, { person }) => {
    const { site, newsroom, locale } = c.var
    const { database, now } = newsroom
    const { id } = person
    const note = writeToNote(database, { at: now().toISOString(), actor: id, act: 'person-removed', subject: id })
    await database.atomically([...writesToRemove(database, person), note])
    return signedOut(site, `/${locale}/account/deleted`, '"cache", "cookies", "storage"')
  }),
)

accountRoutes.get('/:locale/account/deleted', ({ var: { site, locale, words } }) =>
  respondWithPage(site, locale, deletedPage(site, words)),
)

const signedOut = (site: Site, to: string, cleared: string): Response =>
  seeOther(site, to, { 'Set-Cookie': sessionCookie(site.config.origin, undefined), 'Clear-Site-Data': cleared })

const pathOf = (locale: Locale) => `/${locale}/account`
