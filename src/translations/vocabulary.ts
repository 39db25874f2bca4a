/** The states of a translation, and who made it. */
export const translationStates = ['draft', 'in-review', 'approved', 'withdrawn'] as const
export const provenances = ['human', 'machine', 'machine-reviewed'] as const
export type TranslationState = (typeof translationStates)[number]
export type Provenance = (typeof provenances)[number]
