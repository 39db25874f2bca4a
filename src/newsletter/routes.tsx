import { Hono } from 'hono'
import { confirmationMail } from '../confirmations/mail'
import { confirmedPage, confirmPage, gonePage, sentPage } from '../confirmations/pages'
import { ask, confirm, findAsked } from '../confirmations/store'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { respondWithPage, seeOther } from '../delivery/respond'
import { secretInPath } from '../delivery/secret-in-path'
import { addressOf } from '../language/email-address'
import { openLocales } from '../language/locale'
import { writesToQueue } from '../mail/store'
import { pathToSignIn } from '../members/session'
import { addressOfVisitor, type MemberContext } from '../members/visitor'
import { Refusal } from '../problem'
import type { LiveSite, Site } from '../site'
import { type Chosen, chosenIn, newsletterKind, newsletterPathTo, type Order, ownPathTo } from './newsletter'
import { paragraphsToAsk } from './newsletter-letters'
import { newsletterPage, ownPage, Promised } from './newsletter-page'
import { findSubscription, stopByAddress, subscribe, writeToBeginSubscription } from './store'

/** Asking for the newsletter, confirming it and changing it. */
export const newsletterRoutes = new Hono<MemberContext>()

newsletterRoutes.get('/:locale/newsletter', async (c) => {
  const { site, locale, words } = c.var
  if ((await addressOfVisitor(c)) !== undefined) return seeOther(site, ownPathTo(locale))
  return respondWithPage(site, locale, newsletterPage(site, words, { locale, rhythm: 'weekly' }, ''))
})

newsletterRoutes.post('/:locale/newsletter', ...ownForm, async (c) => {
  const { site, newsroom, limits, locale, words } = c.var
  const fields = await fieldsIn(c.req.raw)
  const chosen = choiceIn(site, fields)
  const own = await addressOfVisitor(c)
  const typed = fields['address'] ?? ''
  const address = own ?? addressOf(typed)
  if (address === undefined) {
    return respondWithPage(site, locale, newsletterPage(site, words, chosen, typed, 'sign-in.wrong-address'), 400)
  }
  await admit(limits, 'form', c.env?.network)
  const order = { ...chosen, address }
  if (own === undefined) {
    await sendLink(newsroom, order)
    return seeOther(site, `${newsletterPathTo(locale)}/sent`)
  }
  await subscribe(newsroom.database, order, newsroom.now())
  return seeOther(site, ownPathTo(locale))
})

newsletterRoutes.get('/:locale/newsletter/sent', ({ var: { site, locale, words } }) =>
  respondWithPage(site, locale, sentPage(site, words, newsletterKind)),
)

newsletterRoutes.get('/:locale/newsletter/confirmed', ({ var: { site, locale, words } }) =>
  respondWithPage(site, locale, confirmedPage(site, words, newsletterKind, 'newsletter.when')),
)

newsletterRoutes.get('/:locale/newsletter/confirm/:secret', secretInPath, async (c) => {
  const { site, newsroom, locale, words } = c.var
  const { secret } = c.req.param()
  const order = await findAsked(newsroom.database, newsletterKind, secret, newsroom.now())
  if (!order) return respondWithPage(site, locale, gonePage(site, words, newsletterKind), 410)
  const what = <Promised words={words} order={order} />
  return respondWithPage(site, locale, confirmPage(site, words, newsletterKind, secret, what))
})

newsletterRoutes.post('/:locale/newsletter/confirm/:secret', ...ownForm, secretInPath, async (c) => {
  const { site, newsroom, locale, words } = c.var
  const { database, now } = newsroom
  const { secret } = c.req.param()
  const mark = crypto.randomUUID()
  const begins = writeToBeginSubscription(database, mark, now())
  const isGood = await confirm(database, newsletterKind, secret, mark, [begins], now())
  if (!isGood) return respondWithPage(site, locale, gonePage(site, words, newsletterKind), 410)
  return seeOther(site, `${newsletterPathTo(locale)}/confirmed`)
})

newsletterRoutes.get('/:locale/account/newsletter', async (c) => {
  const { site, newsroom, locale, words } = c.var
  const address = await addressOfVisitor(c)
  if (address === undefined) return seeOther(site, pathToSignIn(locale, ownPathTo(locale)))
  const current = await findSubscription(newsroom.database, address)
  return respondWithPage(site, locale, ownPage(site, words, address, current))
})

newsletterRoutes.post('/:locale/account/newsletter', ...ownForm, async (c) => {
  const { site, newsroom, limits, locale } = c.var
  const address = await addressOfVisitor(c)
  if (address === undefined) return seeOther(site, pathToSignIn(locale, ownPathTo(locale)))
  await admit(limits, 'form', c.env?.network)
  const fields = await fieldsIn(c.req.raw)
  if (fields['stop'] === undefined) {
    await subscribe(newsroom.database, { ...choiceIn(site, fields), address }, newsroom.now())
  } else {
    await stopByAddress(newsroom.database, address)
  }
  return seeOther(site, ownPathTo(locale))
})

function choiceIn(site: Site, fields: Readonly<Record<string, string>>): Chosen {
  const chosen = chosenIn(fields, openLocales(site.locales))
  if (!chosen) throw new Refusal('sent.no-rhythm', {}, { kind: 'invalid' })
  return chosen
}

/** Sends a link to confirm a subscription. Sends nothing if the address got too many links. */
async function sendLink(site: LiveSite, order: Order): Promise<void> {
  const { database, now, speak } = site
  const words = speak(order.locale)
  const paragraphs = paragraphsToAsk(words, order.rhythm)
  const mail = (secret: string) => confirmationMail(site, words, newsletterKind, order.address, paragraphs, secret)
  const at = now()
  await ask(database, newsletterKind, order, (secret) => writesToQueue(database, mail(secret), at, newsletterKind.goodFor), at)
}
