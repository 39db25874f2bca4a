import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { processorTime } from '#runtime'
import { adviceOn, join, shown, split, splitUnit } from '../../../src/translations/packs/inline'
import { aTypedText } from '../../support/packs'
import { rounds } from '../../support/rounds'

const kinds = ['plain', 'markdown', 'message'] as const

/** A text with each of its codes in angle quotes. */
const marked = (kind: (typeof kinds)[number], text: string) =>
  split(kind, text)
    .map((run) => (typeof run === 'string' ? run : `‹${run.text}›`))
    .join('')

describe('the codes inside a text', () => {
  test('any text is what it was when it has been cut and joined', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.oneof(aTypedText, fc.string({ unit: 'binary' })), (kind, text) => {
        expect(join(split(kind, text))).toBe(text)
      }),
      { numRuns: rounds(2000) },
    )
  })

  test.each([
    ['The port **closed** on *Monday*', 'The port ‹**›closed‹**› on ‹*›Monday‹*›'],
    ['as [its notice](https://port.example/a_(b)) says', 'as ‹[›its notice‹](https://port.example/a_(b))› says'],
    ['![A quay](quay.svg "A quay")', '‹![›A quay‹](quay.svg "A quay")›'],
    ['see <https://port.example/>', 'see ‹<https://port.example/>›'],
    ['run `a * b` now', 'run ‹`a * b`› now'],
    ['First.\n\n- one\n- two', 'First.‹\n\n›‹- ›one‹\n›‹- ›two'],
    ['1. one\n2) two', '‹1. ›one‹\n›‹2) ›two'],
    ['> said\n\n## Heading', '‹> ›said‹\n\n›‹## ›Heading'],
    ['5 * 3 is \\*fifteen\\*', '5 * 3 is \\*fifteen\\*'],
    ['[brackets] alone (stay)', '[brackets] alone (stay)'],
    ['in 1999. Then', 'in 1999. Then'],
  ])('of Markdown %j are %j', (text, codes) => {
    expect(marked('markdown', text)).toBe(codes)
  })

  test.each([
    ['By {names}, {date, date, long}', 'By ‹{names}›, ‹{date, date, long}›'],
    ["It''s '{literal}' and {real}", "It''s '{literal}' and ‹{real}›"],
    ['{count, plural, one {# word} other {# words}}', '{count, plural, one {# word} other {# words}}'],
  ])('of a message %j are %j', (text, codes) => {
    expect(marked('message', text)).toBe(codes)
  })

  test('a plain text has none', () => {
    expect(marked('plain', '**{name}**\n[a](b)')).toBe('**{name}**\n[a](b)')
  })

  test('have the same ids in the translation, wherever they went, and new ones come after', () => {
    const source = '**a** and [b](https://one.example)'
    const { target, codes } = splitUnit({ kind: 'markdown', source }, '[b](https://one.example) `c` **a**')
    expect(codes.map(({ id, text }) => `${id} ${text}`)).toEqual(['1 **', '2 **', '3 [', '4 ](https://one.example)', '5 `c`'])
    expect(target.flatMap((run) => (typeof run === 'string' ? [] : run.id))).toEqual([3, 4, 5, 1, 2])
  })

  test('are shown in words that a person can read', () => {
    expect(split('markdown', 'a\n\n- b').flatMap((run) => (typeof run === 'string' ? [] : shown(run)))).toEqual(['↵↵', '-'])
  })

  test('a message with branches comes with advice', () => {
    expect(adviceOn({ kind: 'message', source: '{served, select, other {a}}' })).toContain('inner braces')
    expect(adviceOn({ kind: 'message', source: 'By {names}' })).toBe('')
  })

  test.each(['[', '](', '`', '*', '- ', '\n', '![', '{', "'{", '<https://', ' ', '](a '])(
    'of %j, ten thousand times over, are found at once',
    (piece) => {
      const text = piece.repeat(10_000)
      const began = processorTime()
      for (const kind of kinds) expect(join(split(kind, text))).toBe(text)
      expect(join(splitUnit({ kind: 'markdown', source: text }, text).target)).toBe(text)
      expect(processorTime() - began).toBeLessThan(2000)
    },
  )
})
