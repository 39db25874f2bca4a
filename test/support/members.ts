import { ask, confirm } from '../../src/confirmations/store'
import { addPerson } from '../../src/members/administer'
import { writesToSignIn } from '../../src/members/beginning-store'
import type { Person } from '../../src/members/person'
import { findPerson } from '../../src/members/person-store'
import { cookieName } from '../../src/members/session'
import { signIn } from '../../src/members/sign-in'
import { hashOfSecret, newSecret } from '../../src/secrets/secret'
import type { Newsroom } from './newsroom'

type At = Pick<Newsroom, 'site' | 'database' | 'origin'>

/** Somebody who is signed in, with the cookie that their browser brings. */
export interface SignedIn {
  readonly person: Person
  readonly secret: string
  readonly cookie: string
}

/** A person of the site, unless they are one already, signed in as by a link in their mail. */
export async function signedIn(at: At, address: string, changes: Partial<Person> = {}): Promise<SignedIn> {
  const { site, database, origin } = at
  await addPerson(site, { address, locale: 'en', tier: 'circle', roles: [], ...changes }, 'a test')
  const secrets: string[] = []
  const read = (secret: string) => {
    secrets.push(secret)
    return []
  }
  await ask(database, signIn, { address, locale: 'en', next: '/en/' }, read, site.now())
  const session = newSecret()
  const hash = await hashOfSecret(session)
  const writes = await writesToSignIn(database, hash, 'A browser', undefined, site.now(), 'circle')
  const isGood = await confirm(database, signIn, secrets[0] ?? '', hash, writes, site.now())
  const person = await findPerson(database, { address })
  if (!isGood || !person) throw new Error(`${address} could not sign in.`)
  return { person, secret: session, cookie: `${cookieName(origin)}=${session}` }
}

/** What a form is sent with by a page of this site. */
export const fromOwnPage = (origin: string, fields: Readonly<Record<string, string>> = {}, cookie = ''): RequestInit => ({
  method: 'POST',
  headers: { Origin: origin, Accept: 'text/html', ...(cookie === '' ? {} : { Cookie: cookie }) },
  body: new URLSearchParams(fields),
})

/** What a script of a page of this site sends. */
export const asJson = (origin: string, data: object, cookie = ''): RequestInit => ({
  method: 'POST',
  headers: { Origin: origin, 'Content-Type': 'application/json', ...(cookie === '' ? {} : { Cookie: cookie }) },
  body: JSON.stringify(data),
})
