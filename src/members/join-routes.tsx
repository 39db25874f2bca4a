import { Hono } from 'hono'
import { fieldsIn, formOf } from '../delivery/form'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { pathWithin } from '../delivery/reader'
import { respondWithPage, seeOther } from '../delivery/respond'
import { openLocales } from '../language/locale'
import type { LiveSite } from '../site'
import { joinAlliancePage, joinCirclePage } from './join-page'
import { pathToJoin, readApplication } from './membership'
import { visitorOf } from './person-store'
import { addRequest, listRequestsOf } from './request-store'
import { pathToGo, pathToSignIn } from './session'

/** What each membership opens, and how one joins. */
export function joinRoutes(site: LiveSite, limits: Limits): Hono<Asking> {
  const { database, config, locales, now } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()
  const visitorIn = (request: Request) => visitorOf(database, config.origin, request, now())

  routes.get('/:locale/join/circle', async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const visitor = await visitorIn(c.req.raw)
    const next = pathToGo(c.req.query('next') ?? pathWithin(config.origin, c.req.raw), `/${locale}/`)
    const page = joinCirclePage(site, site.speak(locale), { isMember: visitor !== undefined, next })
    return respondWithPage(site, locale, page)
  })

  routes.get('/:locale/join/alliance', async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const visitor = await visitorIn(c.req.raw)
    const [last] = visitor ? await listRequestsOf(database, visitor.person.id) : []
    return respondWithPage(site, locale, joinAlliancePage(site, site.speak(locale), { tier: visitor?.person.tier, last }))
  })

  routes.post('/:locale/join/alliance', ...formOf(site), async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    await admit(limits, 'form', c.env?.network)
    const here = pathToJoin('alliance', locale)
    const visitor = await visitorIn(c.req.raw)
    if (!visitor) return seeOther(site, pathToSignIn(locale, here))
    const { application, flaws } = readApplication(await fieldsIn(c.req.raw))
    if (Object.keys(flaws).length > 0) {
      const [last] = await listRequestsOf(database, visitor.person.id)
      const asked = { tier: visitor.person.tier, last, typed: { application, flaws } }
      return respondWithPage(site, locale, joinAlliancePage(site, site.speak(locale), asked), 400)
    }
    await addRequest(database, visitor.person.id, application, now())
    return seeOther(site, here)
  })

  return routes
}
