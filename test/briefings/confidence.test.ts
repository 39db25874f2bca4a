import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gradedIn, gradeOf as gradeIn, isForReaders as isFor, rangesOf, rounded } from '../../src/briefings/confidence'
import { rounds } from '../support/rounds'

/** A site's table. */
const grades = [
  { id: 'a', from: 0.9 },
  { id: 'ab', from: 0.75 },
  { id: 'bc', from: 0.55 },
  { id: 'cd', from: 0.35 },
  { id: 'd', from: 0.1 },
]
const settings = { confidence: { grades } }
const gradeOf = (score: number) => gradeIn(score, grades)
const isForReaders = (confidence: number) => isFor({ confidence }, settings)

/** The same, as readers are shown it. */
const bands = [
  [0.9, 1, 'a'],
  [0.75, 0.89, 'ab'],
  [0.55, 0.74, 'bc'],
  [0.35, 0.54, 'cd'],
  [0.1, 0.34, 'd'],
] as const

const aScore = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
)

describe('a grade of confidence', () => {
  test.each(bands)('from %f to %f is %s, at both its edges', (from, to, id) => {
    expect([gradeOf(from)?.id, gradeOf(to)?.id]).toEqual([id, id])
    expect(rangesOf(grades).find((grade) => grade.id === id)).toMatchObject({ from, to })
  })

  test.each([
    [0.895, 'a'],
    [0.8949, 'ab'],
    [0.745, 'ab'],
    [0.7449, 'bc'],
    [0.545, 'bc'],
    [0.5449, 'cd'],
    [0.345, 'cd'],
    [0.3449, 'd'],
    [0.095, 'd'],
  ])('is given on the score as it is shown: %f is %s', (score, id) => {
    expect(gradeOf(score)?.id).toBe(id)
  })

  test('of every hundredth is the one whose row in the table holds it', () => {
    for (let hundredths = 10; hundredths <= 100; hundredths += 1) {
      const score = hundredths / 100
      const [row] = bands.filter(([from, to]) => score >= from && score <= to)
      expect(gradeOf(score)?.id, String(score)).toBe(row?.[2])
    }
  })

  test('is given to every score that readers are shown, and never falls as the score rises', () => {
    fc.assert(
      fc.property(aScore, aScore, (one, other) => {
        const [low, high] = one <= other ? [one, other] : [other, one]
        if (isForReaders(low)) expect(gradeOf(low)?.from).toBeLessThanOrEqual(gradeOf(high)?.from ?? 0)
        expect(rounded(low)).toBeLessThanOrEqual(rounded(high))
      }),
      { numRuns: rounds(1000) },
    )
  })

  test.each([0.0949, 0.005, 0, -0, Number.MIN_VALUE])('is not given to %f, which no reader is shown', (score) => {
    expect(gradeOf(score)).toBeUndefined()
    expect(isForReaders(score)).toBe(false)
  })

  test.each([Number.NaN, -0.01, 1.01, -Number.MIN_VALUE, 1.001, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'is refused to %f',
    (score) => {
      expect(() => gradeOf(score)).toThrow(RangeError)
      expect(() => isForReaders(score)).toThrow(RangeError)
    },
  )
})

describe('a score as it is shown', () => {
  test.each([
    [0.895, 0.9],
    [0.285, 0.29],
    [0.575, 0.58],
    [0.145, 0.15],
    [0.1, 0.1],
    [0.8949, 0.89],
    [1, 1],
    [0, 0],
  ])('is rounded half up, as people round: %f is %f', (score, shown) => {
    expect(rounded(score)).toBe(shown)
  })

  test('has two places and stays within half a hundredth of the score', () => {
    fc.assert(
      fc.property(aScore, (score) => {
        expect(String(rounded(score))).toMatch(/^[01](\.\d{1,2})?$/)
        expect(Math.abs(rounded(score) - score)).toBeLessThanOrEqual(0.005 + 1e-8)
        expect(rounded(rounded(score))).toBe(rounded(score))
      }),
    )
  })
})

describe('a briefing of little confidence', () => {
  test('is for internal monitoring below 0.10, as the score is shown, and for readers from there on', () => {
    expect([0, 0.05, 0.09, 0.0949].map(isForReaders)).toEqual([false, false, false, false])
    expect([0.095, 0.1, 0.5, 1].map(isForReaders)).toEqual([true, true, true, true])
  })
})

describe('a site', () => {
  test('has bounds and a floor of its own', () => {
    const own = {
      confidence: {
        grades: [
          { id: 'sure', from: 0.5 },
          { id: 'likely', from: 0.3 },
        ],
      },
    }
    expect(gradedIn({ confidence: 0.496 }, own)).toEqual({ confidence: 0.5, grade: 'sure' })
    expect(gradedIn({ confidence: 0.3 }, own)).toEqual({ confidence: 0.3, grade: 'likely' })
    expect([0.29, 0.3].map((confidence) => isFor({ confidence }, own))).toEqual([false, true])
  })

  test('without a table states no confidence, and keeps nothing back for it', () => {
    expect(gradedIn({ confidence: 0.9 }, {})).toEqual({})
    expect(isFor({ confidence: 0 }, {})).toBe(true)
  })

  test('prints a briefing that states none', () => {
    expect(gradedIn({}, settings)).toEqual({})
    expect(isFor({}, settings)).toBe(true)
  })
})
