import { type Context, Hono } from 'hono'
import { fieldsIn, formOf } from '../delivery/form'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { respondPrivately, respondWithPage, seeOther } from '../delivery/respond'
import { type Locale, openLocales } from '../language/locale'
import { Problem } from '../problem'
import type { LiveSite } from '../site'
import { accountPage, deletedPage, deletePage } from './account-page'
import { writeToNote } from './audit-store'
import { listKept, writesToRemove } from './kept-store'
import { may, type Visitor } from './person'
import { visitorOf, writeToSetLocale } from './person-store'
import { countOpenRequests } from './request-store'
import { pathToSignIn, sessionCookie } from './session'
import { endSessions, listSessions } from './session-store'

/** A person's own account: to see, to change, to take along and to give up. */
export function accountRoutes(site: LiveSite, limits: Limits): Hono<Asking> {
  const { database, config, locales, now } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()
  const form = formOf(site)

  /** Answers who is signed in; all others are led to sign in and then to their account. */
  const forVisitor =
    (answer: (c: Context<Asking>, locale: Locale, visitor: Visitor) => Promise<Response> | Response) =>
    async (c: Context<Asking>) => {
      const locale = c.req.param('locale') ?? ''
      if (!open.has(locale)) return c.notFound()
      if (c.req.method === 'POST') await admit(limits, 'form', c.env?.network)
      const visitor = await visitorOf(database, config.origin, c.req.raw, now())
      return visitor ? await answer(c, locale, visitor) : seeOther(site, pathToSignIn(locale, pathOf(locale)))
    }

  const signedOut = (to: string, cleared: string) =>
    seeOther(site, to, { 'Set-Cookie': sessionCookie(config.origin, undefined), 'Clear-Site-Data': cleared })

  routes.get(
    '/:locale/account',
    forVisitor(async (_c, locale, { person, session }) => {
      const sessions = await listSessions(database, person.id, now())
      const openRequests = may(person, 'decide-requests') ? await countOpenRequests(database) : undefined
      const account = { person, sessions, here: session.id, openRequests }
      return respondWithPage(site, locale, accountPage(site, site.speak(locale), account))
    }),
  )

  routes.post(
    '/:locale/account/language',
    ...form,
    forVisitor(async (c, _locale, { person }) => {
      const { locale: chosen = '' } = await fieldsIn(c.req.raw)
      if (!open.has(chosen)) throw new Problem('invalid', 'The language chosen is none of the languages of this site.')
      await database.atomically([writeToSetLocale(database, person.id, chosen)])
      return seeOther(site, pathOf(chosen))
    }),
  )

  routes.post(
    '/:locale/account/sessions',
    ...form,
    forVisitor(async (c, locale, { person, session }) => {
      const { session: ended } = await fieldsIn(c.req.raw)
      if (ended === undefined) throw new Problem('invalid', 'The form does not say which session to end.')
      await endSessions(database, person.id, ended, now())
      return ended === session.id ? signedOut(`/${locale}/`, '"cache"') : seeOther(site, pathOf(locale))
    }),
  )

  routes.post(
    '/:locale/account/sign-out',
    ...form,
    forVisitor(async (_c, locale, { person }) => {
      await endSessions(database, person.id, undefined, now())
      return signedOut(`/${locale}/`, '"cache"')
    }),
  )

  routes.get(
    '/:locale/account/export',
    forVisitor(async (_c, locale, { person }) => {
      const kept = { exportedAt: now().toISOString(), ...(await listKept(database, person)) }
      return respondPrivately(site, 200, `${JSON.stringify(kept, null, 2)}\n`, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Language': locale,
        'Content-Disposition': 'attachment; filename="account.json"',
      })
    }),
  )

  routes.get(
    '/:locale/account/delete',
    forVisitor((_c, locale, { person }) => respondWithPage(site, locale, deletePage(site, site.speak(locale), person))),
  )

  routes.post(
    '/:locale/account/delete',
    ...form,
    forVisitor(async (_c, locale, { person }) => {
      const { id } = person
      const note = writeToNote(database, { at: now().toISOString(), actor: id, act: 'person-removed', subject: id })
      await database.atomically([...writesToRemove(database, person), note])
      return signedOut(`/${locale}/account/deleted`, '"cache", "cookies", "storage"')
    }),
  )

  routes.get('/:locale/account/deleted', (c) => {
    const { locale } = c.req.param()
    return open.has(locale) ? respondWithPage(site, locale, deletedPage(site, site.speak(locale))) : c.notFound()
  })

  return routes
}

const pathOf = (locale: Locale) => `/${locale}/account`
