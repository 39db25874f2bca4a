import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shelved } from '../../src/search/entry'
import { placesOf, readQuery, typedIn } from '../../src/search/query'
import { excerptOf, markedIn } from '../../src/search/snippet'
import { stemsFor, stemsOf } from '../../src/search/stem'
import { unitsOf } from '../../src/search/units'
import { rounds } from '../support/rounds'

const pieces = Array.from('’ʼ\'"«- ').concat(
  'l',
  's',
  't',
  'dell',
  'eau',
  'Don',
  'об',
  'єднання',
  'צה',
  'ל',
  'נמל',
  '수',
  '입이',
  '年',
  'न्',
  'दी',
  '२',
)
const aText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 20 }),
)
const locales = ['en', 'de', 'ar', 'ja', 'zh-Hans', 'pl']
const formsOf = (text: string, locale = 'en') => unitsOf(text, locale).map(({ form }) => form)

describe('the units of a text', () => {
  test.each([
    ['Łódź, São Tomé & Ærø', 'en', ['lodz', 'sao', 'tome', 'aero']],
    ['Straße', 'de', ['strasse']],
    ['Haeuser Häuser neue Quelle', 'de', ['hauser', 'hauser', 'neue', 'quelle']],
    ['ΟΔΟΣ οδός', 'en', ['οδοσ', 'οδοσ']],
    ['کتاب كتاب ٢٠٢٦ ۲۰۲۶', 'ar', ['كتاب', 'كتاب', '2026', '2026']],
    ['がぎ', 'ja', ['が', 'ぎ']],
    ['ｶﾞｰﾃﾞﾝ', 'ja', ['ガ', 'ー', 'デ', 'ン']],
    ['サーバー', 'ja', ['サ', 'ー', 'バ']],
    ['ビール', 'ja', ['ビ', 'ー', 'ル']],
    ['हिन्दी हिंदी काग़ज़ चाँद २०२६', 'en', ['हिंदी', 'हिंदी', 'कागज', 'चांद', '2026']],
    ["l'« IA » dell’“or”", 'fr', ['ia', 'or']],
    ["‘want it all’ l'", 'en', ['want', 'it', 'all', 'l']],
    ['“The Economist”’s D’s', 'en', ['the', 'economist', 'd']],
    ["Türkiye’nin İstanbul'daki Ankara’ya", 'en', ['turkiye', 'istanbul', 'ankara']],
    ['Qur’an Xi’an O’Brien don’t', 'en', ['qur', 'an', 'xi', 'an', 'o', 'brien', 'dont']],
    ["об'єднання обʼєднання", 'en', ['обєднання', 'обєднання']],
    ['צה״ל צה"ל', 'en', ['צהל', 'צהל']],
    ['수입'.normalize('NFD'), 'en', ['수', '입']],
    ['soft\u00ADware', 'en', ['software']],
    ['', 'en', []],
  ])('%s in %s are %j', (text, locale, forms) => {
    expect(formsOf(text, locale)).toEqual(forms)
  })

  test('lie in their order within the text, hold letters, digits and marks only, and are the same when read again', () => {
    fc.assert(
      fc.property(aText, fc.constantFrom(...locales), (text, locale) => {
        let at = 0
        for (const { form, start, end } of unitsOf(text, locale)) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          expect(form).toMatch(/^[\p{L}\p{M}\p{N}]+$/u)
          at = end
        }
        expect(at).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: rounds(500) },
    )
  })
})

describe('a word', () => {
  test('is found by itself, whatever it is', () => {
    fc.assert(
      fc.property(aText, fc.constantFrom(...locales), (text, locale) => {
        for (const unit of unitsOf(text, locale)) expect(stemsFor(unit)).toContain(stemsOf(unit)[0])
      }),
      { numRuns: rounds(500) },
    )
  })
})

describe('what was typed', () => {
  test.each([
    ['"open source" -closed', 1, 1],
    ['wi-fi', 2, 0],
    ['--', 0, 0],
    ['-foo', 0, 1],
    ['”open source“', 1, 0],
    ['unbalanced " quote', 2, 0],
    ['a b c d e f g h i j k', 8, 0],
  ])('%s is %i things to find and %i to leave out', (typed, wanted, unwanted) => {
    const query = readQuery(typed, 'en')
    expect([query.wanted.length, query.unwanted.length]).toEqual([wanted, unwanted])
  })

  test('is bounded, one line, and never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (text) => {
        const typed = typedIn(text)
        expect(typed.length).toBeLessThanOrEqual(200)
        expect(typed.isWellFormed()).toBe(true)
        expect(typed).not.toMatch(/[\p{Cc}]/u)
        const { wanted, unwanted } = readQuery(text, 'en')
        expect(Math.max(wanted.length, unwanted.length)).toBeLessThanOrEqual(8)
      }),
    )
  })
})

describe('the marks', () => {
  const said = (pieces: readonly { text: string; isMatch: boolean }[]) =>
    pieces.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')

  test.each([
    ['The Régulateurs met', 'regulateur', 'en', 'The [Régulateurs] met'],
    ['<b>& "bold"</b>', 'bold', 'en', '<b>& "[bold]"</b>'],
    ['مع الشَّراكةُ اليوم', 'شراكه', 'ar', 'مع [الشَّراكةُ] اليوم'],
    ['欧盟委员会审查', '委员会', 'zh-Hans', '欧盟[委员会]审查'],
    ['ｻｰﾊﾞｰの報告', 'サーバ', 'ja', '[ｻｰﾊﾞ]ｰの報告'],
    ['open the source; open source', '"open source"', 'en', 'open the source; [open] [source]'],
  ])('in %s for %s in %s: %s', (text, typed, locale, expected) => {
    expect(said(markedIn({ lang: locale, text }, readQuery(typed, locale), locale).pieces)).toBe(expected)
  })

  test('change no letter of a text, and stand where the index finds', () => {
    fc.assert(
      fc.property(aText, aText, fc.constantFrom(...locales), (text, typed, locale) => {
        const query = readQuery(typed, locale)
        const { pieces } = markedIn({ lang: locale, text }, query, locale)
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        const units = unitsOf(text, locale)
        const hasPlaces = query.wanted.some((each) => placesOf(each, units).length > 0)
        expect(pieces.some(({ isMatch }) => isMatch)).toBe(hasPlaces)
      }),
      { numRuns: rounds(500) },
    )
  })

  test('an excerpt is short, begins and ends between words, and shows what was looked for however late it comes', () => {
    const late = `${'padding words here '.repeat(400)}the needle lies there ${'and more after it '.repeat(100)}`
    const { pieces } = excerptOf(
      [
        { lang: 'en', text: 'nothing' },
        { lang: 'en', text: late },
      ],
      readQuery('needle', 'en'),
      'en',
    )
    expect(said(pieces)).toMatch(/^…(padding|words|here) .*\[needle\] lies there .*(and|more|after|it)…$/)
    expect(said(pieces).length).toBeLessThan(260)
  })
})

describe('what is written down of a shelf', () => {
  test('keeps its beginning and is small enough for three of them in one statement of D1, however much there is', () => {
    const syllable = (at: number) => String.fromCharCode(0x1401 + (at % 500))
    const words = Array.from({ length: 40_000 }, (_, at) =>
      Array.from({ length: 40 }, (_each, letter) => syllable(at * 7 + letter * 31)).join(''),
    )
    const kept = shelved('iu', '0', [words.join(' ')])
    expect(kept).toContain(words[0])
    expect(new TextEncoder().encode(kept).length).toBeLessThan(2_000_000 / 3)
  })
})
