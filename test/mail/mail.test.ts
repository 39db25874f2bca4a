import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf, oneLine } from '../../src/language/email-address'
import { aMail, headersOf, messageId, nextAttempt } from '../../src/mail/mail'
import type { Letter } from '../../src/ui/letter'
import { rounds } from '../support/rounds'

const aLetter: Letter = { locale: 'pl', subject: 'Zażółć', text: 'gęślą', html: '<p>jaźń</p>' }
const anyText = fc.string({ unit: 'binary', maxLength: 60 })

/** Text of which much looks like an address, and much tries to be more than one. */
const nearlyAnAddress = fc
  .array(
    fc.oneof(
      fc.constantFrom('@', '.', 'ada', 'x', '-', 'example', 'com', 'bücher', '例え', 'İ', 'Σ', 'ß', '+', '。', '%40', ' ', '"'),
      fc.constantFrom(
        '\r\n',
        '\n',
        '\u2028',
        '\u0085',
        '\0',
        '<',
        '>',
        ',',
        ';',
        ':',
        '\u202e',
        '\ud800',
        '//',
        '?',
        '#',
        '\\',
        '[',
        ']',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('an address', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada.Lovelace+news@Example.COM\n', 'ada.lovelace+news@example.com'],
    ['jürgen@bücher.example', 'jürgen@xn--bcher-kva.example'],
    ['ju\u0308rgen@BU\u0308CHER.example', 'jürgen@xn--bcher-kva.example'],
    ['用户@例え.jp', '用户@xn--r8jz45g.jp'],
    ['بريد@مثال.إختبار', 'بريد@xn--mgbh0fb.xn--kgbechtv'],
    ["o'brien@mail.co.uk", "o'brien@mail.co.uk"],
    ['a@b.museum', 'a@b.museum'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%j is the reader %j', (typed, canonical) => {
    expect(addressOf(typed)).toBe(canonical)
    for (const mark of ['\u200b', '\u200f', '\u2060', '\ufeff']) expect(addressOf(`${mark}${typed}${mark}`)).toBe(canonical)
    expect(addressOf(`\u2068${typed}\u2069`)).toBe(canonical)
  })

  test.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@@example.com',
    'ada@example',
    'ada@localhost',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    'ada@0x7f.1',
    'ada@2130706433',
    'ada@example.com.',
    'ada@.example.com',
    'ada@-example.com',
    'ada@exam_ple.com',
    'ada@example.c-',
    'ada@example.com:25',
    'ada@example.com/path',
    'ada@user@example.com',
    'ada..b@example.com',
    '.ada@example.com',
    'ada.@example.com',
    '"ada b"@example.com',
    'Ada <ada@example.com>',
    'ada@example.com, eve@example.com',
    'ada@example.com\r\nBcc: eve@example.com',
    'ada\r\nBcc:eve@example.com',
    'ada\t@example.com',
    'ada=?utf-8?q?=3E?=@example.com',
    'ada@exa\tmple.com',
    'ada@exa\u00admple.com\u2028',
    'ada\u202e@example.com',
    'ada\u200b@example.com',
    `${'a'.repeat(65)}@example.com`,
    `${'ü'.repeat(33)}@example.com`,
    `ada@${'a'.repeat(64)}.example`,
    `ada@${'abcdefg.'.repeat(31)}example`,
  ])('%j is none', (typed) => {
    expect(addressOf(typed)).toBeUndefined()
  })

  test('has one canonical form, which is one word of one mailbox whatever was typed', () => {
    let found = 0
    const check = (typed: string) => {
      const address = addressOf(typed)
      if (address === undefined) return
      found += 1
      expect(addressOf(address)).toBe(address)
      expect(addressOf(`\t${address}\r\n`)).toBe(address)
      expect(address).toMatch(/^[^@]+@[a-z0-9.-]+$/)
      expect(address).not.toMatch(/[\s\p{C}\p{Z}<>,;:"()[\]\\]/u)
      expect(address.normalize('NFC')).toBe(address)
      expect(new TextEncoder().encode(address).length).toBeLessThanOrEqual(254)
    }
    fc.assert(fc.property(nearlyAnAddress, check), { numRuns: rounds(2000) })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), fc.domain(), (local, host) =>
        check(`${local}@${host}`),
      ),
      { numRuns: rounds(1000) },
    )
    expect(found).toBeGreaterThan(100)
  })
})

describe('a mail', () => {
  test('goes to the canonical form of its address, under a name of its own', () => {
    const [one, other] = [aMail(' Ada@Example.com', aLetter), aMail('ada@example.com', aLetter)]
    expect(one).toMatchObject({ ...aLetter, to: 'ada@example.com', headers: {} })
    expect(one.id).not.toBe(other.id)
    expect(messageId(one, 'https://briefings.example')).toBe(`<${one.id}@briefings.example>`)
    expect(messageId(one, 'http://localhost:8787')).toBe(`<${one.id}@localhost>`)
  })

  test('says that a program sent it, in which language, and how to hear no more', () => {
    const mail = aMail('ada@example.com', aLetter, { 'List-Unsubscribe': '<https://briefings.example/u/1>' })
    expect(headersOf(mail)).toEqual({
      'List-Unsubscribe': '<https://briefings.example/u/1>',
      'Auto-Submitted': 'auto-generated',
      'Content-Language': 'pl',
    })
  })

  test('cannot be made for what is no address', () => {
    expect(() => aMail('ada', aLetter)).toThrow(RangeError)
    expect(() => aMail('ada@example.com\r\nBcc: eve@example.com', aLetter)).toThrow(RangeError)
  })

  test.each([
    ['Bcc', 'eve@example.com'],
    ['From', 'eve@example.com'],
    ['Subject', 'x'],
    ['Message-ID', '<x@y>'],
    ['Content-Type', 'text/html'],
    ['List-Id\r\nBcc', 'eve@example.com'],
    ['X-One', 'one\r\nBcc: eve@example.com'],
    ['X-One', 'one\nBcc: eve@example.com'],
    ['X-One', 'one\u2028two'],
    ['X-One', ''],
    ['X-One', 'zażółć'],
  ])('cannot have the header %j with the value %j', (name, value) => {
    expect(() => aMail('ada@example.com', aLetter, { [name]: value })).toThrow(RangeError)
  })

  test('has a subject of one line, whatever was typed into it', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const { subject } = aMail('ada@example.com', { ...aLetter, subject: `${before}\r\nBcc: eve@example.com\u2028${after}` })
        expect(subject).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(subject).toBe(oneLine(subject))
        expect(subject).toContain('Bcc: eve@example.com')
      }),
    )
  })

  test('keeps the marks that its script needs', () => {
    expect(oneLine('  می\u200cخواهم\t\n ‎{b}‏ ')).toBe('می\u200cخواهم ‎{b}‏')
  })
})

describe('a mail that was refused for now', () => {
  const now = new Date('2026-01-01T00:00:00Z')

  test('is tried again after a minute, then ever later, and given up after half a day', () => {
    const tries = [1, 2, 3, 4, 5, 6, 7].map((refusals) => nextAttempt(refusals, now)?.toISOString())
    expect(tries).toEqual([
      '2026-01-01T00:01:00.000Z',
      '2026-01-01T00:05:00.000Z',
      '2026-01-01T00:30:00.000Z',
      '2026-01-01T02:00:00.000Z',
      '2026-01-01T12:00:00.000Z',
      undefined,
      undefined,
    ])
  })
})
