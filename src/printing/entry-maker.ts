// What this file brings together makes the words by which search finds a briefing. The build hashes it (`doors/program.ts`).
export { voices } from '../language/catalog'
export { indexedIn, wordsOf } from '../search/entry'
export { compose } from './compose'
