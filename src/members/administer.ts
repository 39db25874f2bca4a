import { type Locales, openLocales } from '../language/locale'
import { meant, notTarget } from '../language/negotiation'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { isViolated } from '../storage/database'
import type { Act, Note } from './audit'
import { writeToNote, writeToNoteChange } from './audit-store'
import { writesToRemove } from './kept-store'
import { type Person, type Role, type RoleName, roleNames } from './person'
import { findPerson, writeToAdd, writeToSetRole, writeToSetTier } from './person-store'
import { type AccessToken, type Grant, issueToken } from './token'
import { writeToAddToken, writeToRevokeToken } from './token-store'

/** Somebody to be added. */
export type Newcomer = Pick<Person, 'address' | 'locale' | 'tier' | 'roles'>

/**
 * Adds a person, noted as done by `actor`. Returns them, or `undefined` if somebody has the address already: then nothing is
 * changed.
 */
export async function addPerson(site: LiveSite, newcomer: Newcomer, actor: string): Promise<Person | undefined> {
  const { database } = site
  const person = { ...newcomer, id: crypto.randomUUID(), joinedAt: site.now().toISOString() }
  try {
    await database.atomically([
      writeToAdd(database, person),
      writeToNote(database, noteOf(site, actor, 'person-added', person.id, { tier: person.tier })),
      ...person.roles.flatMap((role) => [
        writeToSetRole(database, person.id, role, true),
        writeToNoteChange(database, noteOf(site, actor, 'role-given', person.id, inDetail(role))),
      ]),
    ])
    return person
  } catch (error) {
    if (isViolated(error, 'UNIQUE', 'person.address')) return undefined
    throw error
  }
}

/**
 * Gives a person a role or takes it from them. Returns whether that changed anything. It takes effect with their next request.
 */
export async function setRole(site: LiveSite, id: string, role: Role, isGiven: boolean, actor: string): Promise<boolean> {
  const { database } = site
  const note = noteOf(site, actor, isGiven ? 'role-given' : 'role-taken', id, inDetail(role))
  const [changed] = await database.atomically([writeToSetRole(database, id, role, isGiven), writeToNoteChange(database, note)])
  return changed === 1
}

/** Gives a person a tier. Returns whether that changed anything. It takes effect with their next request. */
export async function setTier(site: LiveSite, id: string, tier: Person['tier'], actor: string): Promise<boolean> {
  const { database } = site
  const [changed] = await database.atomically([
    writeToSetTier(database, id, tier),
    writeToNoteChange(database, noteOf(site, actor, 'tier-changed', id, { tier })),
  ])
  return changed === 1
}

/** Removes a person with their roles, and ends their sessions. Returns whether there was such a person. */
export async function removePerson(site: LiveSite, person: Pick<Person, 'id' | 'address'>, actor: string): Promise<boolean> {
  const { database } = site
  const writes = [
    ...writesToRemove(database, person),
    writeToNoteChange(database, noteOf(site, actor, 'person-removed', person.id)),
  ]
  return (await database.atomically(writes)).at(-1) === 1
}

/** Makes an access token. Returns it with its secret, which is kept nowhere. */
export async function grantToken(
  site: LiveSite,
  grant: Grant,
  actor: string,
): Promise<{ readonly secret: string; readonly token: AccessToken }> {
  const { database } = site
  const { secret, hash, token } = await issueToken(grant, site.now())
  await database.atomically([
    writeToAddToken(database, token, hash),
    writeToNote(database, noteOf(site, actor, 'token-added', token.id, { name: token.name })),
  ])
  return { secret, token }
}

/** Revokes a token for good. Returns whether there was a valid one with this id. */
export async function revokeToken(site: LiveSite, id: string, actor: string): Promise<boolean> {
  const { database } = site
  const [changed] = await database.atomically([
    writeToRevokeToken(database, id, site.now()),
    writeToNoteChange(database, noteOf(site, actor, 'token-revoked', id)),
  ])
  return changed === 1
}

const noteOf = ({ now }: LiveSite, actor: string, act: Act, subject: string, detail: Note['detail'] = {}): Note => ({
  at: now().toISOString(),
  actor,
  act,
  subject,
  detail,
})

const inDetail = ({ name, locale }: Role) => ({ role: name, locale })

/** The roles that are for one language, or expressly for all. The others are always for all. */
const byLocale: ReadonlySet<RoleName> = new Set(['translator', 'reviewer'])

/** A role as it was typed: its name, and a language, `all`, or neither. Throws a Refusal that lists the roles. */
export function roleIn(locales: Locales, name: string, locale: string | undefined): Role {
  const known = roleNames.find((each) => each === name)
  if (!known) throw new Refusal('role.unknown', { role: name, roles: roleNames })
  if (!byLocale.has(known)) {
    if (locale !== undefined && locale !== 'all') throw new Refusal('role.of-all', { role: known })
    return { name: known, locale: 'all' }
  }
  if (locale === undefined) {
    throw new Refusal('role.of-one', { role: known, locales: openLocales(locales).filter((tag) => tag !== locales.source) })
  }
  const target = locale === 'all' ? locale : meant(locales, locale)
  if (target !== undefined && target !== locales.source) return { name: known, locale: target }
  const { code, values } = notTarget(locales, locale)
  throw new Refusal(code, values)
}

/** The person with this canonical address. Throws if there is none. */
export async function personOf({ database }: LiveSite, address: string): Promise<Person> {
  const person = await findPerson(database, { address })
  if (!person) throw new Refusal('person.unknown', { address })
  return person
}
