import { Hono } from 'hono'
import { isOneClick } from '../delivery/consent'
import { fieldsIn, formOf, smallForm } from '../delivery/form'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { respondWithPage, seeOther } from '../delivery/respond'
import { addressOf } from '../language/email-address'
import { openLocales } from '../language/locale'
import { aMail } from '../mail/mail'
import { writesToQueue } from '../mail/store'
import { visitorOf } from '../members/person-store'
import { pathToSignIn } from '../members/session'
import { Problem } from '../problem'
import { hashOfSecret, isSecret, newSecret } from '../secrets/secret'
import type { LiveSite } from '../site'
import { confirmedPage, gonePage, sentPage, stopPage, stoppedPage } from '../ui/consent-pages'
import { type Chosen, chosenIn, confirmPathTo, newsletterPathTo, type Order, ownPathTo, stopPathTo } from './newsletter'
import { confirmLetter } from './newsletter-letters'
import { confirmPage, newsletterPage, ownPage } from './newsletter-page'
import { findLink, findSubscription, stopByAddress, stopBySecret, subscribe, useLink, wasEnough, writeToAsk } from './store'

/** Asking for the newsletter, confirming it, changing it and stopping it. */
export function newsletterRoutes(site: LiveSite, limits: Limits): Hono<Asking> {
  const { database, config, locales, now } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()
  const form = formOf(site)

  routes.get('/:locale/newsletter', async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    if ((await addressIn(c.req.raw)) !== undefined) return seeOther(site, ownPathTo(locale))
    return respondWithPage(site, locale, newsletterPage(site, site.speak(locale), { locale, rhythm: 'weekly' }, ''))
  })

  routes.post('/:locale/newsletter', ...form, async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const fields = await fieldsIn(c.req.raw)
    const chosen = choiceIn(fields)
    const own = await addressIn(c.req.raw)
    if (own !== undefined) {
      await admit(limits, 'form', c.env?.network)
      await subscribe(database, { ...chosen, address: own }, now())
      return seeOther(site, ownPathTo(locale))
    }
    const typed = fields['address'] ?? ''
    const address = addressOf(typed)
    if (address === undefined) {
      const page = newsletterPage(site, site.speak(locale), chosen, typed, 'sign-in.wrong-address')
      return respondWithPage(site, locale, page, 400)
    }
    await admit(limits, 'form', c.env?.network)
    await sendLink({ ...chosen, address })
    return seeOther(site, `${newsletterPathTo(locale)}/sent`)
  })

  routes.get('/:locale/newsletter/sent', (c) => {
    const { locale } = c.req.param()
    return open.has(locale) ? respondWithPage(site, locale, sentPage(site, site.speak(locale))) : c.notFound()
  })

  routes.get('/:locale/newsletter/confirmed', (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    return respondWithPage(site, locale, confirmedPage(site, site.speak(locale), 'newsletter.when'))
  })

  routes.get('/:locale/newsletter/confirm/:secret', async (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    const words = site.speak(locale)
    const order = await findLink(database, secret, now())
    if (!order) return respondWithPage(site, locale, gonePage(site, words), 410)
    return respondWithPage(site, locale, confirmPage(site, words, confirmPathTo(locale, secret), order))
  })

  routes.post('/:locale/newsletter/confirm/:secret', ...form, async (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    const isGood = await useLink(database, secret, now())
    if (!isGood) return respondWithPage(site, locale, gonePage(site, site.speak(locale)), 410)
    return seeOther(site, `${newsletterPathTo(locale)}/confirmed`)
  })

  routes.get('/:locale/newsletter/stop/:secret', (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    return respondWithPage(site, locale, stopPage(site, site.speak(locale), stopPathTo(locale, secret)))
  })

  /** Sent by providers of mail too, as that which stops a following is: not asked where it comes from, and always answered alike. */
  routes.post('/:locale/newsletter/stop/:secret', smallForm, async (c) => {
    const { locale, secret } = c.req.param()
    if (!open.has(locale) || !isSecret(secret)) return c.notFound()
    if (!isOneClick(await fieldsIn(c.req.raw))) throw new Problem('invalid', 'Expected List-Unsubscribe=One-Click.')
    await stopBySecret(database, secret)
    return respondWithPage(site, locale, stoppedPage(site, site.speak(locale)))
  })

  routes.get('/:locale/account/newsletter', async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const address = await addressIn(c.req.raw)
    if (address === undefined) return seeOther(site, pathToSignIn(locale, ownPathTo(locale)))
    const current = await findSubscription(database, address)
    return respondWithPage(site, locale, ownPage(site, site.speak(locale), address, current))
  })

  routes.post('/:locale/account/newsletter', ...form, async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const address = await addressIn(c.req.raw)
    if (address === undefined) return seeOther(site, pathToSignIn(locale, ownPathTo(locale)))
    await admit(limits, 'form', c.env?.network)
    const fields = await fieldsIn(c.req.raw)
    if (fields['stop'] === undefined) await subscribe(database, { ...choiceIn(fields), address }, now())
    else await stopByAddress(database, address)
    return seeOther(site, ownPathTo(locale))
  })

  function choiceIn(fields: Readonly<Record<string, string>>): Chosen {
    const chosen = chosenIn(fields, open)
    if (!chosen) throw new Problem('invalid', 'The form does not say how often, or names no language of this site.')
    return chosen
  }

  /** The address of the one who asks, where they are signed in. */
  async function addressIn(request: Request): Promise<string | undefined> {
    return (await visitorOf(database, config.origin, request, now()))?.person.address
  }

  /** Sends a link to confirm an order with; nothing where the address was sent enough of them. */
  async function sendLink(order: Order): Promise<void> {
    const { address, locale, rhythm } = order
    const secret = newSecret()
    const link = config.origin + confirmPathTo(locale, secret)
    const mail = aMail(address, confirmLetter(site, site.speak(locale), rhythm, link))
    const at = now()
    const writes = [writeToAsk(database, order, await hashOfSecret(secret), at), ...writesToQueue(database, mail, at)]
    await database.atomically(writes).catch((error: unknown) => {
      if (!wasEnough(error)) throw error
    })
  }

  return routes
}
