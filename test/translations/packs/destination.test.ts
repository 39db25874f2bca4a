import { describe, expect, test } from 'vitest'
import type { Locales } from '../../../src/language/locale'
import { addressedTo } from '../../../src/translations/packs/destination'
import type { ReturnedPack } from '../../../src/translations/packs/pack'

const tags = ['en', 'es', 'zh-Hans', 'pt-BR', 'de', 'ja']
const locales: Locales = { source: 'en', locales: tags.map((tag) => ({ tag, state: 'public', fallback: [] })) }
const pack = { name: 'harbour-closes', sourceRevision: 1, targets: new Map() }
const led = (changes: Pick<ReturnedPack, 'locale' | 'source'>) => addressedTo(locales, { ...pack, ...changes }).locale

describe('a returned file', () => {
  test.each([
    ['es-ES', 'es'],
    ['zh-CN', 'zh-Hans'],
    ['zh', 'zh-Hans'],
    ['pt', 'pt-BR'],
    ['de-DE', 'de'],
    ['ja-JP', 'ja'],
    ['es', 'es'],
  ])('for %s is for %s, where an address would lead there', (tag, locale) => {
    expect(led({ locale: tag })).toBe(locale)
  })

  test.each(['pt-PT', 'zh-TW', 'es-MX', 'pl'])('for %s is for no language of the site', (tag) => {
    expect(led({ locale: tag })).toBe(tag)
  })

  test('may name the English by its region, or not at all', () => {
    for (const source of ['en', 'en-GB', 'en-US']) expect(led({ locale: 'es', source })).toBe('es')
    expect(led({ locale: 'es' })).toBe('es')
  })

  test('that was made from another language is refused', () => {
    expect(() => led({ locale: 'es', source: 'fr' })).toThrow('was made from fr, but this site translates from en')
  })
})
