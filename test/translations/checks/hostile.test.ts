import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { processorTime } from '#runtime'
import { explain } from '../../../src/language/newsroom'
import { checkSegment, errorsOfSegment } from '../../../src/translations/checks/checks'
import { rules } from '../../../src/translations/checks/finding'
import type { Glossary } from '../../../src/translations/glossary'
import { rounds } from '../../support/rounds'

const aKind = fc.constantFrom('plain' as const, 'markdown' as const, 'message' as const)
const aLocale = fc.constantFrom('fr', 'de', 'pl', 'ar', 'ja', 'zh-Hans', 'ko', 'th', 'hi', 'sr-Latn', 'tlh', 'pt-BR')
const aPiece = fc.constantFrom(
  '<',
  '>',
  '[',
  '](https://a.example)',
  '{',
  '}',
  '{n, plural, other {#}}',
  "'",
  '"',
  '“',
  '»',
  '1.5',
  '٣',
  '4億5',
  '\u202e',
  '\ud800',
  '**',
  '&#',
  '-',
  '\n\n',
  ' ',
  '\u00a0',
  'о',
  'a',
)
const aText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(aPiece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.string(),
)
const glossaryOf = (locale: string, terms: readonly string[]): Glossary => ({
  locale,
  terms: terms.map((term) => ({ term, translation: term.split('').toReversed().join('') })),
})

describe('whatever a text holds', () => {
  test('it is judged, and never throws', () => {
    fc.assert(
      fc.property(aLocale, aKind, aText, aText, fc.array(aText, { maxLength: 3 }), (locale, kind, source, target, words) => {
        const segment = { locale, id: 'x', kind, source, target, names: words, glossary: glossaryOf(locale, words) }
        const findings = checkSegment(segment)
        for (const { rule, complaint } of findings) {
          expect(rules).toContain(rule)
          expect(explain(complaint)).toMatch(/^[A-Z].* .*\.$/s)
        }
        expect(errorsOfSegment(segment)).toEqual(findings.filter(({ severity }) => severity === 'error'))
        if (target.trim() === '') expect(findings).toEqual([])
      }),
      { numRuns: rounds(2000) },
    )
  })

  test('a text is no error against itself, unless nobody may write it', () => {
    fc.assert(
      fc.property(aLocale, fc.constantFrom('plain' as const, 'markdown' as const), aText, (locale, kind, text) => {
        const errors = errorsOfSegment({ locale, id: 'x', kind, source: text, target: text })
        expect(errors.filter(({ rule }) => rule !== 'text')).toEqual([])
      }),
      { numRuns: rounds(1000) },
    )
  })

  const full = (piece: string) => piece.repeat(Math.floor(20_000 / piece.length))
  const counted = (say: (number: number) => string) =>
    Array.from({ length: 4000 }, (_, index) => say(index + 1000))
      .join(' ')
      .slice(0, 20_000)

  test.each([
    ['digits', full('1')],
    ['numbers', full('1 ')],
    ['different numbers', counted(String)],
    ['times', full('9 pm ')],
    ['spans of time', counted((number) => `${number} months`)],
    ['groups', full('1,234.')],
    ['groups by space', full('123 ')],
    ['units', full('1億')],
    ['units without numbers', full('億')],
    ['tags', full('<a ')],
    ['open tags', full('<')],
    ['entities', full('&#')],
    ['addresses', full('https://')],
    ['links', full('[a](https://a.example/)')],
    ['brackets', full('[')],
    ['stars', full('*a_')],
    ['quotations', full('“')],
    ['spaces', `a${full(' ').slice(2)}a`],
    ['one word', full('a')],
    ['mixed words', full('aо')],
    ['number words', full('one hundred ')],
    ['Arabic words', full('وال')],
    ['kanji', full('京都')],
    ['braces', full('{')],
    ['plurals in plurals', full('{a,plural,other{')],
    ['apostrophes', full("'{")],
    ['months', full('1 May ')],
  ])('%s without end are judged within a second', (_what, text) => {
    const glossary = glossaryOf('ja', ['a', '京都', 'one hundred', '億'])
    for (const locale of ['fr', 'ja', 'ar', 'tlh']) {
      for (const kind of ['plain', 'markdown', 'message'] as const) {
        const begun = processorTime()
        checkSegment({
          locale,
          id: 'x',
          kind,
          source: text,
          target: `${text.slice(0, -1)}x`,
          names: ['a', '京都', 'One'],
          glossary,
        })
        expect(processorTime() - begun).toBeLessThan(1000)
      }
    }
  })

  test.each([
    ['other times', full('9 pm '), full('9 am ')],
    ['years that are not there', full('1900 '), full('x ')],
    [
      'addresses for links',
      counted((number) => `www.a${number}.example`),
      counted((number) => `[a](https://b${number}.example)`),
    ],
  ])('%s without end are judged within a second', (_what, source, target) => {
    for (const locale of ['de', 'ja', 'ar']) {
      const begun = processorTime()
      checkSegment({ locale, id: 'x', kind: 'markdown', source, target, names: [], glossary: undefined })
      expect(processorTime() - begun).toBeLessThan(1000)
    }
  })
})
