import { Hono } from 'hono'
import { isOneClick } from '../delivery/consent'
import { fieldsIn, formOf, smallForm } from '../delivery/form'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { moveTo, respondWithPage, seeOther } from '../delivery/respond'
import { followPathTo, pathTo } from '../editions/addresses'
import { findMoved } from '../editions/store'
import { addressOf } from '../language/email-address'
import { type Locale, openLocales } from '../language/locale'
import { aMail } from '../mail/mail'
import { writesToQueue } from '../mail/store'
import { visitorOf } from '../members/person-store'
import { pathToGo, pathToSignIn } from '../members/session'
import { Problem } from '../problem'
import { hashOfSecret, isSecret, newSecret } from '../secrets/secret'
import type { LiveSite } from '../site'
import { confirmedPage, gonePage, sentPage, stopPage, stoppedPage } from '../ui/consent-pages'
import { confirmPathTo, listPathTo, stopPathTo, type Wish, wishes } from './follow'
import { confirmLetter } from './follow-letters'
import { confirmPage, followPage, listPage } from './follow-page'
import {
  type Followable,
  findFollowable,
  findLink,
  follow,
  followingOf,
  stands,
  stopById,
  stopBySecret,
  useLink,
  wasEnough,
  writeToAsk,
} from './store'

/** Asking to be told of a briefing by mail, confirming it, and stopping it. */
export function followingRoutes(site: LiveSite, limits: Limits): Hono<Asking> {
  const { database, config, locales, now } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()
  const form = formOf(site)
  const visitor = (request: Request) => visitorOf(database, config.origin, request, now())

  routes.get('/:locale/briefings/:slug/follow', async (c) => {
    const { locale, slug } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const briefing = await findFollowable(database, locale, { slug })
    if (!briefing) return (await forwarded(locale, slug)) ?? c.notFound()
    return respondWithPage(site, locale, await pageFor(locale, briefing, await addressIn(c.req.raw)))
  })

  routes.post('/:locale/briefings/:slug/follow', ...form, async (c) => {
    const { locale, slug } = c.req.param()
    const briefing = open.has(locale) ? await findFollowable(database, locale, { slug }) : undefined
    if (!briefing) return c.notFound()
    const fields = await fieldsIn(c.req.raw)
    const wish = wishes.find((each) => each === fields['wish'])
    if (!wish) throw new Problem('invalid', 'The form does not say what is to be told of.')
    if (wish === 'available' && briefing.isAvailable) return seeOther(site, pathTo(locale, slug))
    const { briefingId } = briefing
    const own = await addressIn(c.req.raw)
    if (own !== undefined) {
      await admit(limits, 'form', c.env?.network)
      await follow(database, { address: own, briefingId, locale, wish }, now())
      return seeOther(site, followPathTo(locale, slug))
    }
    const typed = fields['address'] ?? ''
    const address = addressOf(typed)
    if (address === undefined) {
      const asking = { typed, flaw: 'sign-in.wrong-address' as const }
      return respondWithPage(site, locale, followPage(site, site.speak(locale), shown(briefing), asking), 400)
    }
    await admit(limits, 'form', c.env?.network)
    await sendLink(address, locale, wish, briefing)
    return seeOther(site, `/${locale}/follow/sent`)
  })

  routes.get('/:locale/follow/sent', (c) => {
    const { locale } = c.req.param()
    return open.has(locale) ? respondWithPage(site, locale, sentPage(site, site.speak(locale))) : c.notFound()
  })

  routes.get('/:locale/follow/confirmed', (c) => {
    const { locale } = c.req.param()
    return open.has(locale)
      ? respondWithPage(site, locale, confirmedPage(site, site.speak(locale), 'follow.intro'))
      : c.notFound()
  })

  routes.get('/:locale/follow/confirm/:secret', async (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    const words = site.speak(locale)
    const asked = await findLink(database, secret, now())
    const briefing = asked && (await findFollowable(database, asked.locale, asked))
    if (!briefing) return respondWithPage(site, locale, gonePage(site, words), 410)
    const action = confirmPathTo(locale, secret)
    return respondWithPage(site, locale, confirmPage(site, words, action, asked.wish, asked.address, briefing.title))
  })

  routes.post('/:locale/follow/confirm/:secret', ...form, async (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    const asked = await findLink(database, secret, now())
    if (!asked || !(await useLink(database, secret, now()))) {
      return respondWithPage(site, locale, gonePage(site, site.speak(locale)), 410)
    }
    const briefing = await findFollowable(database, asked.locale, asked)
    const isThere = asked.wish === 'available' && briefing?.isAvailable
    return seeOther(site, isThere ? pathTo(asked.locale, briefing.slug) : `/${locale}/follow/confirmed`)
  })

  routes.get('/:locale/follow/stop/:secret', (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    return respondWithPage(site, locale, stopPage(site, site.speak(locale), stopPathTo(locale, secret)))
  })

  /**
   * The one form that is not asked where it comes from: a provider of mail sends it for its reader, without cookies and
   * without an origin (RFC 8058, 3.2). Whoever has the secret had the mail, and can do no more with it than stop such mails.
   * It is answered with a page, for a provider follows no redirect, and with the same one whatever the secret is worth.
   */
  routes.post('/:locale/follow/stop/:secret', smallForm, async (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    if (!isOneClick(await fieldsIn(c.req.raw))) throw new Problem('invalid', 'Expected List-Unsubscribe=One-Click.')
    await stopBySecret(database, secret)
    return respondWithPage(site, locale, stoppedPage(site, site.speak(locale)))
  })

  routes.get('/:locale/account/following', async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const asking = await visitor(c.req.raw)
    if (!asking) return seeOther(site, pathToSignIn(locale, listPathTo(locale)))
    const all = await followingOf(database, asking.person)
    return respondWithPage(site, locale, listPage(site, site.speak(locale), all.filter(stands)))
  })

  routes.post('/:locale/account/following', ...form, async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const address = await addressIn(c.req.raw)
    if (address === undefined) return seeOther(site, pathToSignIn(locale, listPathTo(locale)))
    const { stop = '', next } = await fieldsIn(c.req.raw)
    await stopById(database, address, stop)
    return seeOther(site, pathToGo(next, listPathTo(locale)))
  })

  /** The address of the one who asks, where they are signed in. */
  async function addressIn(request: Request): Promise<string | undefined> {
    return (await visitor(request))?.person.address
  }

  /** The page that asks what somebody wants to be told of a briefing, with what they are told already where they are signed in. */
  async function pageFor(locale: Locale, briefing: Followable, address: string | undefined): Promise<string> {
    const words = site.speak(locale)
    if (address === undefined) return followPage(site, words, shown(briefing), { typed: '' })
    const all = await followingOf(database, { address })
    const own = all.filter((each) => each.briefingId === briefing.briefingId && each.locale === locale && stands(each))
    const followed: Partial<Record<Wish, string>> = Object.fromEntries(own.map(({ wish, id }) => [wish, id]))
    return followPage(site, words, shown(briefing), { address, followed })
  }

  /** Sends a link to confirm a request with; nothing where the address was sent enough of them. */
  async function sendLink(address: string, locale: Locale, wish: Wish, { briefingId, title }: Followable): Promise<void> {
    const secret = newSecret()
    const link = config.origin + confirmPathTo(locale, secret)
    const mail = aMail(address, confirmLetter(site, site.speak(locale), wish, title, link))
    const at = now()
    const writes = [
      writeToAsk(database, { address, briefingId, locale, wish }, await hashOfSecret(secret), at),
      ...writesToQueue(database, mail, at),
    ]
    await database.atomically(writes).catch((error: unknown) => {
      if (!wasEnough(error)) throw error
    })
  }

  /** Where a briefing has gone that once had this address. */
  async function forwarded(locale: Locale, slug: string): Promise<Response | undefined> {
    const to = await findMoved(database, slug)
    return to === undefined ? undefined : moveTo(site, followPathTo(locale, to))
  }

  return routes
}

const shown = ({ slug, title, isAvailable }: Followable) => ({
  slug,
  title,
  wishes: wishes.filter((wish) => wish !== 'available' || !isAvailable),
})
