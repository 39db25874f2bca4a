import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Locales, writtenForm } from '../../src/language/locale'
import { chainOf, isFallback, resolve, type Work } from '../../src/language/resolution'
import { rounds } from '../support/rounds'

const chosen = (
  asked: string,
  editions: readonly string[],
  { chain = [], standing = 'none' }: { chain?: readonly string[]; standing?: Work } = {},
) => resolve(asked, chain, 'en', editions, standing)

describe('a reader', () => {
  test('is served the edition in their language, and no reason is given', () => {
    expect(chosen('es', ['en', 'es'])).toEqual({ asked: 'es', served: 'es', reason: 'exact' })
  })

  test('is served their own language though the English has no edition', () => {
    expect(chosen('es', ['es', 'fr'])).toEqual({ asked: 'es', served: 'es', reason: 'exact' })
  })

  test('of Mexico is served the Spanish of the site as their language, whether or not it was named as a neighbour', () => {
    expect(chosen('es-MX', ['en', 'es'])).toEqual({ asked: 'es-MX', served: 'es', reason: 'regional' })
    expect(chosen('es-MX', ['en', 'es'], { chain: ['es'] })).toEqual({ asked: 'es-MX', served: 'es', reason: 'regional' })
  })

  test('of Britain is served the English as their language', () => {
    expect(chosen('en-GB', ['en', 'es'], { chain: ['es'] })).toEqual({ asked: 'en-GB', served: 'en', reason: 'regional' })
  })

  test('is never served a pseudo-locale for their language, and a developer no language for a pseudo-locale', () => {
    expect(chosen('ar', ['en', 'ar-XB'])).toEqual({ asked: 'ar', served: 'en', reason: 'not-yet-available' })
    expect(chosen('en-GB', ['en-XA', 'en'])).toEqual({ asked: 'en-GB', served: 'en', reason: 'regional' })
    expect(chosen('ar-XB', ['en', 'ar'])).toEqual({ asked: 'ar-XB', served: 'en', reason: 'not-yet-available' })
    expect(chosen('en-XA', ['en'])).toEqual({ asked: 'en-XA', served: 'en', reason: 'not-yet-available' })
    expect(chosen('en-XA', ['en', 'en-XA'])).toEqual({ asked: 'en-XA', served: 'en-XA', reason: 'exact' })
  })

  test('is served their own language before a neighbour’s, wherever the chain names it', () => {
    expect(chosen('es-MX', ['en', 'pt-BR', 'es'], { chain: ['pt-BR', 'es'] })?.served).toBe('es')
  })

  test('is served the English where there is nothing in their language, and told so', () => {
    expect(chosen('es', ['en', 'fr'])).toEqual({ asked: 'es', served: 'en', reason: 'not-yet-available' })
  })

  test('is told that a translation is under way', () => {
    expect(chosen('es', ['en'], { standing: 'under-way' })).toEqual({ asked: 'es', served: 'en', reason: 'in-translation' })
  })

  test('is told that a translation was withdrawn', () => {
    expect(chosen('es', ['en'], { standing: 'withdrawn' })).toEqual({ asked: 'es', served: 'en', reason: 'withdrawn' })
  })

  test('of Catalan is served the Spanish, the neighbour that the site names', () => {
    expect(chosen('ca', ['en', 'es', 'fr'], { chain: ['es', 'fr'] })).toEqual({
      asked: 'ca',
      served: 'es',
      reason: 'fallback-language',
    })
  })

  test('is served the next neighbour where the first has no edition', () => {
    expect(chosen('ca', ['en', 'fr'], { chain: ['es', 'fr'] })).toEqual({
      asked: 'ca',
      served: 'fr',
      reason: 'fallback-language',
    })
    expect(chosen('ca', ['en', 'it'], { chain: ['es', 'fr'] })).toEqual({
      asked: 'ca',
      served: 'en',
      reason: 'not-yet-available',
    })
  })

  test('of zh-TW is never served zh-Hans as their language, nor at all unless the site says so', () => {
    expect(chosen('zh-TW', ['en', 'zh-Hans'])).toEqual({ asked: 'zh-TW', served: 'en', reason: 'not-yet-available' })
    expect(chosen('zh-TW', ['en', 'zh-Hans'], { chain: ['zh-Hans'] })?.reason).toBe('fallback-language')
    expect(chosen('zh-TW', ['en', 'zh-Hans', 'zh-Hant'], { chain: ['zh-Hans', 'zh-Hant'] })?.served).toBe('zh-Hant')
  })

  test('is never served a language that nobody named, nor English that was not published', () => {
    expect(chosen('es', ['fr', 'de'])).toBeUndefined()
    expect(chosen('en', ['fr', 'de'])).toBeUndefined()
    expect(chosen('en-GB', ['fr'])).toBeUndefined()
    expect(chosen('es', [], { standing: 'withdrawn' })).toBeUndefined()
  })

  test('is told only where another language than theirs is served', () => {
    expect((['exact', 'regional'] as const).map((reason) => isFallback({ reason }))).toEqual([false, false])
    const told = ['not-yet-available', 'in-translation', 'withdrawn', 'fallback-language'] as const
    expect(told.map((reason) => isFallback({ reason }))).toEqual([true, true, true, true])
  })
})

describe('a chain of neighbours', () => {
  const site: Locales = { source: 'en', locales: [{ tag: 'ca', state: 'preview', fallback: ['es', 'fr'] }] }

  test('is the one that the site configured, and empty for a locale it does not know', () => {
    expect(chainOf(site, 'ca')).toEqual(['es', 'fr'])
    expect(chainOf(site, 'es')).toEqual([])
    expect(chainOf(site, '__proto__')).toEqual([])
  })
})

const pool = ['en', 'en-GB', 'es', 'es-MX', 'ca', 'pt-BR', 'pt-PT', 'zh-Hans', 'zh-Hant', 'zh-TW', 'sr', 'sr-Latn', 'ar']
const aCase = fc.record({
  asked: fc.constantFrom(...pool),
  chain: fc.shuffledSubarray(pool),
  source: fc.constantFrom(...pool),
  editions: fc.shuffledSubarray(pool),
  standing: fc.constantFrom('none' as const, 'under-way' as const, 'withdrawn' as const),
})

const everyCase = (
  holds: (given: { asked: string; chain: string[]; source: string; editions: string[]; standing: Work }) => void,
) => fc.assert(fc.property(aCase, holds), { numRuns: rounds(1000) })

describe('whatever a site configures', () => {
  test('what is served always has an edition', () => {
    everyCase(({ asked, chain, source, editions, standing }) => {
      const choice = resolve(asked, chain, source, editions, standing)
      if (choice) expect(editions).toContain(choice.served)
    })
  })

  test('what is served was asked for, is written as the reader writes, is a configured neighbour, or is the source', () => {
    everyCase(({ asked, chain, source, editions, standing }) => {
      const choice = resolve(asked, chain, source, editions, standing)
      if (choice && choice.reason !== 'regional') expect([asked, source, ...chain]).toContain(choice.served)
    })
  })

  test('nobody is left without an answer while their language or the source has an edition', () => {
    everyCase(({ asked, chain, source, editions, standing }) => {
      const isAnswered = resolve(asked, chain, source, editions, standing) !== undefined
      expect(isAnswered || !(editions.includes(asked) || editions.includes(source))).toBe(true)
    })
  })

  test('a source without an edition is never served', () => {
    everyCase(({ asked, chain, source, editions, standing }) => {
      const withoutSource = editions.filter((locale) => locale !== source)
      expect(resolve(asked, chain, source, withoutSource, standing)?.served).not.toBe(source)
    })
  })

  test('nobody is sent across scripts as if it were their language', () => {
    everyCase(({ asked, chain, source, editions, standing }) => {
      const choice = resolve(asked, chain, source, editions, standing)
      if (choice?.reason === 'regional') expect(writtenForm(choice.served)).toBe(writtenForm(asked))
    })
  })

  test('an edition in the asked language is served, exactly then without a reason', () => {
    everyCase(({ asked, chain, source, editions, standing }) => {
      const choice = resolve(asked, chain, source, editions, standing)
      expect(choice?.reason === 'exact').toBe(editions.includes(asked))
      expect(choice?.served === asked).toBe(editions.includes(asked))
    })
  })

  test('the standing of a translation changes what is said, never what is served', () => {
    everyCase(({ asked, chain, source, editions }) => {
      const served = (['none', 'under-way', 'withdrawn'] as const).map(
        (each) => resolve(asked, chain, source, editions, each)?.served,
      )
      expect(new Set(served).size).toBe(1)
    })
  })
})
