import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** How many times as often as in CI on Node. */
    rounds: number
    /** What the values that properties are tried with come from. */
    seed: number
  }
}

const least = 3

/**
 * How often a claim is tried in which chance has a part: as often as this in CI, and many times as often by `npm run prove`.
 * On Workers it is tried with a quarter of the values that it was tried with on Node.
 */
export const rounds = (inCI: number): number => Math.max(least, Math.ceil(inCI * inject('rounds')))
