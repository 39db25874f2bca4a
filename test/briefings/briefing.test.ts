import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { BriefingFile } from '../../src/briefings/briefing'
import { fileBytesMax, isProblems, placed, readAs, readBriefingFile } from '../../src/briefings/files'
import { explain } from '../../src/language/newsroom'
import { aBriefing } from '../support/briefings'
import { aGeneratedBriefing, aHistory } from '../support/generated'
import { encode } from '../support/newsroom'
import { rounds } from '../support/rounds'

/** A briefing as it is written, before anyone has looked at it. */
type Draft = Record<string, unknown> & {
  sources: Record<string, unknown>[]
  body: Record<string, unknown>[]
  image: Record<string, unknown>
}

const read = (content: unknown) => readBriefingFile('harbour.json', content instanceof Uint8Array ? content : encode(content))

/** What is said of a file, as lines without its name. */
function complaints(content: unknown): readonly string[] {
  const result = read(content)
  return isProblems(result) ? result.map((problem) => explain(placed(problem)).replace('harbour.json: ', '')) : []
}

/** What is said of a briefing after this change to it. */
function faultsAfter(change: (draft: Draft) => void): readonly string[] {
  const draft = structuredClone(aBriefing()) as unknown as Draft
  change(draft)
  return complaints(draft)
}

const withTitle = (title: string) => faultsAfter((draft) => Object.assign(draft, { title }))
const withUrl = (url: string) => faultsAfter(({ sources }) => Object.assign(sources[0] ?? {}, { url }))
const written = JSON.stringify(aBriefing())

describe('a briefing file', () => {
  test('is read as it was written', () => {
    expect(read(aBriefing())).toEqual(aBriefing())
  })

  test('of any content comes back as it was saved', () => {
    fc.assert(
      fc.property(aGeneratedBriefing, (briefing) => {
        expect(read(briefing)).toEqual(briefing)
      }),
    )
  })

  test('with any history comes back as it was saved', () => {
    fc.assert(
      fc.property(aHistory, ({ file }) => {
        expect(read(file)).toEqual(file)
      }),
    )
  })

  test('may begin with a byte order mark, as some editors save it', () => {
    expect(read(new Uint8Array([0xef, 0xbb, 0xbf, ...encode(written)]))).toEqual(aBriefing())
  })

  test('is refused with every fault at its place and what was expected there', () => {
    const faulty = faultsAfter((draft) => {
      Object.assign(draft, {
        kind: 'Gossip!',
        confidence: '0.8',
        regions: ['FR', 'Mars'],
        publishedAt: 'yesterday',
        slug: 'Harbour Closes',
      })
      draft.sources.push({ ...draft.sources[0], id: 'third', risk: 3 })
      Object.assign(draft.body[1] ?? {}, { text: '' })
    })
    expect(faulty.toSorted()).toEqual([
      'body.1.text: This is empty. Enter some text.',
      'confidence: This must be a number from 0 to 1.',
      'kind: Use only lower-case letters, digits and single hyphens.',
      'publishedAt: This must be a time such as 2024-02-26T08:00:00Z.',
      'regions.1: This must be a CLDR region code such as FR, EU or 001.',
      'slug: Use only lower-case letters, digits and single hyphens.',
      'sources.2.risk: This must be text.',
    ])
  })

  test.each([1.01, -0.01, null, '1', true, [0.5]])('is refused with a confidence of %j', (confidence) => {
    expect(faultsAfter((draft) => Object.assign(draft, { confidence }))).toEqual([
      expect.stringMatching(/^confidence: This must be/),
    ])
  })

  test('is refused with a number beyond all numbers', () => {
    expect(complaints(written.replace('0.82', '1e400'))).toEqual(['confidence: This must be a number from 0 to 1.'])
  })

  const lists = ['formerSlugs', 'regions', 'organisations', 'keyPoints', 'sources', 'affectedAreas', 'watch', 'sections']
  const listsOrGroups: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(lists.map((key) => [key, []])),
    linkedOrganisations: { access: 'public', notes: [] },
  }

  test.each(Object.entries(listsOrGroups))('may lack its %s, and then has none', (key, none) => {
    const without = Object.fromEntries(Object.entries(aBriefing()).filter(([each]) => each !== key))
    expect(read(without)).toEqual({ ...without, [key]: none })
  })

  const needed = ['id', 'slug', 'state', 'publishedAt', 'revisions', 'title', 'summary', 'byline', 'body']
  const optional = Object.keys(aBriefing()).filter((key) => !(key in listsOrGroups || needed.includes(key)))

  test.each(optional)('may lack its %s', (key) => {
    const without = Object.fromEntries(Object.entries(aBriefing()).filter(([each]) => each !== key))
    expect(read(without)).toEqual(without)
  })

  test.each(['byline', 'body'])('needs more than an empty %s', (key) => {
    expect(faultsAfter((draft) => Object.assign(draft, { [key]: [] }))).toEqual([`${key}: This must have at least 1 entry.`])
  })

  test.each(needed)('is refused without its %s', (key) => {
    const refused = faultsAfter((draft) => {
      delete draft[key]
    })
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.every((line) => line.startsWith(key))).toBe(true)
  })

  test('is refused with keys that nobody knows, wherever they stand', () => {
    expect(faultsAfter((draft) => Object.assign(draft, { titel: 'Der Hafen' }))).toEqual([
      '“titel” is not allowed here. Remove it.',
    ])
    expect(faultsAfter(({ image }) => Object.assign(image, { onload: 'x', src: 'y' }))).toEqual([
      'image: “onload” and “src” are not allowed here. Remove them.',
    ])
    expect(faultsAfter(({ sources }) => Object.assign(sources[1] ?? {}, { tier: 'alliance' }))).toEqual([
      'sources.1: “tier” is not allowed here. Remove it.',
    ])
  })

  test('is refused with an id that is used twice in one list', () => {
    expect(faultsAfter(({ sources }) => Object.assign(sources[1] ?? {}, { id: 'notice' }))).toEqual([
      'sources.1.id: “notice” appears twice. Remove one of them.',
    ])
    expect(faultsAfter(({ body }) => body.push({ ...body[0] }))).toEqual([
      'body.2.id: “closure” appears twice. Remove one of them.',
    ])
  })

  test('may use one id in two lists', () => {
    expect(faultsAfter(({ body }) => Object.assign(body[0] ?? {}, { id: 'notice' }))).toEqual([])
  })

  test.each(['', 'Closure', 'a b', 'a.b', 'a--b', '-a', 'a_b', '__proto__', 'wаter', 'ａ', '../x', 'a/b', 'a'.repeat(61)])(
    'is refused with an id such as %j',
    (id) => {
      expect(faultsAfter(({ body }) => Object.assign(body[0] ?? {}, { id }))[0]).toMatch(/^body\.0\.id: /)
      expect(faultsAfter((draft) => Object.assign(draft, { slug: id }))[0]).toMatch(/^slug: /)
    },
  )

  test('is refused with a history that cannot be', () => {
    expect(faultsAfter((draft) => Object.assign(draft, { revisions: [] }))).toHaveLength(1)
    const { revisions } = aBriefing()
    expect(faultsAfter((draft) => Object.assign(draft, { revisions: [...revisions, ...revisions] }))).toEqual([
      'revisions.1.revision: This must be 2.',
      'revisions.1.savedAt: This must be later than the time of the previous revision.',
    ])
    const second = { ...revisions[0], revision: 2, savedAt: '2025-03-02T08:00:00Z', replaced: { title: 'abc\u202edcba' } }
    expect(faultsAfter((draft) => Object.assign(draft, { revisions: [...revisions, second] }))).toEqual([
      'revisions.1.replaced.title: The text contains an invisible character that reorders text. Retype it.',
    ])
  })

  test.each([
    '2025-03-01',
    '2025-03-01T08:00:00',
    '2025-03-01T08:00Z',
    '2025-03-01T08:00:00.5Z',
    '2025-03-01T08:00:00+01:00',
    '2025-02-29T08:00:00Z',
    '2025-03-01T24:00:00Z',
    '1e3',
    '',
  ])('is refused with a time that does not compare as it is written, such as %j', (publishedAt) => {
    expect(faultsAfter((draft) => Object.assign(draft, { publishedAt }))).toEqual([
      'publishedAt: This must be a time such as 2024-02-26T08:00:00Z.',
    ])
  })
})

describe('a text in a briefing', () => {
  test.each([
    ['', 'title: This is empty. Enter some text.'],
    [' \t', 'title: This is empty. Enter some text.'],
    ['a\nb', 'title: This must be a single line.'],
    ['a'.repeat(601), 'title: The text is longer than 600 characters. Shorten it.'],
    ['abc\u202edcba', 'title: The text contains an invisible character that reorders text. Retype it.'],
    ['\u2066abc\u2069', 'title: The text contains an invisible character that reorders text. Retype it.'],
    ['zero\u200bwidth', 'title: The text contains an invisible space. Retype it.'],
    ['\ufeffmark', 'title: The text contains an invisible space. Retype it.'],
    ['a\0b', 'title: The text contains a control character. Retype it.'],
    ['a\u0007', 'title: The text contains a control character. Retype it.'],
    ['a\ufffeb', 'title: The text contains a control character. Retype it.'],
    [`Z${'\u0301'.repeat(100)}`, 'title: The text has too many combining marks in one place. Retype it.'],
  ])('is refused where it is %j', (title, complaint) => {
    expect(withTitle(title)).toEqual([complaint])
  })

  test('is refused with half a character, which JSON can spell and UTF-8 cannot', () => {
    const half = String.raw`"title":"The harbour \ud800 closes"`
    expect(complaints(written.replace(/"title":"The harbour[^"]*"/, () => half))).toEqual([
      'title: The text contains half a character (an unpaired surrogate). Retype it.',
    ])
  })

  test('is refused as a single word of 200 kB and as a million marks', () => {
    expect(withTitle('a'.repeat(200_000))).toEqual(['title: The text is longer than 600 characters. Shorten it.'])
    expect(faultsAfter((draft) => Object.assign(draft, { context: 'a'.repeat(200_000) }))).toEqual([
      'context: The text is longer than 20,000 characters. Shorten it.',
    ])
    expect(withTitle(`Z${'\u0301'.repeat(900_000)}`)).toEqual(['title: The text is longer than 600 characters. Shorten it.'])
  })

  test.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '{{constructor}}',
    '=cmd|x',
    '$t(x)',
    "'; drop table briefing; --",
  ])('stays the text that it is: %j', (title) => {
    const result = read(aBriefing({ title }))
    expect(isProblems(result) ? undefined : result.title).toBe(title)
  })
})

describe('the address of a source', () => {
  test.each([
    'https://port.example/notice',
    'http://port.example',
    'HTTPS://port.example/'.toLowerCase(),
    'https://пример.example/è?q=ü#x',
    'https://[2001:db8::1]:8443/',
  ])('may be %s', (url) => {
    expect(withUrl(url)).toEqual([])
  })

  test.each([
    '',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript://port.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'ftp://port.example/',
    'blob:https://port.example/1',
    '//port.example/',
    '/notice',
    'https:port.example',
    'https://',
    'https:// port.example/',
    'https://port.example/a b',
    'https://po\trt.example/',
    'https://port.example/\n',
    'https://port.example/\0',
    'https://port.example/\u202emoc',
    'https://port.example/\u200b',
    'https://port.example:99999/',
    'mailto:desk@port.example',
    `https://port.example/${'a'.repeat(2000)}`,
  ])('is never %j', (url) => {
    expect(withUrl(url)[0]).toMatch(/^sources\.0\.url: /)
  })

  test('is never one with half a character', () => {
    expect(complaints(written.replace('https://port.example/notice"', String.raw`https://port.example/\ud800"`))).toEqual([
      'sources.0.url: This must be an address that begins with http or https.',
    ])
  })
})

describe('a file that is no briefing', () => {
  test.each(['', ' ', 'null', 'true', '0', '"briefing"', '[]', '{}', '[[]]', '{"id":{}}', '\0'])(
    'is refused without a crash: %j',
    (content) => {
      expect(complaints(content).length).toBeGreaterThan(0)
    },
  )

  test('is refused where it is not UTF-8', () => {
    const latin = Uint8Array.from(written.replace('Sète', 'S\xe8te'), (character) => character.charCodeAt(0) & 0xff)
    expect(complaints(latin)).toEqual(['This file is not in UTF-8. Save it as UTF-8.'])
    const wide = new Uint8Array([0xff, 0xfe, ...encode(written)])
    expect(complaints(wide)).toEqual(['This file is not in UTF-8. Save it as UTF-8.'])
    const encodedSurrogate = new Uint8Array([...encode('"'), 0xed, 0xa0, 0x80, ...encode('"')])
    expect(complaints(encodedSurrogate)).toEqual(['This file is not in UTF-8. Save it as UTF-8.'])
    const overlong = new Uint8Array([...encode('"'), 0xc0, 0xae, ...encode('"')])
    expect(complaints(overlong)).toEqual(['This file is not in UTF-8. Save it as UTF-8.'])
  })

  test('is refused where it was cut off, wherever that was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: written.length - 1 }), (length) => {
        expect(complaints(written.slice(0, length))[0]).toMatch(/^This is not valid JSON: /)
      }),
    )
  })

  test.each(['__proto__', 'constructor', 'prototype'])(
    'is refused with the key %s, however it is spelt and wherever it stands',
    (key) => {
      const escaped = `\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}`
      const complaint = `The key “${key}” is not allowed in any file. Remove it.`
      for (const spelt of [key, escaped]) {
        expect(complaints(written.replace('{', `{"${spelt}":{"isAdmin":true},`))).toEqual([complaint])
        expect(complaints(written.replace('"replaced":{', `"replaced":{"${spelt}" : "x"`))).toEqual([complaint])
      }
      expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false)
    },
  )

  test('may say those words in a text', () => {
    expect(withTitle('"__proto__": {"constructor": 1}')).toEqual([])
    expect(withTitle('{"a": 1, "a": 2, \\"a\\": [[[')).toEqual([])
  })

  test('is refused with a key written twice, of which a reader of JSON keeps the last without a word', () => {
    expect(complaints(written.replace('"title"', '"title":"Another","title"'))).toEqual([
      'The key “title” appears twice in the same place. Remove one of them.',
    ])
    expect(complaints(written.replace('"title"', String.raw`"titl\u0065":"Another","title"`))).toEqual([
      'The key “title” appears twice in the same place. Remove one of them.',
    ])
    expect(complaints(written.replace('"risk":"low"', '"risk":"high","risk":"low"'))).toEqual([
      'The key “risk” appears twice in the same place. Remove one of them.',
    ])
  })

  test('is refused where it is larger than two million bytes, before it is read', () => {
    const padded = (length: number) => encode(written.padEnd(length + written.length - encode(written).length))
    expect(read(padded(fileBytesMax))).toEqual(aBriefing())
    expect(complaints(padded(fileBytesMax + 1))).toEqual(['This file is larger than 2,000,000 bytes. Make it smaller.'])
    expect(complaints(new Uint8Array(30_000_000).fill(0xff))).toEqual([
      'This file is larger than 2,000,000 bytes. Make it smaller.',
    ])
  })

  test('is refused where it is nested without end, or holds a hundred thousand keys', () => {
    expect(complaints(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toEqual([
      'This is nested more than 64 levels deep. Make it flatter.',
    ])
    expect(complaints(`${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`)).toEqual([
      'This is nested more than 64 levels deep. Make it flatter.',
    ])
    expect(complaints('['.repeat(200_000))[0]).toMatch(/^This is not valid JSON: /)
    const keys = Array.from({ length: 100_000 }, (_none, index) => `"k${index}":1`)
    expect(complaints(`{${keys.join()}}`).length).toBeGreaterThan(0)
  })

  test('is refused in one way or another, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(complaints(bytes).length).toBeGreaterThan(0)
      }),
    )
  })

  test('is refused in one way or another, whatever JSON it holds, and its neighbours are not harmed', () => {
    const place = fc.constantFrom(...(Object.keys(aBriefing()) as (keyof BriefingFile)[]))
    fc.assert(
      fc.property(place, fc.jsonValue(), (key, value) => {
        const result = read({ ...aBriefing(), [key]: value })
        if (isProblems(result))
          expect(result.every(({ file, complaint }) => file === 'harbour.json' && explain(complaint) !== '')).toBe(true)
        else expect({ ...result, [key]: null }).toEqual({ ...aBriefing(), [key]: null })
      }),
      { numRuns: rounds(500) },
    )
  })
})

describe('JSON that is sound', () => {
  test('is read as any reader of JSON reads it', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), fc.constantFrom(0, 2, '\t'), (json, indent) => {
        const value: unknown = JSON.parse(json)
        fc.pre(!/__proto__|constructor|prototype/.test(json))
        expect(readAs(z.unknown(), 'x.json', encode(JSON.stringify([value], null, indent)))).toEqual([value])
      }),
      { numRuns: rounds(500) },
    )
  })
})
