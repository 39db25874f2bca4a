/**
 * The closed word lists that facts are written in. Each word has its name in every catalog under `<list>.<word>`,
 * which is what makes facts right in every language at once.
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
/** What a reader may open, from least to most: everyone, those who joined and signed in, those admitted. */
export const tiers = ['public', 'circle', 'alliance'] as const
export type Tier = (typeof tiers)[number]

/** A tier as a number that grows with what it opens, from 0. */
export const rankOf = (tier: Tier) => tiers.indexOf(tier)

/** How much a change of the English matters to someone who reads a translation of what it was before. */
export const significances = ['typo', 'minor', 'material'] as const
export type Significance = (typeof significances)[number]
