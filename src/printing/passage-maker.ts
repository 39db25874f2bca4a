// What this file brings together makes a passage in an edition of another language. The build hashes it (`doors/program.ts`).
export { passageHtml } from '../editions/passage'
export { voices } from '../language/catalog'
