import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countWords, flawIn, spelledOut } from '../../src/language/text'

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
    ['half of a character', 'a\ud800b'],
    ['half of a character', '\udc00'],
    ['half of a character', '\udc00\ud800'],
    ['a control character', 'a\0b'],
    ['a control character', 'a\u0001'],
    ['a control character', 'a\r\nb'],
    ['a control character', '\u001b[31m'],
    ['a control character', '\u007f'],
    ['a control character', '\u0085'],
    ['a control character', '\u009f'],
    ['a control character', '\ufffe'],
    ['a control character', '\uffff'],
    ['an invisible control that reorders', 'abc\u202edcba'],
    ['an invisible control that reorders', '\u202aabc\u202c'],
    ['an invisible control that reorders', '\u2066abc\u2069'],
    ['an invisible space', 'zero\u200bwidth'],
    ['an invisible space', 'word\u2060joiner'],
    ['an invisible space', '\ufeffmark'],
    ['piles up combining marks', `Z${'\u0301'.repeat(9)}`],
    ['piles up combining marks', `Z${'\u0301\u0489'.repeat(500_000)}`],
  ])('is refused where it has %s', (flaw, text) => {
    expect(flawIn(text)).toContain(flaw)
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
      { numRuns: 500 },
    )
  })
})

describe('the words of a text', () => {
  test.each([
    ['', 'en', 0],
    [' \n ', 'en', 0],
    ['The harbour closes.', 'en', 3],
    ['  The\n\nharbour  closes ', 'en', 3],
    ['يغلق الميناء شهراً', 'ar', 3],
    ['今日は港が閉まります。', 'ja', 7],
    ['港口关闭一个月。', 'zh-Hans', 4],
    ['港口關閉一個月。', 'zh-TW', 4],
    ['。、！', 'ja', 0],
    ['항구가 한 달 동안 닫힙니다', 'ko', 5],
  ])('of %j in %s are counted as its script sets them, alike in both runtimes', (text, locale, count) => {
    expect(countWords(text, locale)).toBe(count)
  })

  test('are counted in a text of the greatest length, be it one word', () => {
    expect(countWords('a'.repeat(200_000), 'en')).toBe(1)
    expect(countWords('港'.repeat(20_000), 'zh-Hans')).toBeGreaterThan(0)
  })
})

describe('a text for a terminal', () => {
  test('moves no cursor, colours nothing and reorders no line, and is otherwise as it was', () => {
    expect(spelledOut('Zażółć 日本 👍 العربية "a\\b"')).toBe('Zażółć 日本 👍 العربية "a\\b"')
    expect(spelledOut('a\u001b[31mb\r\nc\u009bd\u202ee\u2028f\ud800')).toBe(
      'a\\u001b[31mb\\u000d\\u000ac\\u009bd\\u202ee\\u2028f\\ud800',
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(spelledOut(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/u)
        expect(JSON.parse(spelledOut(JSON.stringify(text)))).toBe(text)
      }),
    )
  })
})
