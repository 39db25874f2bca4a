// What this file brings together makes an edition and what lists show of it. The build hashes it (`doors/program.ts`).
export { cardOf } from '../editions/card'
export { cardDocument, readingDocument } from '../editions/documents'
export { printEdition } from '../editions/page'
export { voices } from '../language/catalog'
export { compose } from './compose'
