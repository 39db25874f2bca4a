import { Hono } from 'hono'
import { confirmationMail } from '../confirmations/mail'
import { confirmPage, gonePage, sentPage } from '../confirmations/pages'
import { ask, confirm, findAsked, findPast } from '../confirmations/store'
import type { RequestContext } from '../context'
import { fieldsIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { pathWithin } from '../delivery/reader'
import { respondWithPage, seeOther } from '../delivery/respond'
import { secretInPath } from '../delivery/secret-in-path'
import { addressOf } from '../language/email-address'
import type { Locale } from '../language/locale'
import { writesToQueue } from '../mail/store'
import { hashOfSecret, newSecret } from '../secrets/secret'
import { Filled } from '../ui/filled'
import { writesToSignIn } from './beginning-store'
import { browserIn } from './browser'
import { joinedBySigningIn } from './membership'
import { goingTo, pathToGo, sessionCookie, sessionIn } from './session'
import { endSessions } from './session-store'
import { signIn, signInTo } from './sign-in'
import { signInPage } from './sign-in-page'
import type { MemberContext } from './visitor'

/** Joining, signing in and out. */
export const memberRoutes = new Hono<MemberContext>()

memberRoutes.get('/:locale/sign-in', (c) => {
  const { site, locale, words } = c.var
  const next = pathToGo(c.req.query('next') ?? pathWithin(site.config.origin, c.req.raw), home(locale), site.settings.tiers)
  return respondWithPage(site, locale, signInPage(site, words, { next }))
})

memberRoutes.post('/:locale/sign-in', ...ownForm, async (c) => {
  const { site, newsroom, limits, locale, words } = c.var
  const fields = await fieldsIn(c.req.raw)
  const typed = fields['address'] ?? ''
  const address = addressOf(typed)
  const next = pathToGo(fields['next'], home(locale), site.settings.tiers)
  if (address === undefined) {
    return respondWithPage(site, locale, signInPage(site, words, { typed, next, flaw: 'sign-in.wrong-address' }), 400)
  }
  await admit(limits, 'sign-in', c.env?.network)
  const { database } = newsroom
  const at = newsroom.now()
  const text = words.t('mail.sign-in.text', { site: site.config.siteName })
  const mail = (secret: string) => confirmationMail(site, words, signIn, address, [text], secret)
  await ask(
    database,
    signIn,
    { address, locale, next },
    (secret) => writesToQueue(database, mail(secret), at, signIn.goodFor),
    at,
  )
  return seeOther(site, `/${locale}/${goingTo('sign-in/sent', next)}`)
})

memberRoutes.get('/:locale/sign-in/sent', (c) => {
  const { site, locale, words } = c.var
  return respondWithPage(
    site,
    locale,
    sentPage(site, words, signInTo(pathToGo(c.req.query('next'), home(locale), site.settings.tiers))),
  )
})

memberRoutes.get('/:locale/sign-in/:secret', secretInPath, async (c) => {
  const { site, newsroom, locale, words } = c.var
  const { secret } = c.req.param()
  const asked = await findAsked(newsroom.database, signIn, secret, newsroom.now())
  if (!asked) return gone(c, secret)
  const who = (
    <p>
      <Filled words={words} message="sign-in.confirm.text" values={{ address: <bdi>{asked.address}</bdi> }} />
    </p>
  )
  return respondWithPage(
    site,
    locale,
    confirmPage(site, words, signInTo(pathToGo(asked.next, home(locale), site.settings.tiers)), secret, who),
  )
})

memberRoutes.post('/:locale/sign-in/:secret', ...ownForm, secretInPath, async (c) => {
  const { site, newsroom, locale } = c.var
  const { database, now } = newsroom
  const { origin } = site.config
  const { secret } = c.req.param()
  const asked = await findAsked(database, signIn, secret, now())
  const session = newSecret()
  const hash = await hashOfSecret(session)
  const before = sessionIn(origin, c.req.header('Cookie') ?? null)
  const tier = joinedBySigningIn(site.settings.tiers)
  const writes = await writesToSignIn(database, hash, browserIn(c.req.header('User-Agent')), before, now(), tier)
  if (!asked || !(await confirm(database, signIn, secret, hash, writes, now()))) {
    return gone(c, secret)
  }
  return seeOther(site, pathToGo(asked.next, home(locale), site.settings.tiers), { 'Set-Cookie': sessionCookie(origin, session) })
})

memberRoutes.post('/:locale/sign-out', ...ownForm, async (c) => {
  const { site, newsroom, locale } = c.var
  const visitor = await c.var.visitor()
  if (visitor) await endSessions(newsroom.database, visitor.person.id, visitor.session.id, newsroom.now())
  return seeOther(site, home(locale), {
    'Set-Cookie': sessionCookie(site.config.origin, undefined),
    'Clear-Site-Data': '"cache"',
  })
})

/** The answer for a link that is not valid. Whoever asks for another is still on the way to what they were reading. */
async function gone(
  { var: { site, newsroom, locale, words } }: RequestContext<MemberContext>,
  secret: string,
): Promise<Response> {
  const past = await findPast(newsroom.database, signIn, secret)
  return respondWithPage(
    site,
    locale,
    gonePage(site, words, signInTo(pathToGo(past?.next, home(locale), site.settings.tiers))),
    410,
  )
}

const home = (locale: Locale) => `/${locale}/`
