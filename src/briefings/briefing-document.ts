import { type Briefing, briefingSchema } from './briefing'
import { documentKind } from './document'

/** The English of a briefing and its facts, as a source revision has them. */
export const briefingDocument = documentKind<Briefing>([], (document) => briefingSchema.parse(document))
