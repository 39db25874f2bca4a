import { Hono } from 'hono'
import type { RequestContext } from '../context'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { moveTo, respondWithPage, seeOther } from '../delivery/respond'
import { commentsPathTo } from '../editions/addresses'
import { presentSlug } from '../editions/former'
import type { Reading } from '../editions/reading'
import { findAnswer, findFormer } from '../editions/store'
import { pathToSignIn } from '../members/session'
import type { MemberContext } from '../members/visitor'
import { Refusal } from '../problem'
import { type Asked, commentIn } from './comment'
import { commentsPage, heldPage } from './comments-page'
import { holdComment, listAccepted } from './store'

const commentsAtOnce = 50
const nothing: Asked = { name: '', text: '' }

/** Where readers who are signed in write to the editors, and everybody reads accepted comments. */
export const commentRoutes = new Hono<MemberContext>()

commentRoutes.get('/:locale/briefings/:slug/comments', async (c) => {
  const { newsroom: site, locale } = c.var
  const slug = c.req.param('slug')
  const reading = await readingFor(c, slug)
  if (!reading) return (await forwarded(c, slug)) ?? c.notFound()
  const visitor = await c.var.visitor()
  return respondWithPage(site, locale, await listed(c, reading, afterIn(c.req.query('after')), visitor && nothing))
})

commentRoutes.post('/:locale/briefings/:slug/comments', ...ownForm, async (c) => {
  const { newsroom: site, limits, locale, words } = c.var
  const slug = c.req.param('slug')
  const reading = await readingFor(c, slug)
  if (!reading) return c.notFound()
  await admit(limits, 'form', c.env?.network)
  const visitor = await c.var.visitor()
  if (!visitor) return seeOther(site, pathToSignIn(locale, commentsPathTo(locale, slug)))
  const comment = commentIn(await fieldsIn(c.req.raw))
  if (comment.flaw) return respondWithPage(site, locale, await listed(c, reading, 0, comment), 400)
  const became = await holdComment(site.database, locale, slug, visitor.person.id, comment, site.now())
  return became === 'held'
    ? seeOther(site, `${commentsPathTo(locale, slug)}/held`)
    : respondWithPage(site, locale, heldPage({ site, words, reading }, true), 409)
})

commentRoutes.get('/:locale/briefings/:slug/comments/held', async (c) => {
  const { newsroom: site, locale, words } = c.var
  const reading = await readingFor(c, c.req.param('slug'))
  return reading ? respondWithPage(site, locale, heldPage({ site, words, reading }, false)) : c.notFound()
})

/** The public edition of a briefing. The comments on it are public too. `undefined` if the site has no comments. */
async function readingFor(
  { var: { newsroom, locale } }: RequestContext<MemberContext>,
  slug: string,
): Promise<Reading | undefined> {
  return newsroom.config.hasComments ? (await findAnswer(newsroom.database, locale, slug, 'public'))?.reading : undefined
}

async function listed(
  { var: { newsroom: site, locale, words } }: RequestContext<MemberContext>,
  reading: Reading,
  after: number,
  asked: Asked | undefined,
): Promise<string> {
  const comments = await listAccepted(site.database, locale, reading.slug, after, commentsAtOnce + 1)
  const shown = comments.slice(0, commentsAtOnce)
  const next = comments.length > commentsAtOnce ? shown.at(-1)?.number : undefined
  return commentsPage({ site, words, reading, comments: shown, next, asked })
}

/** The present address of a briefing that once had this one. */
async function forwarded(
  { req, var: { newsroom, locale } }: RequestContext<MemberContext>,
  slug: string,
): Promise<Response | undefined> {
  const moved = newsroom.config.hasComments ? presentSlug(slug, await findFormer(newsroom.database, slug)) : undefined
  return moved === undefined ? undefined : moveTo(newsroom, req.raw, commentsPathTo(locale, moved))
}

function afterIn(typed = '0'): number {
  if (!/^\d{1,15}$/.test(typed)) throw new Refusal('sent.place', {}, { kind: 'invalid' })
  return Number(typed)
}
