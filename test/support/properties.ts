import fc from 'fast-check'
import { inject } from 'vitest'
import { rounds } from './rounds'

// In CI each property is tried with the same values every time, so that a change is what makes it fail. `npm run prove` tries new ones.
fc.configureGlobal({ numRuns: rounds(100), seed: inject('seed') })
