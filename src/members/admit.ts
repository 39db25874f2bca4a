import { everyone, type Ladder, ladderOf, rankOn } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import { Refusal } from '../problem'
import type { SiteTier } from '../settings/settings'
import type { LiveSite } from '../site'
import { addPerson, setTier } from './administer'
import { joinedBySigningIn } from './membership'
import { findPerson } from './person-store'

/** What a call changed of a person. */
interface Called {
  readonly address: string
  readonly tier: Tier
  readonly isChanged: boolean
}

/**
 * Gives the person of an address a tier whose entry is a call. Adds them, if nobody has the address. A higher tier that they have in another
 * way is kept. Refuses other tiers.
 */
export async function giveByCall(site: LiveSite, address: string, tier: Tier, actor: string): Promise<Called> {
  const { tiers } = site.settings
  const callable = tiers.filter(isCalled).map(({ id }) => id)
  if (!callable.includes(tier)) {
    throw new Refusal('tier.not-called', { tier, tiers: [...callable, everyone] }, { kind: 'unprocessable' })
  }
  const person = await findPerson(site.database, { address })
  if (!person) {
    const added = await addPerson(site, { address, locale: site.locales.source, tier, roles: [] }, actor)
    return added ? { address, tier, isChanged: true } : await giveByCall(site, address, tier, actor)
  }
  const isKept = !callable.includes(person.tier) && isHigher(ladderOf(tiers), person.tier, tier)
  if (isKept) return { address, tier: person.tier, isChanged: false }
  return { address, tier, isChanged: await setTier(site, person.id, tier, actor) }
}

/** Takes a tier away that a call gave. The person then has what everybody who signs in has. */
export async function takeByCall(site: LiveSite, address: string, actor: string): Promise<Called> {
  const { tiers } = site.settings
  const person = await findPerson(site.database, { address })
  if (!person) throw new Refusal('person.unknown', { address }, { kind: 'not_found' })
  const isTaken = tiers.some((tier) => tier.id === person.tier && isCalled(tier))
  if (!isTaken) return { address, tier: person.tier, isChanged: false }
  const joined = joinedBySigningIn(tiers)
  const tier = isHigher(ladderOf(tiers), joined, person.tier) ? everyone : joined
  return { address, tier, isChanged: await setTier(site, person.id, tier, actor) }
}

const isCalled = ({ entry }: SiteTier) => entry === 'call'

const isHigher = (ladder: Ladder, one: Tier, other: Tier) => rankOn(ladder, one) > rankOn(ladder, other)
