// What this file brings together makes what an answer says of an edition in its language. The build hashes it (`doors/program.ts`).
export { altOf, nameOf, shareCardOf } from '../editions/share-card'
export { structuredData } from '../editions/structured-data'
export { voices } from '../language/catalog'
