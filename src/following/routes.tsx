import { Hono } from 'hono'
import { confirmationMail } from '../confirmations/mail'
import { confirmedPage, confirmPage, gonePage, sentPage } from '../confirmations/pages'
import { ask, confirm, findAsked } from '../confirmations/store'
import type { RequestContext } from '../context'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { moveTo, respondWithPage, seeOther } from '../delivery/respond'
import { secretInPath } from '../delivery/secret-in-path'
import { followPathTo, pathTo } from '../editions/addresses'
import { presentSlug } from '../editions/former'
import type { Text } from '../editions/reading'
import { findFormer } from '../editions/store'
import { addressOf } from '../language/email-address'
import { writesToQueue } from '../mail/store'
import { pathToGo, pathToSignIn } from '../members/session'
import { addressOfVisitor, type MemberContext } from '../members/visitor'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { followingKind, listPathTo, type Request, type Wish, wishes } from './follow'
import { paragraphsToAsk } from './follow-letters'
import { Asked, followPage, listPage } from './follow-page'
import { followingOf, stands } from './followed-store'
import { type Followable, findFollowable, follow, stopById, writeToFollow } from './store'

/** Asking for emails about a briefing, and confirming it. */
export const followingRoutes = new Hono<MemberContext>()

followingRoutes.get('/:locale/briefings/:slug/follow', async (c) => {
  const { site, newsroom, locale } = c.var
  const { slug } = c.req.param()
  const briefing = await findFollowable(newsroom.database, locale, { slug })
  if (briefing) return respondWithPage(site, locale, await pageFor(c, briefing))
  const moved = presentSlug(slug, await findFormer(newsroom.database, slug))
  return moved === undefined ? c.notFound() : moveTo(site, c.req.raw, followPathTo(locale, moved))
})

followingRoutes.post('/:locale/briefings/:slug/follow', ...ownForm, async (c) => {
  const { site, newsroom, limits, locale, words } = c.var
  const { slug } = c.req.param()
  const briefing = await findFollowable(newsroom.database, locale, { slug })
  if (!briefing) return c.notFound()
  const fields = await fieldsIn(c.req.raw)
  const wish = wishes.find((each) => each === fields['wish'])
  if (!wish) throw new Refusal('sent.no-wish', {}, { kind: 'invalid' })
  if (wish === 'available' && briefing.isAvailable) return seeOther(site, pathTo(locale, slug))
  const own = await addressOfVisitor(c)
  const typed = fields['address'] ?? ''
  const address = own ?? addressOf(typed)
  if (address === undefined) {
    const asking = { typed, flaw: 'sign-in.wrong-address' as const }
    return respondWithPage(site, locale, followPage(site, words, shown(briefing), asking), 400)
  }
  await admit(limits, 'form', c.env?.network)
  const request = { address, briefingId: briefing.briefingId, locale, wish }
  if (own === undefined) {
    await sendLink(newsroom, request, briefing.title)
    return seeOther(site, `/${locale}/follow/sent`)
  }
  await follow(newsroom.database, request, newsroom.now())
  return seeOther(site, followPathTo(locale, slug))
})

followingRoutes.get('/:locale/follow/sent', ({ var: { site, locale, words } }) =>
  respondWithPage(site, locale, sentPage(site, words, followingKind)),
)

followingRoutes.get('/:locale/follow/confirmed', ({ var: { site, locale, words } }) =>
  respondWithPage(site, locale, confirmedPage(site, words, followingKind, 'follow.intro')),
)

followingRoutes.get('/:locale/follow/confirm/:secret', secretInPath, async (c) => {
  const { site, newsroom, locale, words } = c.var
  const { secret } = c.req.param()
  const asked = await findAsked(newsroom.database, followingKind, secret, newsroom.now())
  const briefing = asked && (await findFollowable(newsroom.database, asked.locale, asked))
  if (!briefing) return respondWithPage(site, locale, gonePage(site, words, followingKind), 410)
  const what = <Asked words={words} request={asked} title={briefing.title} />
  return respondWithPage(site, locale, confirmPage(site, words, followingKind, secret, what))
})

followingRoutes.post('/:locale/follow/confirm/:secret', ...ownForm, secretInPath, async (c) => {
  const { site, newsroom, locale, words } = c.var
  const { database, now } = newsroom
  const { secret } = c.req.param()
  const asked = await findAsked(database, followingKind, secret, now())
  const mark = crypto.randomUUID()
  const briefing = asked && (await findFollowable(database, asked.locale, asked))
  if (
    !asked ||
    !briefing ||
    !(await confirm(database, followingKind, secret, mark, [writeToFollow(database, mark, now())], now()))
  ) {
    return respondWithPage(site, locale, gonePage(site, words, followingKind), 410)
  }
  const isThere = asked.wish === 'available' && briefing.isAvailable
  return seeOther(site, isThere ? pathTo(asked.locale, briefing.slug) : `/${locale}/follow/confirmed`)
})

followingRoutes.get('/:locale/account/following', async (c) => {
  const { site, newsroom, locale, words } = c.var
  const address = await addressOfVisitor(c)
  if (address === undefined) return seeOther(site, pathToSignIn(locale, listPathTo(locale)))
  const all = await followingOf(newsroom.database, { address })
  return respondWithPage(site, locale, listPage(site, words, all.filter(stands)))
})

followingRoutes.post('/:locale/account/following', ...ownForm, async (c) => {
  const { site, newsroom, locale } = c.var
  const address = await addressOfVisitor(c)
  if (address === undefined) return seeOther(site, pathToSignIn(locale, listPathTo(locale)))
  const { stop = '', next } = await fieldsIn(c.req.raw)
  await stopById(newsroom.database, address, stop)
  return seeOther(site, pathToGo(next, listPathTo(locale)))
})

/** The page that asks which emails about a briefing somebody wants. If they are signed in, it shows which they get already. */
async function pageFor(c: RequestContext<MemberContext>, briefing: Followable): Promise<string> {
  const { site, newsroom, locale, words } = c.var
  const address = await addressOfVisitor(c)
  if (address === undefined) return followPage(site, words, shown(briefing), { typed: '' })
  const all = await followingOf(newsroom.database, { address })
  const own = all.filter((each) => each.briefingId === briefing.briefingId && each.locale === locale && stands(each))
  const followed: Partial<Record<Wish, string>> = Object.fromEntries(own.map(({ wish, id }) => [wish, id]))
  return followPage(site, words, shown(briefing), { address, followed })
}

/** Sends a link to confirm a request. Sends nothing if the address got too many links. */
async function sendLink(site: LiveSite, request: Request, title: Text): Promise<void> {
  const { database, now, speak } = site
  const { address, locale, wish } = request
  const words = speak(locale)
  const paragraphs = paragraphsToAsk(words, wish, title)
  const mail = (secret: string) => confirmationMail(site, words, followingKind, address, paragraphs, secret)
  const at = now()
  await ask(database, followingKind, request, (secret) => writesToQueue(database, mail(secret), at, followingKind.goodFor), at)
}

const shown = ({ slug, title, isAvailable }: Followable) => ({
  slug,
  title,
  wishes: wishes.filter((wish) => wish !== 'available' || !isAvailable),
})
