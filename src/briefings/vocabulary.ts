/** How a picture came about. */
export const imageOrigins = ['generated', 'drawn', 'photographed'] as const

/** A tier by its id: one of the site's own (`briefings/ladder.ts`), or `public`, which is everyone. */
export type Tier = string

/** How much a change of the English matters to readers of a translation of the earlier text. */
export const significances = ['typo', 'minor', 'material'] as const
export type Significance = (typeof significances)[number]
