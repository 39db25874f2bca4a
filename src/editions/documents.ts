import { documentKind } from '../briefings/document'
import type { Card } from './card'
import type { Resolution } from './print'
import type { Reading } from './reading'

// What a print writes. Only this program or an earlier one wrote it, so it is brought up to date and not parsed.
export const readingDocument = documentKind<Reading>([], (document) => document as Reading)
export const resolutionDocument = documentKind<Resolution>([], (document) => document as Resolution)
export const cardDocument = documentKind<Card>([], (document) => document as Card)
