import { Hono } from 'hono'
import { hashOf } from '../briefings/hash'
import { fieldsIn, formOf } from '../delivery/form'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { moveTo, respondWithPage, seeOther } from '../delivery/respond'
import { reportPathTo } from '../editions/addresses'
import { findAnswer, findMoved } from '../editions/store'
import { textsOf } from '../editions/texts'
import { type Locale, openLocales } from '../language/locale'
import { visitorOf } from '../members/person-store'
import type { LiveSite } from '../site'
import { type Asked, reportIn } from './report'
import { answeredPage, reportPage } from './report-page'
import { keepReport } from './store'

const nothing: Asked = { segment: '', kind: '', detail: '' }

/** Where readers say what is wrong with a translation. There is such a page only where a translation is served. */
export function reportRoutes(site: LiveSite, limits: Limits): Hono<Asking> {
  const { database, config, locales, now } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()

  routes.get('/:locale/briefings/:slug/report', async (c) => {
    const { locale, slug } = c.req.param()
    const found = await translationFor(c.req.raw, locale, slug)
    if (!found) return (await forwarded(locale, slug)) ?? c.notFound()
    return respondWithPage(site, locale, reportPage({ site, words: site.speak(locale), ...found }, nothing))
  })

  routes.post('/:locale/briefings/:slug/report', ...formOf(site), async (c) => {
    const { locale, slug } = c.req.param()
    await admit(limits, 'form', c.env?.network)
    const found = await translationFor(c.req.raw, locale, slug)
    if (!found) return c.notFound()
    const { answer, personId } = found
    const words = site.speak(locale)
    const report = reportIn(await fieldsIn(c.req.raw), textsOf(answer.reading))
    if (!('text' in report)) return respondWithPage(site, locale, reportPage({ site, words, answer }, report), 400)
    const origin = { asked: locale, slug, served: answer.resolution.served }
    const became = await keepReport(database, origin, report, await hashOf(report.text), personId, now())
    return became === 'kept'
      ? seeOther(site, `${reportPathTo(locale, slug)}/sent`)
      : respondWithPage(site, locale, answeredPage({ site, words, answer }, true), 409)
  })

  routes.get('/:locale/briefings/:slug/report/sent', async (c) => {
    const { locale, slug } = c.req.param()
    const found = await translationFor(c.req.raw, locale, slug)
    return found
      ? respondWithPage(site, locale, answeredPage({ site, words: site.speak(locale), ...found }, false))
      : c.notFound()
  })

  /** The translation that is served to the one who asks, as far as they may read it, and who they are. */
  async function translationFor(request: Request, locale: Locale, slug: string) {
    if (!open.has(locale)) return undefined
    const visitor = await visitorOf(database, config.origin, request, now())
    const answer = await findAnswer(database, locale, slug, visitor?.person.tier ?? 'public')
    if (!answer || answer.resolution.served === locales.source) return undefined
    return { answer, personId: visitor?.person.id ?? null }
  }

  /** Where a briefing has gone that once had this address. */
  async function forwarded(locale: Locale, slug: string): Promise<Response | undefined> {
    const moved = open.has(locale) ? await findMoved(database, slug) : undefined
    return moved === undefined ? undefined : moveTo(site, reportPathTo(locale, moved))
  }

  return routes
}
