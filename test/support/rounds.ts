import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many times as often as in CI. */
    rounds: number
  }
}

/** How often a claim is tried in which chance has a part: as often as this in CI, and many times as often by `npm run prove`. */
export const rounds = (inCI: number): number => inCI * inject('rounds')
