import { describe, expect, test } from 'vitest'
import { languages, pairsIn, ratesOf } from './corpus'

/** Of sound translations at most so many are warned of, and of faulty ones at most so many are missed. */
const most = { warned: 0.05, missed: 0.1 }

describe.each(languages)('the checks in %s', (tag) => {
  const pairs = pairsIn('corpus', tag)
  const { sound, faulty, warned, missed } = ratesOf(tag, pairs)

  test('warn of hardly any sound sentence', () => {
    expect(sound).toBeGreaterThanOrEqual(50)
    expect(warned.map(({ translation, rules }) => [...rules, translation]).slice(Math.floor(most.warned * sound))).toEqual([])
  })

  test('miss hardly any fault', () => {
    expect(faulty).toBeGreaterThanOrEqual(50)
    expect(missed.map(({ translation, why }) => [why, translation]).slice(Math.floor(most.missed * faulty))).toEqual([])
  })
})

test('sentences that are all called faulty, or all sound, would be noticed', () => {
  const pairs = pairsIn('corpus', 'es')
  const turned = pairs.map((pair) => ({ ...pair, fault: pair.fault === null ? ('number' as const) : null }))
  const { sound, faulty, warned, missed } = ratesOf('es', turned)
  expect([warned.length / sound > most.warned, missed.length / faulty > most.missed]).toEqual([true, true])
})
