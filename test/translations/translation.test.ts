import { describe, expect, test } from 'vitest'
import { isPrintable, type Translation, workOn } from '../../src/translations/translation'
import { translationStates } from '../../src/translations/vocabulary'

const translation = (changes: Partial<Translation> = {}): Translation => ({
  locale: 'fr',
  state: 'approved',
  provenance: 'human',
  credits: ['Ada Traductrice'],
  segments: { title: { text: 'Le port ferme', seen: 'a' } },
  ...changes,
})

describe('a translation', () => {
  test('is printed when it is approved, and in no other state', () => {
    expect(translationStates.filter((state) => isPrintable(translation({ state })))).toEqual(['approved'])
  })

  test('is not printed while it has not a word', () => {
    expect(isPrintable(translation({ segments: {} }))).toBe(false)
    expect(isPrintable(translation({ segments: { title: { text: '', seen: 'a' }, summary: { text: ' \n', seen: 'b' } } }))).toBe(
      false,
    )
  })

  test('is printed from its first word on', () => {
    expect(isPrintable(translation({ segments: { title: { text: '', seen: 'a' }, summary: { text: 'Un.', seen: 'b' } } }))).toBe(
      true,
    )
  })

  test('is printed, no matter who made it: the reader learns who', () => {
    const provenances = ['human', 'machine', 'machine-reviewed'] as const
    expect(provenances.map((provenance) => isPrintable(translation({ provenance })))).toEqual([true, true, true])
  })
})

describe('a reader without a translation', () => {
  test('hears of none that nobody has begun', () => {
    expect(workOn(undefined)).toBe('none')
  })

  test('hears of one that is being drafted or reviewed', () => {
    expect(workOn(translation({ state: 'draft' }))).toBe('under-way')
    expect(workOn(translation({ state: 'in-review' }))).toBe('under-way')
  })

  test('hears nothing of a machine’s draft until a person takes it up', () => {
    expect(workOn(translation({ state: 'draft', provenance: 'machine' }))).toBe('none')
    expect(workOn(translation({ state: 'in-review', provenance: 'machine' }))).toBe('under-way')
    expect(workOn(translation({ state: 'draft', provenance: 'machine-reviewed' }))).toBe('under-way')
  })

  test('hears of an approved one that has not a word as of one under way', () => {
    expect(workOn(translation({ segments: {} }))).toBe('under-way')
  })

  test('hears that one was withdrawn, however much of it there was', () => {
    expect(workOn(translation({ state: 'withdrawn' }))).toBe('withdrawn')
    expect(workOn(translation({ state: 'withdrawn', segments: {} }))).toBe('withdrawn')
  })

  test('hears nothing of one that is printed: they read it', () => {
    expect(workOn(translation())).toBe('none')
  })
})
