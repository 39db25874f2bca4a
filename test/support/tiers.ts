import type { Tier } from '../../src/briefings/vocabulary'

/** The tiers of the sample site, and everyone, who has the lowest. */
export const tiers: readonly Tier[] = ['public', 'circle', 'alliance']

export const rankOf = (tier: Tier): number => tiers.indexOf(tier)
