import { Hono } from 'hono'
import type { RequestContext } from '../context'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { moveTo, respondWithPage, seeOther } from '../delivery/respond'
import { commentsPathTo } from '../editions/addresses'
import { presentSlug } from '../editions/former'
import type { Reading } from '../editions/reading'
import { findAnswer, findFormer } from '../editions/store'
import type { Visitor } from '../members/person'
import { goingTo } from '../members/session'
import { type Fields, forgetUnsent, isOfWriter, rememberUnsent } from '../members/unsent'
import { findUnsent, keepUnsent } from '../members/unsent-store'
import type { MemberContext } from '../members/visitor'
import { Refusal } from '../problem'
import { unsentPage } from '../ui/unsent'
import { type Asked, commentIn } from './comment'
import { type CommentForm, commentsPage, heldPage } from './comments-page'
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
  const form = visitor && (await formFor(c, visitor))
  return respondWithPage(site, locale, await listed(c, reading, afterIn(c.req.query('after')), form))
})

commentRoutes.post('/:locale/briefings/:slug/comments', ...ownForm, async (c) => {
  const { newsroom: site, limits, locale, words } = c.var
  const slug = c.req.param('slug')
  const reading = await readingFor(c, slug)
  if (!reading) return c.notFound()
  await admit(limits, 'form', c.env?.network)
  const visitor = await c.var.visitor()
  const fields = await fieldsIn(c.req.raw)
  if (!isOfWriter(visitor, fields)) return await askedToSignIn(c, slug, fields)
  const comment = commentIn(fields)
  if (comment.flaw) {
    return respondWithPage(site, locale, await listed(c, reading, 0, { ...comment, writer: visitor.person.id }), 400)
  }
  const became = await holdComment(site.database, locale, slug, visitor.person.id, comment, site.now())
  return became === 'held'
    ? seeOther(site, `${commentsPathTo(locale, slug)}/held`, forgetUnsent(c.req.raw, site.config.origin))
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
  return newsroom.config.features.comments ? (await findAnswer(newsroom.database, locale, slug, 'public'))?.reading : undefined
}

/** The form for somebody who is signed in, with what they could not send from it. */
async function formFor({ req, var: { newsroom } }: RequestContext<MemberContext>, visitor: Visitor): Promise<CommentForm> {
  const { database, config, now } = newsroom
  const unsent = await findUnsent(database, config.origin, req.header('Cookie'), visitor, now())
  return { writer: visitor.person.id, ...(unsent ? { ...commentIn(unsent), isRestored: true } : nothing) }
}

/** Asks the writer of a comment to sign in again, and shows what they wrote. */
async function askedToSignIn(
  { req, var: { newsroom: site, locale, words } }: RequestContext<MemberContext>,
  slug: string,
  { writer = '', name = '', text = '' }: Fields,
): Promise<Response> {
  const next = commentsPathTo(locale, slug)
  const secret = await keepUnsent(site.database, writer, { name, text }, site.now())
  const page = unsentPage({ site, words, signIn: goingTo('sign-in', next), texts: [name, text], isKept: secret !== undefined })
  return respondWithPage(site, locale, page, 403, rememberUnsent(req.raw, site.config.origin, secret))
}

async function listed(
  { var: { newsroom: site, locale, words } }: RequestContext<MemberContext>,
  reading: Reading,
  after: number,
  form: CommentForm | undefined,
): Promise<string> {
  const comments = await listAccepted(site.database, locale, reading.slug, after, commentsAtOnce + 1)
  const shown = comments.slice(0, commentsAtOnce)
  const next = comments.length > commentsAtOnce ? shown.at(-1)?.number : undefined
  return commentsPage({ site, words, reading, comments: shown, next, form })
}

/** The present address of a briefing that once had this one. */
async function forwarded(
  { req, var: { newsroom, locale } }: RequestContext<MemberContext>,
  slug: string,
): Promise<Response | undefined> {
  const moved = newsroom.config.features.comments ? presentSlug(slug, await findFormer(newsroom.database, slug)) : undefined
  return moved === undefined ? undefined : moveTo(newsroom, req.raw, commentsPathTo(locale, moved))
}

function afterIn(typed = '0'): number {
  if (!/^\d{1,15}$/.test(typed)) throw new Refusal('sent.place', {}, { kind: 'invalid' })
  return Number(typed)
}
