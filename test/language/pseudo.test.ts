import fc from 'fast-check'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { faultsOfMessage } from '../../src/language/catalog-check'
import { pseudoLocales } from '../../src/language/locale'
import { explain } from '../../src/language/newsroom'
import { pseudoCatalog, pseudoMessage, pseudoText } from '../../src/language/pseudo'
import { problemsInCatalog } from '../../src/translations/checks/catalogs'
import { aTypedText } from '../support/packs'

const aWord = fc.stringMatching(/^[A-Za-z]{1,14}$/)
const aSentence = fc
  .array(fc.tuple(aWord, fc.constantFrom(' ', ' ', ' ', ', ', ': ', '-')), { minLength: 1, maxLength: 25 })
  .map((words) => `${words.flat().slice(0, -1).join('')}.`)

/** A text from right to left as it was before. */
const unmirrored = (text: string) => text.replace(/[\u202c\u202e]/g, '')

describe('a text in en-XA', () => {
  test('is accented, in brackets and longer', () => {
    expect(pseudoText('Show', 'en-XA')).toBe('⟦Šĥööŵ⟧')
    expect(pseudoText('Read the English version', 'en-XA')).toBe('⟦Ŕéååð ţĥééé Ééñĝļîîšĥĥ ṽééŕšîîööñ⟧')
  })

  test('has no letter left as English has it, and begins and ends with a bracket', () => {
    fc.assert(
      fc.property(aSentence, (sentence) => {
        expect(pseudoText(sentence, 'en-XA')).toMatch(/^⟦[^a-zA-Z]+⟧$/u)
      }),
    )
  })

  test('is 30 to 50 % longer, and a short one more', () => {
    fc.assert(
      fc.property(aSentence, (sentence) => {
        const growth = pseudoText(sentence, 'en-XA').length / sentence.length
        expect(growth).toBeGreaterThanOrEqual(1.3)
        if (sentence.length >= 20) expect(growth).toBeLessThanOrEqual(1.5)
      }),
    )
    for (const label of ['Show', 'Any impact', 'Topic', 'JSON']) {
      expect(pseudoText(label, 'en-XA').length / label.length).toBeGreaterThan(1.5)
    }
  })
})

describe('a text in ar-XB', () => {
  test('has every word overridden to run from right to left, and is otherwise the English', () => {
    expect(pseudoText('Azure’s 3 offers', 'ar-XB')).toBe('\u202eAzure’s\u202c 3 \u202eoffers\u202c')
    fc.assert(
      fc.property(aSentence, (sentence) => {
        const text = pseudoText(sentence, 'ar-XB')
        expect(unmirrored(text)).toBe(sentence)
        expect(text.replace(/\u202e[^\u202c]*\u202c/g, '')).not.toMatch(/\p{L}/u)
      }),
    )
  })
})

describe.each(pseudoLocales)('a text made into %s', (locale) => {
  test('is never the English where that has a letter, and made again is the same', () => {
    fc.assert(
      fc.property(fc.oneof(aSentence, aTypedText), (text) => {
        const once = pseudoText(text, locale)
        expect(pseudoText(once, locale)).toBe(once)
        const words = text.replace(/https?:\/\/[^\s<>]+|<[^<>]*>|&(?:[a-z]+|#\d+|#x[\da-f]+);/gi, '')
        expect(once !== text).toBe(locale === 'en-XA' ? /[a-z]/i.test(words) : /\p{L}/u.test(words))
      }),
    )
  })

  test('keeps addresses, tags and references to characters as they are', () => {
    const aCode = fc.constantFrom(
      'https://port.example/a?b=c&d',
      'http://x.example',
      '<b>',
      '</b>',
      '<a href="x y">',
      '&amp;',
      '&#x2F;',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(aWord, aCode), { minLength: 1, maxLength: 8 }), (pieces) => {
        const source = pieces.flat().join(' ')
        const text = pseudoText(source, locale)
        for (const [, code] of pieces) expect(text.split(code)).toHaveLength(source.split(code).length)
        expect(text.match(/https?:\S+/g) ?? []).toEqual(pieces.flatMap(([, code]) => (code.startsWith('http') ? [code] : [])))
      }),
    )
  })

  test('is left alone where there is nothing to say', () => {
    for (const text of ['', ' ', '94 %', '2024–2025', '→']) expect(pseudoText(text, locale)).toBe(text)
  })
})

/** Any sound message: literals with what ICU quotes in them, arguments of each type, and branches within branches. */
const { message: aMessage } = fc.letrec<{ message: string }>((tie) => {
  const aLiteral = fc.oneof(
    fc.stringMatching(/^[A-Za-z ,.:()é]{1,20}$/),
    fc.constantFrom("it''s ", "don't ", "'{'quoted'}' ", '<b>bold</b> ', "'#' ", '& ', 'https://port.example/notice '),
  )
  const anArgument = fc.constantFrom('{name}', '{place}', '{share, number, ::percent}', '{when, date, long}', '{share, number}')
  const forms = (names: readonly string[]) =>
    fc.tuple(...names.map((name) => tie('message').map((text) => `${name} {${text}}`))).map((all) => all.join(' '))
  const branches = fc.oneof(
    forms(['=0', 'one', 'other']).map((all) => `{count, plural, ${all}}`),
    forms(['one', 'other']).map((all) => `{left, plural, offset:1 ${all}}`),
    forms(['one', 'two', 'few', 'other']).map((all) => `{rank, selectordinal, ${all}}`),
    forms(['drawn', 'other']).map((all) => `{origin, select, ${all}}`),
    fc.constant('{count, plural, one {# word} other {# words}}'),
  )
  return {
    message: fc
      .array(fc.oneof({ maxDepth: 2, withCrossShrink: true }, aLiteral, anArgument, branches), {
        minLength: 1,
        maxLength: 3,
      })
      .map((parts) => parts.join('')),
  }
})

const values = { name: 'ADA', place: 'Sète', share: 0.25, when: new Date(0), origin: 'drawn' }
const said = (message: string, count: number) =>
  new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).format({
    ...values,
    count,
    left: count,
    rank: count,
  })

describe('a message of the catalog', () => {
  test('keeps its arguments, its selectors and its number sign, and has the plural forms of Arabic in ar-XB', () => {
    const message = '{count, plural, one {# word by {name}} other {# words}}'
    expect(pseudoMessage(message, 'en-XA')).toBe('⟦{count,plural,one{# ŵööŕðð ƀýý {name}} other{# ŵööŕðšš}}⟧')
    const [one, other] = ['# \u202eword\u202c \u202eby\u202c {name}', '# \u202ewords\u202c']
    expect(pseudoMessage(message, 'ar-XB')).toBe(
      `{count,plural,zero{${other}} one{${one}} two{${other}} few{${other}} many{${other}} other{${other}}}`,
    )
  })

  test('stays as it is where all that it says is its arguments', () => {
    expect(pseudoMessage('{words} ({percent})', 'en-XA')).toBe('{words} ({percent})')
  })

  test.each(pseudoLocales)('is sound in %s, whatever message it is made from', (locale) => {
    fc.assert(
      fc.property(aMessage, (message) => {
        const faults = faultsOfMessage(locale, pseudoMessage(message, locale), message)
        const quoted = faultsOfMessage('en', message, message).map(({ kind }) => kind)
        expect(faults.map(({ kind }) => kind)).toEqual(quoted.filter((kind) => kind === 'syntax'))
      }),
    )
  })

  test('says in ar-XB what it says in English, from right to left', () => {
    fc.assert(
      fc.property(aMessage, fc.constantFrom(0, 1, 2, 3, 11, 100), (message, count) => {
        expect(unmirrored(String(said(pseudoMessage(message, 'ar-XB'), count)))).toBe(said(message, count))
      }),
    )
  })

  test('says nothing in English in en-XA but the values that it is given', () => {
    fc.assert(
      fc.property(aMessage, fc.constantFrom(0, 1, 2, 3, 11, 100), (message, count) => {
        const text = String(said(pseudoMessage(message, 'en-XA'), count))
        expect(text.replace(/https:\S+|<\/?b>|ADA|Sète|January/g, '')).not.toMatch(/[a-zA-Z]/)
      }),
    )
  })
})

describe('the words of the site', () => {
  test.each(pseudoLocales)('are all there in %s and pass what the words of any language pass', (locale) => {
    const english = kit.catalogs['en'] ?? {}
    expect(Object.keys(english).length).toBeGreaterThan(100)
    const problems = problemsInCatalog(locale, pseudoCatalog(english, locale), english, 'whole')
    expect(problems.filter(({ complaint }) => !explain(complaint).includes('contains an invisible character'))).toEqual([])
    expect(Object.keys(pseudoCatalog({ menu: 'Menu', '@menu': 'A note' }, locale))).toEqual(['menu'])
  })
})
