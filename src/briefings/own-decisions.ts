import type { Decisions } from './decided'
import type { Vocabulary } from './vocabulary'

/** The words that the program has names for, under `<list>.<word>` in every catalog. */
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
} as const satisfies Vocabulary

/** What the sample site decides. */
export const ownDecisions: Decisions = {
  vocabulary,
  requires: [
    'kind',
    'classification',
    'category',
    'contentType',
    'domain',
    'impact',
    'confidence',
    'regions',
    'operationalRelevance',
    'timeHorizon',
    'topic',
    'image',
    'image.caption',
    'image.context',
    'image.relevance',
    'image.provenance',
    'sources.risk',
    'sources.note',
    'reasons',
    'event',
    'context',
  ],
}
