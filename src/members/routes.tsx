import { Hono } from 'hono'
import { fieldsIn, formOf } from '../delivery/form'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { pathWithin } from '../delivery/reader'
import { respondWithPage, seeOther } from '../delivery/respond'
import { addressOf } from '../language/email-address'
import { type Locale, openLocales } from '../language/locale'
import { aMail } from '../mail/mail'
import { writesToQueue } from '../mail/store'
import { hashOfSecret, isSecret, newSecret } from '../secrets/secret'
import type { LiveSite } from '../site'
import { visitorOf } from './person-store'
import { browserIn, pathToGo, sessionCookie, sessionIn } from './session'
import { endSessions, findLink, useLink, wereEnough, writeToAsk } from './session-store'
import { signInLetter } from './sign-in-letter'
import { confirmPage, gonePage, sentPage, signInPage } from './sign-in-page'

/** Joining, signing in and out. */
export function memberRoutes(site: LiveSite, limits: Limits): Hono<Asking> {
  const { database, config, locales, now } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()
  const form = formOf(site)

  routes.get('/:locale/sign-in', (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const next = pathToGo(c.req.query('next') ?? pathWithin(config.origin, c.req.raw), home(locale))
    return respondWithPage(site, locale, signInPage(site, site.speak(locale), { next }))
  })

  routes.post('/:locale/sign-in', ...form, async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const fields = await fieldsIn(c.req.raw)
    const typed = fields['address'] ?? ''
    const address = addressOf(typed)
    const next = pathToGo(fields['next'], home(locale))
    if (address === undefined) {
      const asked = { typed, next, flaw: 'sign-in.wrong-address' as const }
      return respondWithPage(site, locale, signInPage(site, site.speak(locale), asked), 400)
    }
    await admit(limits, 'sign-in', c.env?.network)
    const secret = newSecret()
    const at = now()
    const mail = aMail(address, signInLetter(site, site.speak(locale), `${config.origin}${linkOf(locale, secret)}`))
    const ask = writeToAsk(database, { address, locale, next }, await hashOfSecret(secret), at)
    await database.atomically([ask, ...writesToQueue(database, mail, at)]).catch((error: unknown) => {
      if (!wereEnough(error)) throw error
    })
    return seeOther(site, `/${locale}/sign-in/sent`)
  })

  routes.get('/:locale/sign-in/sent', (c) => {
    const { locale } = c.req.param()
    return open.has(locale) ? respondWithPage(site, locale, sentPage(site, site.speak(locale))) : c.notFound()
  })

  routes.get('/:locale/sign-in/:secret', async (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    const link = await findLink(database, secret, now())
    const words = site.speak(locale)
    return link
      ? respondWithPage(site, locale, confirmPage(site, words, linkOf(locale, secret), link.address))
      : respondWithPage(site, locale, gonePage(site, words), 410)
  })

  routes.post('/:locale/sign-in/:secret', ...form, async (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    const before = sessionIn(config.origin, c.req.header('Cookie') ?? null)
    const link = await findLink(database, secret, now())
    const begun = link && (await useLink(database, secret, browserIn(c.req.header('User-Agent')), before, now()))
    if (!begun) return respondWithPage(site, locale, gonePage(site, site.speak(locale)), 410)
    return seeOther(site, pathToGo(link.next, home(locale)), { 'Set-Cookie': sessionCookie(config.origin, begun) })
  })

  routes.post('/:locale/sign-out', ...form, async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const visitor = await visitorOf(database, config.origin, c.req.raw, now())
    if (visitor) await endSessions(database, visitor.person.id, visitor.session.id, now())
    return seeOther(site, home(locale), { 'Set-Cookie': sessionCookie(config.origin, undefined), 'Clear-Site-Data': '"cache"' })
  })

  return routes
}

const home = (locale: Locale) => `/${locale}/`
const linkOf = (locale: Locale, secret: string) => `/${locale}/sign-in/${secret}`
