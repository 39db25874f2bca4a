import { heldOn, type Ladder } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'

export const roleNames = ['author', 'editor', 'translator', 'reviewer', 'administrator'] as const
export type RoleName = (typeof roleNames)[number]

/** A role, in one locale or in all. */
export interface Role {
  readonly name: RoleName
  readonly locale: Locale | 'all'
}

/** Somebody who joined. */
export interface Person {
  readonly id: string
  /** Their email address in its canonical form. */
  readonly address: string
  /** The language of the site's emails to them. */
  readonly locale: Locale
  /** The tier that they were given. `public`: none. The site may not have it any more (`onLadder`). */
  readonly tier: Tier
  readonly joinedAt: string
  readonly roles: readonly Role[]
}

/** A person who is signed in, with their session. */
export interface Visitor {
  readonly person: Person
  readonly session: { readonly id: string; readonly hash: string }
}

/** A visitor as the site's ladder has them: without a tier, if it does not have theirs any more. */
export const onLadder = (visitor: Visitor | undefined, ladder: Ladder): Visitor | undefined =>
  visitor && { ...visitor, person: { ...visitor.person, tier: heldOn(ladder, visitor.person.tier) } }

/** All rights, and the roles that have them. Nothing else decides about rights. */
const rights = {
  /** Decide who is admitted to a tier, and answer reports and comments. */
  'decide-requests': ['editor', 'administrator'],
  /** Change who may do what. */
  'manage-people': ['administrator'],
  /** Write and correct the English. */
  'write-source': ['author', 'editor'],
  'publish-source': ['editor'],
  'remove-briefing': ['editor', 'administrator'],
  translate: ['translator', 'reviewer', 'editor'],
  'approve-translation': ['reviewer', 'editor'],
  /** Read the texts for members in the source language, for work. */
  'see-gated-source': ['author', 'editor'],
} as const satisfies Readonly<Record<string, readonly RoleName[]>>
export type Right = keyof typeof rights

/** Whether a person may do this in a locale, or, without one, at all. */
export function may(person: Pick<Person, 'roles'> | undefined, right: Right, locale?: Locale): boolean {
  const given: readonly RoleName[] = rights[right]
  return (
    person?.roles.some(
      (role) => given.includes(role.name) && (locale === undefined || role.locale === 'all' || role.locale === locale),
    ) ?? false
  )
}

/** The number of anybody’s tier for a program of before, which may still run: the lowest that it has. */
export const formerTier = 1

/** A person as the tables have them. */
interface PersonRow {
  readonly id: string
  readonly address: string
  readonly locale: string
  readonly tier_id: string
  readonly joined_at: string
  readonly roles: string | null
}

/** The person of a row. */
export function personIn(row: PersonRow): Person {
  const roles = JSON.parse(row.roles ?? '[]') as { name: string; locale: string }[]
  return {
    id: row.id,
    address: row.address,
    locale: row.locale,
    tier: row.tier_id,
    joinedAt: row.joined_at,
    roles: roles.flatMap(({ name, locale }) => {
      const known = roleNames.find((each) => each === name)
      return known ? [{ name: known, locale: locale === '' ? 'all' : locale }] : []
    }),
  }
}
