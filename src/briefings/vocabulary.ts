import type { ListName } from '../language/word-lists'

/** The words of each list. Those of impact and of risk stand in order, from the least to the most. */
export type Vocabulary = Readonly<Record<ListName, readonly string[]>>

/** How a picture came about. */
export const imageOrigins = ['generated', 'drawn', 'photographed'] as const

/** The tiers, from least to most: everyone, members who joined and signed in, members who were admitted. */
export const tiers = ['public', 'circle', 'alliance'] as const
export type Tier = (typeof tiers)[number]

/** A tier as a number from 0. It grows with what the tier may read. */
export const rankOf = (tier: Tier) => tiers.indexOf(tier)

/** How much a change of the English matters to readers of a translation of the earlier text. */
export const significances = ['typo', 'minor', 'material'] as const
export type Significance = (typeof significances)[number]
