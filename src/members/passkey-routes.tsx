import { type Context, Hono } from 'hono'
import { fieldsIn, formOf, jsonIn } from '../delivery/form'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { respondPrivately, respondWithPage, seeOther } from '../delivery/respond'
import { type Locale, openLocales } from '../language/locale'
import { Problem } from '../problem'
import type { LiveSite } from '../site'
import { writeToNote, writeToNoteChange } from './audit-store'
import {
  authenticationIn,
  authenticationOptions,
  type Passkey,
  passkeysMax,
  registrationIn,
  registrationOptions,
  verifiedCounter,
  verifiedPasskey,
} from './passkey'
import { passkeyPage } from './passkey-page'
import {
  findPasskey,
  keepChallenge,
  listPasskeys,
  takeChallenge,
  writeToAddPasskey,
  writeToNoteUse,
  writeToRemovePasskey,
} from './passkey-store'
import { visitorOf } from './person-store'
import { browserIn, pathToGo, pathToSignIn, sessionCookie, sessionIn } from './session'
import { beginSession } from './session-store'

/** Passkeys (WebAuthn Level 3): adding and removing one's own, and signing in with one. They alone need JavaScript. */
export function passkeyRoutes(site: LiveSite, limits: Limits): Hono<Asking> {
  const { database, locales, now } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()
  const form = formOf(site)
  const party = { siteName: site.config.siteName, origin: site.config.origin }

  routes.get('/:locale/account/passkeys', async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const person = await personOf(c)
    if (!person) return toSignIn(locale)
    const passkeys = await listPasskeys(database, person.id)
    return respondWithPage(site, locale, passkeyPage(site, site.speak(locale), passkeys, passkeys.length < passkeysMax))
  })

  routes.post('/:locale/account/passkeys/options', ...form, async (c) => {
    const person = await signedIn(c)
    const options = await registrationOptions(party, person, await listPasskeys(database, person.id))
    await keepChallenge(database, options.challenge, person.id, now())
    return asJson(options)
  })

  routes.post('/:locale/account/passkeys', ...form, async (c) => {
    const { locale } = c.req.param()
    const person = await signedIn(c)
    const { credential } = await jsonIn(c.req.raw)
    const answer = registrationIn(credential)
    const isOurs = (challenge: string) => takeChallenge(database, challenge, person.id, now())
    const made = answer && (await verifiedPasskey(party, answer, isOurs))
    const existing = await listPasskeys(database, person.id)
    if (!made || existing.length >= passkeysMax || (await findPasskey(database, made.id))) refuse()
    const passkey: Passkey = {
      ...made,
      personId: person.id,
      name: browserIn(c.req.header('User-Agent')),
      addedAt: now().toISOString(),
      lastUsedAt: null,
    }
    await database.atomically([
      writeToAddPasskey(database, passkey),
      writeToNote(database, { at: passkey.addedAt, actor: person.id, act: 'passkey-added', subject: person.id }),
    ])
    return asJson({ location: pathOf(locale) }, 201)
  })

  routes.post('/:locale/account/passkeys/remove', ...form, async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const person = await personOf(c)
    if (!person) return toSignIn(locale)
    const { id = '' } = await fieldsIn(c.req.raw)
    const [removed] = await database.atomically([
      writeToRemovePasskey(database, person.id, id),
      writeToNoteChange(database, { at: now().toISOString(), actor: person.id, act: 'passkey-removed', subject: person.id }),
    ])
    return removed === 1 ? seeOther(site, pathOf(locale)) : c.notFound()
  })

  routes.post('/:locale/sign-in/passkey/options', ...form, async (c) => {
    if (!open.has(c.req.param('locale'))) return c.notFound()
    await admit(limits, 'sign-in', c.env?.network)
    const options = await authenticationOptions(party)
    await keepChallenge(database, options.challenge, null, now())
    return asJson(options)
  })

  routes.post('/:locale/sign-in/passkey', ...form, async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    await admit(limits, 'sign-in', c.env?.network)
    const { credential, next } = await jsonIn(c.req.raw)
    const answer = authenticationIn(credential)
    const passkey = answer && (await findPasskey(database, answer.id))
    const isOurs = (challenge: string) => takeChallenge(database, challenge, null, now())
    const counter = answer && passkey && (await verifiedCounter(party, passkey, answer, isOurs))
    if (!passkey || counter === undefined) refuse()
    const before = sessionIn(party.origin, c.req.header('Cookie') ?? null)
    const browser = browserIn(c.req.header('User-Agent'))
    const used = writeToNoteUse(database, passkey.id, counter, now())
    const secret = await beginSession(database, passkey, browser, before, now(), [used])
    const location = pathToGo(typeof next === 'string' ? next : undefined, `/${locale}/`)
    return asJson({ location }, 200, { 'Set-Cookie': sessionCookie(party.origin, secret) })
  })

  const personOf = async ({ req }: Context) => (await visitorOf(database, party.origin, req.raw, now()))?.person

  async function signedIn(c: Context<Asking>) {
    await admit(limits, 'form', c.env?.network)
    const person = open.has(c.req.param('locale') ?? '') ? await personOf(c) : undefined
    if (!person) throw new Problem('not_found', 'There is nothing here for somebody who is not signed in.')
    return person
  }

  /** The same whatever was wrong, so that nobody learns whose a credential is. */
  function refuse(): never {
    throw new Problem('invalid', 'This passkey cannot be used: ask for a new challenge and sign that one.')
  }

  function asJson(body: object, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
    return respondPrivately(site, status, JSON.stringify(body), { 'Content-Type': 'application/json; charset=utf-8', ...headers })
  }

  const toSignIn = (locale: Locale) => seeOther(site, pathToSignIn(locale, pathOf(locale)))

  return routes
}

const pathOf = (locale: Locale) => `/${locale}/account/passkeys`
