import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../../src/language/newsroom'
import {
  asEntry,
  beginningOf,
  countWords,
  flawIn,
  mendable,
  typed,
  unmarked,
  visible,
  visibleLine,
} from '../../src/language/text'
import { rounds } from '../support/rounds'

describe('what copying brings along unseen', () => {
  test.each([
    ['\u200bada@example.com\u200b', 'ada@example.com'],
    ['\u200fada@example.com\u200e', 'ada@example.com'],
    ['\u2068ada@example.com\u2069', 'ada@example.com'],
    [' \u2066\u2068 ada \u2069\u2069\n', 'ada'],
    ['Ask \u2068ada\u2069 or \u2067\u2068bob\u2069\u2069.', 'Ask ada or bob.'],
    ['\ufeff\u2060\u202aada\u202c', 'ada'],
    ['\u200b\u2069', ''],
  ])('goes: %j becomes %j', (text, bare) => {
    expect(unmarked(text)).toBe(bare)
    expect(typed(text)).toBe(bare)
    expect(flawIn(bare)).toBeUndefined()
  })

  test.each(['a\u2068b', 'a\u2069b\u2068c', 'a\u202eb', 'a\u200bb', 'می\u200cخواهم', 'क्\u200dष', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'a \u200f(AI) b'])(
    'stays where it is not alone at an end or a pair, to be judged: %j',
    (text) => expect(unmarked(text)).toBe(text),
  )

  test('is dropped at once, however much there is', () => {
    const many = '\u2068'.repeat(100_000)
    expect(unmarked(`${many}a${'\u2069'.repeat(100_000)}`)).toBe('a')
    expect(unmarked(`a${' '.repeat(100_000)}b`)).toHaveLength(100_002)
  })
})

describe('a text that a person typed', () => {
  test.each([
    'The harbour closes for a month',
    'Two\nlines\tand a tab',
    'می‌خواهم', // With a ZWNJ, which Persian spells by.
    'क्‍ष', // With a ZWJ, which Hindi shapes by.
    '👩‍👩‍👧 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '‏العربية‎ mixed with marks of direction',
    'Tiếng Việt, שָׁלוֹם, ไทย, བོད་སྐད',
    'e\u0301'.normalize('NFC'),
    '<script>alert(1)</script> is only text',
    '=cmd|x, +1, -1, @here',
    '',
  ])('is welcome in any script: %j', (text) => {
    expect(flawIn(text)).toBeUndefined()
  })

  test.each([
    ['half a character', 'a\ud800b'],
    ['half a character', '\udc00'],
    ['half a character', '\udc00\ud800'],
    ['a control character', 'a\0b'],
    ['a control character', 'a\u0001'],
    ['a control character', 'a\r\nb'],
    ['a control character', '\u001b[31m'],
    ['a control character', '\u007f'],
    ['a control character', '\u0085'],
    ['a control character', '\u009f'],
    ['a control character', '\ufffe'],
    ['a control character', '\uffff'],
    ['an invisible character that reorders', 'abc\u202edcba'],
    ['an invisible character that reorders', '\u202aabc\u202c'],
    ['an invisible character that reorders', '\u2066abc\u2069'],
    ['an invisible space', 'zero\u200bwidth'],
    ['an invisible space', 'word\u2060joiner'],
    ['an invisible space', '\ufeffmark'],
    ['too many combining marks', `Z${'\u0301'.repeat(9)}`],
    ['too many combining marks', `Z${'\u0301\u0489'.repeat(500_000)}`],
  ])('is refused where it has %s', (flaw, text) => {
    const found = flawIn(text)
    expect(found && explain(found)).toContain(flaw)
  })

  test('may carry as many marks as scripts need, and no more', () => {
    expect(flawIn(`a${'\u0301'.repeat(8)}`)).toBeUndefined()
    expect(flawIn(`a${'\u0301'.repeat(9)}`)).toBeDefined()
  })

  test('that is accepted can stand in XML and survives UTF-8', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(fc.constantFrom('\ud83d', '\udca9', '\0', '\ufffe'), fc.string({ unit: 'binary', maxLength: 2 })),
        }),
        (text) => {
          if (flawIn(text) !== undefined) return
          expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text)
          // The Char production of XML 1.0.
          expect(text).toMatch(/^[\t\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u)
        },
      ),
      { numRuns: rounds(500) },
    )
  })
})

describe('the words of a text', () => {
  test.each([
    ['', 0],
    [' \n ', 0],
    ['The harbour closes.', 3],
    ['  The\n\nharbour  closes ', 3],
    ['The harbour – and the quay – closes', 6],
    ['يغلق الميناء شهراً', 3],
    ['今日は港が閉まります。', 5],
    ['サーバー 2 台', 4],
    ['港口关闭一个月。', 4],
    ['Microsoft 与 Mistral', 3],
    ['港口關閉一個月。', 4],
    ['ท่าเรือปิดหนึ่งเดือน', 4],
    ['。、！', 0],
    ['항구가 한 달 동안 닫힙니다', 5],
  ])('of %j are counted as its script sets them, alike in both runtimes', (text, count) => {
    expect(countWords(text)).toBe(count)
  })

  test('are counted in a text of the greatest length, be it one word', () => {
    expect(countWords('a'.repeat(200_000))).toBe(1)
    expect(countWords('.'.repeat(200_000))).toBe(0)
    expect(countWords('港'.repeat(20_000))).toBe(10_000)
  })
})

describe('a text that is shown where it could do harm', () => {
  test.each([
    ['\u001b[2J', '\\u001b[2J'],
    ['a\u202eb\u2069', 'a\\u202eb\\u2069'],
    ['\u009b31m\u007f', '\\u009b31m\\u007f'],
    ['\u200f\u061cعربي', '\\u200f\\u061cعربي'],
    ['\u{e0041}', '\\udb40\\udc41'],
    ['one\r', 'one\\u000d'],
    ['one\n\ttwo می\u200cخواهم', 'one\n\ttwo می\u200cخواهم'],
  ])('%j moves no terminal', (text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  test('stays on one line where it is one of a list', () => {
    expect(visibleLine('one\n\ttwo\u202e')).toBe('one\\u000a\\u0009two\\u202e')
  })

  test('moves none whatever it is, and as JSON is still what it was', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there is to be none.
    const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(obeyed)
        expect(JSON.parse(visible(JSON.stringify(text)))).toBe(text)
        expect(flawIn(mendable(text))?.code ?? 'text.marks').toBe('text.marks')
      }),
      { numRuns: rounds(2000) },
    )
  })

  test('keeps what its script needs when it is given back to be mended', () => {
    const text = '‏العربية‎ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 می‌خواهم'
    expect(mendable(text)).toBe(text)
    expect(mendable(`${text}\u202e`)).toBe(`${text}\\u202e`)
  })
})

describe('the beginning of a text', () => {
  test.each([
    ['One  line\nof words', 80, 'One line of words'],
    ['One line of words', 8, 'One line…'],
    ['One line of words', 11, 'One line of…'],
    ['One line of words', 14, 'One line of…'],
    ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2, '👩‍👩‍👧👩‍👩‍👧…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301e\u0301…'],
    ['', 5, ''],
  ])('of %j in %i characters is cut between them', (text, most, beginning) => {
    expect(beginningOf(text, most)).toBe(beginning)
  })

  test('is not split, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const beginning = beginningOf(text, most)
        expect(text.replace(/\s+/g, ' ').trim().startsWith(beginning.replace(/…$/, ''))).toBe(true)
        expect(beginning.isWellFormed()).toBe(true)
      }),
    )
  })

  test('and its lines end as its writer ended them', () => {
    expect(typed(' one\r\ntwo\rthree\n ')).toBe('one\ntwo\nthree')
  })
})

describe('a name as an entry of a list', () => {
  test.each([
    ['en', 'world', 'World'],
    ['pl', 'świat', 'Świat'],
    ['tr', 'ispanyolca', 'İspanyolca'],
    ['ru', 'е\u0308лка', 'Е\u0308лка'],
    ['ff-Adlm', '𞤆𞤵𞤤𞤢𞤪', '𞤆𞤵𞤤𞤢𞤪'],
    ['ff-Adlm', '𞤨𞤵𞤤𞤢𞤪', '𞤆𞤵𞤤𞤢𞤪'],
    ['ka', 'ესპანური', 'ესპანური'],
    ['ar', 'العالم', 'العالم'],
    ['zh-Hans', '世界', '世界'],
    ['en', '', ''],
  ])('in %s: %j is %j', (locale, name, entry) => {
    expect(asEntry(name, locale)).toBe(entry)
  })
})
