/**
 * The closed word lists for facts. Each word has a name in every catalog, under `<list>.<word>`. So facts are right in every language at
 * once.
 */
export const vocabulary = {
  kind: ['event', 'policy', 'market'],
  classification: ['signal', 'development', 'background'],
  category: ['event', 'product', 'regulation', 'investment', 'infrastructure'],
  contentType: ['signal-briefing', 'case-briefing', 'market-briefing'],
  domain: ['technology', 'competition', 'finance', 'infrastructure', 'public-policy'],
  impact: ['low', 'medium', 'high', 'critical'],
  relevance: ['low', 'medium', 'high'],
  horizon: ['immediate', 'near-term', 'medium-term', 'longer-term'],
  risk: ['low', 'medium', 'high'],
  imageOrigin: ['generated', 'drawn', 'photographed'],
} as const

export type Vocabulary = typeof vocabulary
/** The tiers, from least to most: everyone, members who joined and signed in, members who were admitted. */
export const tiers = ['public', 'circle', 'alliance'] as const
export type Tier = (typeof tiers)[number]

/** A tier as a number from 0. It grows with what the tier may read. */
export const rankOf = (tier: Tier) => tiers.indexOf(tier)

/** How much a change of the English matters to readers of a translation of the earlier text. */
export const significances = ['typo', 'minor', 'material'] as const
export type Significance = (typeof significances)[number]
