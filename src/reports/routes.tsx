import { Hono } from 'hono'
import { hashOf } from '../briefings/hash'
import type { RequestContext } from '../context'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { moveTo, respondWithPage, seeOther } from '../delivery/respond'
import { reportPathTo } from '../editions/addresses'
import { presentSlug } from '../editions/former'
import { findAnswer, findFormer } from '../editions/store'
import { textsOf } from '../editions/texts'
import { goingTo } from '../members/session'
import { type Fields, forgetUnsent, isOfWriter, rememberUnsent } from '../members/unsent'
import { findUnsent, keepUnsent } from '../members/unsent-store'
import type { MemberContext } from '../members/visitor'
import { unsentPage } from '../ui/unsent'
import { type Asked, reportIn } from './report'
import { answeredPage, reportPage } from './report-page'
import { keepReport } from './store'

const nothing: Asked = { segment: '', kind: '', detail: '' }

/** The page where readers report a problem with a translation. It only exists if a translation is served. */
export const reportRoutes = new Hono<MemberContext>()

reportRoutes.get('/:locale/briefings/:slug/report', async (c) => {
  const { newsroom: site, locale, words } = c.var
  const slug = c.req.param('slug')
  const found = await translationFor(c, slug)
  if (!found) return (await forwarded(c, slug)) ?? c.notFound()
  const visitor = await c.var.visitor()
  const unsent = await findUnsent(site.database, site.config.origin, c.req.header('Cookie'), visitor, site.now())
  const form = { ...nothing, ...unsent, isRestored: unsent !== undefined, writer: found.personId ?? undefined }
  return respondWithPage(site, locale, reportPage({ site, words, ...found }, form))
})

reportRoutes.post('/:locale/briefings/:slug/report', ...ownForm, async (c) => {
  const { newsroom: site, limits, locale, words } = c.var
  const slug = c.req.param('slug')
  await admit(limits, 'form', c.env?.network)
  const fields = await fieldsIn(c.req.raw)
  if (fields['writer'] !== undefined && !isOfWriter(await c.var.visitor(), fields)) return await askedToSignIn(c, slug, fields)
  const found = await translationFor(c, slug)
  if (!found) return c.notFound()
  const { answer, personId } = found
  const report = reportIn(fields, textsOf(answer.reading))
  if (!('text' in report)) {
    const form = { ...report, writer: personId ?? undefined }
    return respondWithPage(site, locale, reportPage({ site, words, answer }, form), 400)
  }
  const origin = { asked: locale, slug, served: answer.resolution.served }
  const became = await keepReport(site.database, origin, report, await hashOf(report.text), personId, site.now())
  return became === 'kept'
    ? seeOther(site, `${reportPathTo(locale, slug)}/sent`, forgetUnsent(c.req.raw, site.config.origin))
    : respondWithPage(site, locale, answeredPage({ site, words, answer }, true), 409)
})

reportRoutes.get('/:locale/briefings/:slug/report/sent', async (c) => {
  const { newsroom: site, locale, words } = c.var
  const found = await translationFor(c, c.req.param('slug'))
  return found ? respondWithPage(site, locale, answeredPage({ site, words, ...found }, false)) : c.notFound()
})

/** Asks a member who reports something to sign in again, and shows what they wrote. */
async function askedToSignIn(
  { req, var: { newsroom: site, locale, words } }: RequestContext<MemberContext>,
  slug: string,
  { writer = '', segment = '', kind = '', detail = '' }: Fields,
): Promise<Response> {
  const next = reportPathTo(locale, slug)
  const secret = await keepUnsent(site.database, writer, { segment, kind, detail }, site.now())
  const page = unsentPage({ site, words, signIn: goingTo('sign-in', next), texts: [detail], isKept: secret !== undefined })
  return respondWithPage(site, locale, page, 403, rememberUnsent(req.raw, site.config.origin, secret))
}

/** The translation that is served to the visitor, as far as they may read it, and who they are. */
async function translationFor({ var: { newsroom, locale, visitor } }: RequestContext<MemberContext>, slug: string) {
  const person = (await visitor())?.person
  const answer = await findAnswer(newsroom.database, locale, slug, person?.tier ?? 'public')
  if (!answer || answer.resolution.served === newsroom.locales.source) return undefined
  return { answer, personId: person?.id ?? null }
}

/** The present address of a briefing that once had this one. */
async function forwarded(
  { req, var: { newsroom, locale } }: RequestContext<MemberContext>,
  slug: string,
): Promise<Response | undefined> {
  const moved = presentSlug(slug, await findFormer(newsroom.database, slug))
  return moved === undefined ? undefined : moveTo(newsroom, req.raw, reportPathTo(locale, moved))
}
