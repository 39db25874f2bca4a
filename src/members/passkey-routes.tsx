import { Hono } from 'hono'
import type { RequestContext } from '../context'
import { fieldsIn, jsonIn, ownForm } from '../delivery/form'
import { admit } from '../delivery/limits'
import { respondPrivately, respondWithPage, seeOther } from '../delivery/respond'
import type { Locale } from '../language/locale'
import { Refusal } from '../problem'
import type { Site } from '../site'
import { writeToNote, writeToNoteChange } from './audit-store'
import { beginSession } from './beginning-store'
import { browserIn } from './browser'
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
import type { Person } from './person'
import { pathToGo, pathToSignIn, sessionCookie, sessionIn } from './session'
import type { MemberContext } from './visitor'

/** Passkeys (WebAuthn Level 3): adding and removing your own, and signing in with one. Only they need JavaScript. */
export const passkeyRoutes = new Hono<MemberContext>()

passkeyRoutes.get('/:locale/account/passkeys', async (c) => {
  const { site, newsroom, locale, words } = c.var
  const person = await personIn(c)
  if (!person) return seeOther(site, pathToSignIn(locale, pathOf(locale)))
  const passkeys = await listPasskeys(newsroom.database, person.id)
  return respondWithPage(site, locale, passkeyPage(site, words, passkeys, passkeys.length < passkeysMax))
})

passkeyRoutes.post('/:locale/account/passkeys/options', ...ownForm, async (c) => {
  const { site, newsroom } = c.var
  const person = await signedIn(c)
  const options = await registrationOptions(partyOf(site), person, await listPasskeys(newsroom.database, person.id))
  await keepChallenge(newsroom.database, options.challenge, person.id, newsroom.now())
  return asJson(site, options)
})

passkeyRoutes.post('/:locale/account/passkeys', ...ownForm, async (c) => {
  const { site, newsroom, locale } = c.var
  const { database, now } = newsroom
  const person = await signedIn(c)
  const { credential } = await jsonIn(c.req.raw)
  const answer = registrationIn(credential)
  const isOurs = (challenge: string) => takeChallenge(database, challenge, person.id, now())
  const made = answer && (await verifiedPasskey(partyOf(site), answer, isOurs))
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
  return asJson(site, { location: pathOf(locale) }, 201)
})

passkeyRoutes.post('/:locale/account/passkeys/remove', ...ownForm, async (c) => {
  const { site, newsroom, locale } = c.var
  const { database, now } = newsroom
  const person = await personIn(c)
  if (!person) return seeOther(site, pathToSignIn(locale, pathOf(locale)))
  const { id = '' } = await fieldsIn(c.req.raw)
  const [removed] = await database.atomically([
    writeToRemovePasskey(database, person.id, id),
    writeToNoteChange(database, { at: now().toISOString(), actor: person.id, act: 'passkey-removed', subject: person.id }),
  ])
  return removed === 1 ? seeOther(site, pathOf(locale)) : c.notFound()
})

passkeyRoutes.post('/:locale/sign-in/passkey/options', ...ownForm, async (c) => {
  const { site, newsroom, limits } = c.var
  await admit(limits, 'sign-in', c.env?.network)
  const options = await authenticationOptions(partyOf(site))
  await keepChallenge(newsroom.database, options.challenge, null, newsroom.now())
  return asJson(site, options)
})

passkeyRoutes.post('/:locale/sign-in/passkey', ...ownForm, async (c) => {
  const { site, newsroom, limits, locale } = c.var
  const { database, now } = newsroom
  const { origin } = site.config
  await admit(limits, 'sign-in', c.env?.network)
  const { credential, next } = await jsonIn(c.req.raw)
  const answer = authenticationIn(credential)
  const passkey = answer && (await findPasskey(database, answer.id))
  const isOurs = (challenge: string) => takeChallenge(database, challenge, null, now())
  const counter = answer && passkey && (await verifiedCounter(partyOf(site), passkey, answer, isOurs))
  if (!passkey || counter === undefined) refuse()
  const before = sessionIn(origin, c.req.header('Cookie') ?? null)
  const browser = browserIn(c.req.header('User-Agent'))
  const used = writeToNoteUse(database, passkey.id, counter, now())
  const secret = await beginSession(database, passkey, browser, before, now(), [used])
  const location = pathToGo(typeof next === 'string' ? next : undefined, `/${locale}/`, site.settings.tiers)
  return asJson(site, { location }, 200, { 'Set-Cookie': sessionCookie(origin, secret) })
})

/** Who signs, to WebAuthn. */
const partyOf = ({ config: { siteName, origin } }: Site) => ({ siteName, origin })

const personIn = async (c: RequestContext<MemberContext>): Promise<Person | undefined> => (await c.var.visitor())?.person

async function signedIn(c: RequestContext<MemberContext>): Promise<Person> {
  await admit(c.var.limits, 'form', c.env?.network)
  const person = await personIn(c)
  if (!person) throw new Refusal('sent.signed-out', {}, { kind: 'not_found' })
  return person
}

/** The answer is the same whatever was wrong, so that nobody learns whose credential it is. */
function refuse(): never {
  throw new Refusal('sent.passkey', {}, { kind: 'invalid' })
}

function asJson(site: Site, body: object, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return respondPrivately(site, status, JSON.stringify(body), { 'Content-Type': 'application/json; charset=utf-8', ...headers })
}

const pathOf = (locale: Locale) => `/${locale}/account/passkeys`
