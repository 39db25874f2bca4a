import { documentKind } from '../briefings/document'
import type { Card } from './card'
import type { Resolution } from './print'
import type { Reading } from './reading'

// What a print leaves. This program's own print wrote it, or an earlier one's: it is not parsed, but brought up to date.
export const readingDocument = documentKind<Reading>([], (document) => document as Reading)
export const resolutionDocument = documentKind<Resolution>([], (document) => document as Resolution)
export const cardDocument = documentKind<Card>([], (document) => document as Card)
