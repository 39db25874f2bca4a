import type { SiteTier } from '../settings/settings'
import type { Tier } from './vocabulary'

/** The ids of a site's tiers, lowest first. What a tier may read, those above it may read too. */
export type Ladder = readonly Tier[]

export const ladderOf = (tiers: readonly SiteTier[]): Ladder => tiers.map(({ id }) => id)

/** What everyone may read. It is a tier of no ladder. */
export const everyone: Tier = 'public'

/** A tier as a number. 0 is everyone, and a tier that the ladder does not have. */
export const rankOn = (ladder: Ladder, tier: Tier): number => ladder.indexOf(tier) + 1

/** A person's tier on a ladder: what they were given, if it is on it. */
export const heldOn = (ladder: Ladder, given: Tier): Tier => (ladder.includes(given) ? given : everyone)

/** The highest tier, which is everyone on a site without tiers. */
export const highestOn = (ladder: Ladder): Tier => ladder.at(-1) ?? everyone

/** All ladders that a site has had, oldest first, and the place of the one that a text was saved under. */
export interface LadderPast {
  readonly ladders: readonly Ladder[]
  readonly saved: number
}

/**
 * The tiers that may read the texts of a tier, by the last ladder. At first they are those from that tier upwards. With each later ladder,
 * a tier that the site has had before keeps or loses a text, and never gets one: only a tier that is new gets it by its rank. If a ladder
 * does not have the tier of a text, only its highest tier may read it. So no change of the ladder opens a text to anybody.
 */
export function readersOf(access: Tier, { ladders, saved }: LadderPast): Ladder {
  const had = new Set(ladders.slice(0, saved + 1).flat())
  let readers = from(ladders[saved] ?? [], access)
  for (const ladder of ladders.slice(saved + 1)) {
    readers = from(ladder, access).filter((tier) => readers.includes(tier) || !had.has(tier))
    for (const tier of ladder) had.add(tier)
  }
  return readers
}

const from = (ladder: Ladder, access: Tier): Ladder =>
  ladder.includes(access) ? ladder.slice(ladder.indexOf(access)) : ladder.slice(-1)

/** The past of a text with today's ladder at its end, if that is not what it ends with. */
export const upTo = ({ ladders, saved }: LadderPast, today: Ladder): LadderPast => ({
  ladders: isSameLadder(ladders.at(-1), today) ? ladders : [...ladders, today],
  saved: ladders.length === 0 ? 0 : saved,
})

export const isSameLadder = (one: Ladder | undefined, other: Ladder): boolean =>
  one?.length === other.length && other.every((tier, at) => one[at] === tier)

/**
 * The tiers that an edition is for, as it keeps them (`isFor` in `storage/ladders.ts`): each with a space on both sides, and then the number of
 * the ladder that it was printed under. Everyone's names none.
 */
export const tiersKept = (tiers: readonly string[], ladder: number): string =>
  tiers.length === 0 ? '' : ` ${tiers.join(' ')} #${ladder}`
