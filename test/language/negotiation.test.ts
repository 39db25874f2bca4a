import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writtenForm } from '../../src/language/locale'
import { closest, meant, negotiate, notOpen, notTarget } from '../../src/language/negotiation'
import { explain } from '../../src/language/newsroom'
import { rounds } from '../support/rounds'

const available = ['en', 'es', 'fr', 'de', 'pt-BR', 'ar', 'zh-Hans', 'ja']

/** Stands apart from every expectation but "nothing was understood", so that a match cannot be taken for it. */
const otherwise = 'ja'
const asked = (header: string) => negotiate(header, available, otherwise)

describe('whoever types a language', () => {
  const open = ['en', 'es', 'pl', 'pt-BR', 'zh-Hans', 'sr']
  const site = { source: 'en', locales: open.map((tag) => ({ tag, state: 'public' as const, fallback: [] })) }

  test.each([
    ['pl', 'pl'],
    ['pl_PL', 'pl'],
    ['PL', 'pl'],
    ['pl-pl', 'pl'],
    ['es_MX', 'es'],
    ['es-419', 'es'],
    ['en_GB', 'en'],
    ['pt_br', 'pt-BR'],
    ['pt', 'pt-BR'],
    ['zh_CN', 'zh-Hans'],
    ['zh-hans-sg', 'zh-Hans'],
    ['sr-RS', 'sr'],
    ['pt-PT', undefined],
    ['zh-TW', undefined],
    ['sr-Latn', undefined],
    ['ar-XB', undefined],
    ['fr', undefined],
    ['polish', undefined],
    ['../pl', undefined],
    ['', undefined],
  ])('as %j means %j', (typed, locale) => {
    expect(meant(site, typed)).toBe(locale)
  })

  test('and means none is told which there are, and which comes nearest', () => {
    const languages = 'Its languages are en, es, pl, pt-BR, zh-Hans and sr.'
    expect(explain(notOpen(site, 'fr'))).toBe(`fr is not a language of this site. ${languages}`)
    expect(explain(notOpen(site, 'pt-PT'))).toBe(`pt-PT is not a language of this site. ${languages} Did you mean pt-BR?`)
    const targets = 'Its languages are es, pl, pt-BR, zh-Hans and sr.'
    expect(explain(notTarget(site, 'en'))).toBe(`This site is not translated into en. ${targets}`)
    expect(explain(notTarget(site, 'zh_TW'))).toBe(`This site is not translated into zh_TW. ${targets} Did you mean zh-Hans?`)
  })
})

describe('a reader who names no locale', () => {
  test.each([
    ['', 'ja'],
    ['es', 'es'],
    ['es-MX', 'es'],
    ['es-419,es;q=0.9,en;q=0.8', 'es'],
    ['EN-us', 'en'],
    ['en-GB', 'en'],
    ['en_GB', 'en'],
    ['pt-PT', 'pt-BR'],
    ['pt', 'pt-BR'],
    ['zh', 'zh-Hans'],
    ['zh-CN,zh;q=0.9', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-TW', 'ja'],
    ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', 'en'],
    ['zh-HK,zh-TW;q=0.8', 'ja'],
    ['zh-TW,zh-CN;q=0.5', 'zh-Hans'],
    ['nb', 'ja'],
    ['nb,sv;q=0.9,de;q=0.1', 'de'],
    ['ar-EG', 'ar'],
    ['ar-Latn', 'ja'],
    ['fr;q=0.5,de;q=0.8', 'de'],
    ['fr;q=0.5, de;q=0.5', 'fr'],
    ['fr ; Q=0.1 , de;q=0.2', 'de'],
    ['fr;level=1;q=0.1,de;q=0.2', 'de'],
    ['fr;q=0,de;q=0.001', 'de'],
    ['fr;q=0.000', 'ja'],
    ['*', 'ja'],
    ['en;q=0,*', 'ja'],
    ['ja;q=0,*', 'en'],
    ['ja;q=0,en;q=0,*;q=0.1', 'es'],
    ['nb,*;q=0.5', 'ja'],
    ['*,de', 'de'],
    ['*;q=0.8,de;q=0.7', 'ja'],
    ['*;q=0.8,ja;q=0.7', 'en'],
    ['es,*;q=0', 'es'],
    ['zh;q=0,zh-Hans;q=0,zh-CN', 'ja'],
    ['fr;q=NaN,de;q=0.1', 'de'],
    ['fr;q=-1,de;q=0.1', 'de'],
    ['fr;q=1e9,de;q=0.1', 'de'],
    ['fr;q=1.1,de;q=0.1', 'de'],
    ['fr;q=0.1234,de;q=0.1', 'fr'],
    ['fr;q=,de;q=0.1', 'de'],
    ['fr;q=Infinity,de', 'de'],
    ['und,de;q=0.1', 'de'],
    ['i-klingon,x-private,en-x,de', 'de'],
    [';;;,,;q=1,=,de', 'de'],
    ['__proto__,constructor,de', 'de'],
    ['français,ｅｓ,\u00ff\u00fe,de', 'de'],
    ['\0fr', 'ja'],
    ['fr de', 'ja'],
  ])('and sends %j is sent to %s', (header, locale) => {
    expect(asked(header)).toBe(locale)
  })

  test.each([
    ['4 kB of commas', ','.repeat(4096)],
    ['8 kB of a-', 'a-'.repeat(4096)],
    ['8 kB of en-', 'en-'.repeat(2731)],
    ['20,000 ranges that nobody speaks', 'xx,'.repeat(20_000)],
    ['one range of 100 kB', `fr${'-abcdefgh'.repeat(11_000)}`],
    ['100 kB of parameters', `fr${';a=b'.repeat(25_000)};q=0`],
    ['100 kB of spaces', ' '.repeat(100_000)],
  ])('and sends %s is sent to the default', (_what, header) => {
    expect(asked(header)).toBe(otherwise)
  })

  test('and sends 20,000 ranges is answered by the first fifty; the rest is not read', () => {
    expect(asked(`${'xx,'.repeat(49)}fr`)).toBe('fr')
    expect(asked(`${'xx,'.repeat(50)}fr`)).toBe(otherwise)
    expect(asked(`${'xx;q=0.1,'.repeat(50)}${'fr,'.repeat(20_000)}`)).toBe(otherwise)
  })

  test('and sends more than 4 kB is answered by what stands whole before the cut', () => {
    const padding = 'x'.repeat(4000)
    expect(asked(`${padding},fr,${padding}`)).toBe('fr')
    expect(asked(`${padding},${padding},fr`)).toBe(otherwise)
    for (let cut = 0; cut < 12; cut += 1) {
      expect(asked(`${'x'.repeat(4096 - cut)},zh-Hant-TW`)).toBe(otherwise)
      expect(asked(`${'x'.repeat(4096 - cut)},fr;q=0.0`)).toBe(otherwise)
    }
  })

  test('of Taiwan finds traditional characters where the site has them', () => {
    expect(negotiate('zh-TW,zh;q=0.9', ['en', 'zh-Hans', 'zh-Hant'], 'en')).toBe('zh-Hant')
    expect(negotiate('zh-HK', ['en', 'zh-Hans', 'zh-Hant'], 'en')).toBe('zh-Hant')
    expect(negotiate('zh', ['en', 'zh-Hans', 'zh-Hant'], 'en')).toBe('zh-Hans')
  })

  test('finds the very locale before another of its language', () => {
    expect(negotiate('pt-PT', ['pt-BR', 'pt-PT'], 'pt-BR')).toBe('pt-PT')
    expect(closest('pt-PT', ['pt-BR', 'pt-PT'])).toBe('pt-PT')
    expect(closest('pt-AO', ['pt-BR', 'pt-PT'])).toBe('pt-BR')
    expect(closest('nb', ['en', 'de'])).toBeUndefined()
  })
})

describe('weights are read as they are meant: decimal commas, many digits, no digit before the point', () => {
  test.each([
    ['en-GB, en-us;q=0,8, en;q=0,6, en_US;q=0,4, *', 'en'],
    ['de-DE, de;q=0,8', 'de'],
    ['fr;q=0,2,de;q=0,8', 'de'],
    ['fr;q=0,25;level=1,de;q=0,8', 'de'],
    ['fr;q=,2 , de;q=,8', 'de'],
    ['fr;q=0.20000,de;q=0.80000', 'de'],
    ['fr;q=.2,de;q=.8', 'de'],
    ['fr;q=0.2,de;q=1.0000', 'de'],
    ['fr;q=0.2,de;q=1,000', 'de'],
    ['fr;q=0,00,de;q=0.1', 'de'],
    ['fr;q=.0,de;q=0.1', 'de'],
    ['fr;q=0.0000,de;q=0.1', 'de'],
    ['fr;q=0, de', 'de'],
  ])('%j is answered with %s', (header, locale) => {
    expect(asked(header)).toBe(locale)
  })

  test('and a true q=0 refuses, also the locales that begin so, unless a longer range wants them', () => {
    expect(negotiate('en;q=0, *;q=0.1', ['en-GB', 'en', 'fr'], 'en')).toBe('fr')
    expect(negotiate('en;q=0, en-GB, *;q=0.1', ['en', 'en-GB', 'fr'], 'en')).toBe('en-GB')
    expect(negotiate('zh-Hans;q=0, zh', ['zh-Hans', 'zh-Hant'], 'fr')).toBe('fr')
  })
})

/** Asked; of what; found. Where ICU's matcher or jshttp/negotiator answers otherwise, docs/design/languages.md says why. */
const regional = [
  ['es-ES', ['en', 'es-419', 'es'], 'es'],
  ['pt', ['en', 'pt-PT', 'pt-BR'], 'pt-BR'],
  ['en-US', ['fr', 'en-GB', 'en'], 'en'],
  ['es-MX', ['es-ES', 'es-419', 'es'], 'es'],
  ['es-AR', ['es-419', 'es-MX', 'fr'], 'es-419'],
  ['es-AR', ['es-ES', 'es-419', 'es-AR'], 'es-AR'],
  ['de-CH', ['de-AT', 'de-DE', 'fr'], 'de-DE'],
  ['de', ['de-AT', 'de-CH', 'fr'], 'de-AT'],
  ['fr-CA', ['fr-BE', 'fr-CH', 'fr-FR'], 'fr-FR'],
  ['zh-Hant-HK', ['zh', 'zh-TW', 'zh-Hant-MO'], 'zh-TW'],
  ['zh-Hant-TW', ['zh', 'zh-Hant'], 'zh-Hant'],
  ['zh-CN', ['zh-Hant', 'zh-SG', 'zh'], 'zh'],
  ['sr-Latn-RS', ['sr', 'sr-Latn', 'sr-Latn-ME'], 'sr-Latn'],
  ['ca-ES-valencia', ['es', 'ca-AD', 'ca'], 'ca'],
  ['en-AU-u-ca-buddhist', ['fr', 'en-GB', 'en-AU'], 'en-AU'],
] as const

const orders = <Item>(list: readonly Item[]): (readonly Item[])[] =>
  list.length < 2 ? [list] : list.flatMap((item, at) => orders(list.toSpliced(at, 1)).map((rest) => [item, ...rest]))

describe('of several regions of a language: the plain language, the likely region, an area, and never the order of the list', () => {
  test.each(regional)('%s of %j finds %s', (header, list, found) => {
    for (const each of orders(list)) {
      expect(negotiate(header, each, 'xx')).toBe(found)
      expect(closest(new Intl.Locale(header).toString(), each)).toBe(found)
    }
  })

  test('whatever the list is, its order decides nothing', () => {
    const tags = [
      'en',
      'en-GB',
      'en-001',
      'en-US',
      'es',
      'es-419',
      'es-MX',
      'pt-BR',
      'pt-PT',
      'pt-AO',
      'zh-Hans',
      'zh-TW',
      'zh-HK',
    ]
    const list = fc.shuffledSubarray(tags, { minLength: 2 })
    fc.assert(
      fc.property(list, fc.constantFrom('en-AU', 'es-ES', 'es', 'pt', 'pt-MZ', 'zh-MO', 'zh', 'en-US'), (locales, wanted) => {
        expect(closest(wanted, locales)).toBe(closest(wanted, locales.toReversed()))
        expect(closest(wanted, locales)).toBe(closest(wanted, locales.toSorted()))
      }),
      { numRuns: rounds(500) },
    )
  })
})

const pool = ['en', 'es', 'fr', 'de', 'pt-BR', 'ar', 'zh-Hans', 'zh-Hant', 'ja', 'sr', 'sr-Latn']
const someLocales = fc.subarray(pool, { minLength: 1 })
const aName = fc.oneof(
  fc.constantFrom(...pool, '*', 'es-MX', 'pt', 'zh', 'zh-TW', 'en-GB', 'nb', 'und'),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll(/[,;]/g, '')),
)
const aWeight = fc.constantFrom(
  '',
  ';q=1',
  ';q=0.9',
  ';q=0.5',
  ';q=0.001',
  ';q=0',
  ';q=0.0',
  ';q=2',
  ';q=NaN',
  ';q=',
  ';level=1',
  ';',
)
const aRange = fc.tuple(aName, aWeight).map(([name, weight]) => name + weight)
const aHeader = fc.array(aRange, { maxLength: 30 }).map((ranges) => ranges.join(','))

describe('whatever a browser sends', () => {
  test('the answer is a locale of the site', () => {
    fc.assert(
      fc.property(fc.oneof(aHeader, fc.string({ unit: 'binary', maxLength: 300 })), someLocales, (header, locales) => {
        expect(locales).toContain(negotiate(header, locales, locales[0] ?? 'en'))
      }),
      { numRuns: rounds(500) },
    )
  })

  test('a first preference that the site has is answered with just that', () => {
    fc.assert(
      fc.property(someLocales, aHeader, (locales, rest) => {
        const wanted = locales.at(-1) ?? 'en'
        fc.pre(!new RegExp(`(^|,)${wanted};q=0(\\.0)?(,|$)`).test(rest))
        expect(negotiate(`${wanted},${rest}`, locales, locales[0] ?? 'en')).toBe(wanted)
      }),
      { numRuns: rounds(500) },
    )
  })

  test('a refused locale is never chosen, unless it is the one for those who can be given nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pool), someLocales, aHeader, aHeader, (refused, locales, before, after) => {
        const header = [before.split(',').slice(0, 15), `${refused};q=0`, after.split(',').slice(0, 15)].flat().join(',')
        fc.pre(!/;q=0, *\d/.test(header)) // Those are decimal commas.
        const answer = negotiate(header, locales, 'tr')
        expect(answer).not.toBe(refused)
      }),
      { numRuns: rounds(500) },
    )
  })

  test('nobody is sent to a script that they did not name', () => {
    const traditional = fc.array(fc.tuple(fc.constantFrom('zh-TW', 'zh-HK', 'zh-MO', 'zh-Hant'), aWeight), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(traditional, someLocales, fc.boolean(), (ranges, locales, isEchoed) => {
        const header = ['zh-TW', ...ranges.map(([tag, weight]) => tag + weight), ...(isEchoed ? ['zh;q=0.9'] : [])].join(',')
        const answer = negotiate(header, locales, 'tr')
        expect(answer === 'tr' || writtenForm(answer) === 'zh-Hant').toBe(true)
      }),
    )
  })

  test('what follows fifty ranges changes nothing', () => {
    const fifty = fc.array(fc.tuple(fc.constantFrom(...pool, 'nb', 'xx', ''), aWeight), { minLength: 50, maxLength: 50 })
    fc.assert(
      fc.property(fifty, aHeader, (ranges, more) => {
        fc.pre(!/^\s*\d/.test(more)) // That would be a decimal comma.
        const header = ranges.map(([tag, weight]) => tag + weight).join(',')
        expect(asked(`${header},${more}`)).toBe(asked(header))
      }),
    )
  })
})
