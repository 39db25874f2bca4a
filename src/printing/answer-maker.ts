// What this file brings together makes an answer, its facets, and what events and feeds compare. The build hashes it (`doors/program.ts`).
export { resolutionDocument } from '../editions/documents'
export { printAnswer } from '../editions/page'
export { nameOf, shareCardOf } from '../editions/share-card'
export { voices } from '../language/catalog'
export { appearancesOf } from './appearances'
export { compose } from './compose'
export { facetRowsOf } from './facets'
