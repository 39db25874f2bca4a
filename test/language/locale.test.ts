import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addressed,
  canonical,
  direction,
  type Locales,
  openGraphLocale,
  openLocales,
  publicLocales,
  sameLocale,
  writtenForm,
} from '../../src/language/locale'
import { areas, isRegion } from '../../src/language/region'
import { rounds } from '../support/rounds'

const shown = (tag: string) => ({ tag, state: 'public' as const, fallback: [] })

const site: Locales = {
  source: 'en',
  locales: [
    ...['en', 'es', 'pt-BR', 'ar', 'zh-Hans'].map(shown),
    { tag: 'ca', state: 'preview', fallback: ['es'] },
    { tag: 'pl', state: 'hidden', fallback: [] },
  ],
}

/** What people, programs and attackers write where a tag belongs. */
const anyTag = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.oneof(fc.stringMatching(/^[a-zA-Z0-9]{0,9}$/), fc.constantFrom('x', 'u', 't', 'und', 'Hant')), { maxLength: 8 })
    .map((parts) => parts.join('-')),
)

describe('the canonical spelling of a locale', () => {
  test.each([
    ['EN', 'en'],
    ['en_US', 'en-US'],
    ['eN-lAtN-gB', 'en-Latn-GB'],
    ['pt-br', 'pt-BR'],
    ['PT_br', 'pt-BR'],
    ['ZH-HANS', 'zh-Hans'],
    ['cmn', 'zh'],
    ['iw', 'he'],
    ['eng', 'en'],
    ['ca-valencia', 'ca-valencia'],
  ])('of %s is %s', (typed, tag) => {
    expect(canonical(typed)).toBe(tag)
  })

  test.each([
    '',
    '-',
    '_',
    'e',
    'xx-invalid-',
    '-en',
    'en-',
    'en--US',
    'en-x',
    'i-klingon',
    'x-private',
    'e%00s',
    'e\0s',
    'es\n',
    ' es',
    '__proto__',
    '*',
    'français',
    'ｅｓ',
    'ſk',
    'abcdefghi',
    'en-US-US',
    'und',
    'UND_FR',
    'a-'.repeat(4000),
    `en-${'abcdefgh-'.repeat(2000)}`,
    'de-1996-abcde-fghij-klmno-pqrst-uvwxy',
  ])('is none for what is no locale: %j', (typed) => {
    expect(canonical(typed)).toBeUndefined()
  })

  test('is its own canonical spelling', () => {
    const spelt = fc.tuple(fc.stringMatching(/^[a-zA-Z]{2,3}$/), fc.constantFrom('', '-latn', '_HANT', '-us', '_419', '-Arab-eg'))
    fc.assert(
      fc.property(spelt, ([language, rest]) => {
        const tag = canonical(language + rest)
        expect(tag === undefined || canonical(tag) === tag).toBe(true)
      }),
    )
  })

  test('is asked for without harm, whatever was typed, and what it gives can be used', () => {
    fc.assert(
      fc.property(anyTag, (typed) => {
        const tag = canonical(typed)
        if (tag === undefined) return
        expect(['ltr', 'rtl']).toContain(direction(tag))
        expect(writtenForm(tag)).toContain('-')
        expect(openGraphLocale(tag)).toContain('_')
        expect(sameLocale(tag, tag)).toBe(true)
      }),
      { numRuns: rounds(500) },
    )
  })
})

describe('the first part of an address', () => {
  test.each(['en', 'es', 'pt-BR', 'ar', 'zh-Hans'])('names %s in its own spelling', (tag) => {
    expect(addressed(site, tag)).toEqual({ locale: tag })
  })

  test('names a locale in preview to those who know it, and a hidden one to nobody', () => {
    expect(addressed(site, 'ca')).toEqual({ locale: 'ca' })
    expect(addressed(site, 'pl')).toBeUndefined()
    expect(addressed(site, 'PL')).toBeUndefined()
  })

  test.each([
    ['EN', 'en'],
    ['en_US', 'en'],
    ['en-us', 'en'],
    ['eng', 'en'],
    ['es-ES', 'es'],
    ['ES', 'es'],
    ['pt', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['pt_BR', 'pt-BR'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh_cn', 'zh-Hans'],
    ['zh-Hans-CN', 'zh-Hans'],
    ['cmn', 'zh-Hans'],
    ['ar-Arab', 'ar'],
  ])('%s has moved to %s', (typed, moved) => {
    expect(addressed(site, typed)).toEqual({ moved })
  })

  test.each([
    'zh-TW',
    'zh-Hant',
    'zh-HK',
    'pt-PT',
    'en-GB',
    'es-MX',
    'en-u-ca-buddhist',
    'fr',
    'und',
    'und-ES',
    'i-klingon',
    'x-private',
    'xx-invalid-',
    '__proto__',
    'constructor',
    'toString',
    'e%00s',
    '%2f%2fevil',
    '..',
    '',
  ])('%j names nothing of this site', (typed) => {
    expect(addressed(site, typed)).toBeUndefined()
  })

  test('never leads anywhere but to an open locale of the site, whatever was typed', () => {
    fc.assert(
      fc.property(anyTag, (typed) => {
        const named = addressed(site, typed)
        if (named === undefined) return
        expect(openLocales(site)).toContain('locale' in named ? named.locale : named.moved)
      }),
      { numRuns: rounds(500) },
    )
  })
})

describe('a locale of the site', () => {
  test('has addresses unless it is hidden, and is shown to everyone where it is public', () => {
    expect(openLocales(site)).toEqual(['en', 'es', 'pt-BR', 'ar', 'zh-Hans', 'ca'])
    expect(publicLocales(site)).toEqual(['en', 'es', 'pt-BR', 'ar', 'zh-Hans'])
  })

  test.each([
    'ar',
    'ar-Latn-EG',
    'he',
    'fa',
    'ur',
    'yi',
    'dv',
    'ckb',
    'ps',
    'ug',
    'pa-PK',
    'pa',
    'az-IR',
    'az',
    'en',
    'ja',
    'zh-Hans',
    'ff-Adlm',
    'nqo',
    'syr',
  ])('runs as its script does: %s', (tag) => {
    const rightToLeft = ['ar', 'he', 'fa', 'ur', 'yi', 'dv', 'ckb', 'ps', 'ug', 'pa-PK', 'az-IR', 'ff-Adlm', 'nqo', 'syr']
    expect(direction(tag)).toBe(rightToLeft.includes(tag) ? 'rtl' : 'ltr')
  })

  test('written in Taiwan is not written in Beijing', () => {
    expect(writtenForm('zh-TW')).toBe('zh-Hant')
    expect(writtenForm('zh-HK')).toBe('zh-Hant')
    expect(writtenForm('zh-SG')).toBe('zh-Hans')
    expect(writtenForm('sr-ME')).not.toBe(writtenForm('sr'))
  })

  test('has a territory for those who insist on one', () => {
    expect(openGraphLocale('es')).toBe('es_ES')
    expect(openGraphLocale('pt-BR')).toBe('pt_BR')
    expect(openGraphLocale('zh-Hans')).toBe('zh_CN')
  })
})

describe('a region', () => {
  test.each(['FR', 'GB', 'XK', 'TW', 'EU', 'UN', ...areas])('can be %s', (code) => {
    expect(isRegion(code)).toBe(true)
  })

  test.each([
    'ZZ',
    'XA',
    'XB',
    'QQ',
    'AA',
    'UK',
    'SU',
    'YU',
    'DD',
    'fr',
    'FRA',
    'F',
    '',
    '000',
    '250',
    '1',
    'F1',
    'FR ',
    '__proto__',
  ])('is never %j, which is no place or not its present code', (code) => {
    expect(isRegion(code)).toBe(false)
  })
})
