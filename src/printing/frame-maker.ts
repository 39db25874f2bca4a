// What this file brings together makes what all pages share. The build hashes it (`doors/program.ts`).
export { voices } from '../language/catalog'
export { frameOf } from '../ui/layout'
