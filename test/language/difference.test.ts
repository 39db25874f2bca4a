import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceOf, type Piece } from '../../src/language/difference'
import { rounds } from '../support/rounds'

const shown = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `{+${text}+}` })[kind]).join('')
const textBefore = (pieces: readonly Piece[]) => pieces.flatMap(({ kind, text }) => (kind === 'added' ? [] : [text])).join('')
const textAfter = (pieces: readonly Piece[]) => pieces.flatMap(({ kind, text }) => (kind === 'removed' ? [] : [text])).join('')

const words = fc.array(
  fc.constantFrom('the', 'harbour', 'closes', 'for', 'a', 'month', ' ', ', ', '.', '\n\n', '港', '閉鎖', 'ميناء', '🚢', ''),
  {
    maxLength: 30,
  },
)
const aText = fc.oneof(
  words.map((each) => each.join(' ')),
  words.map((each) => each.join('')),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)

describe('what has changed between two texts', () => {
  test('is told word by word, and never within a word', () => {
    expect(shown(differenceOf('The closure lasts thirty days.', 'The closure lasts sixty days.', 'en'))).toBe(
      'The closure lasts [-thirty-]{+sixty+} days.',
    )
    expect(shown(differenceOf('The port is closed.', 'The port is not closed.', 'en'))).toMatch(
      /is \{\+not \+\}closed|is\{\+ not\+\} closed/,
    )
  })

  test('is told in words also where a script sets no spaces', () => {
    const pieces = differenceOf('港は一か月閉鎖される。', '港は二か月閉鎖される。', 'ja')
    expect(
      pieces
        .filter(({ kind }) => kind === 'same')
        .map(({ text }) => text)
        .join(''),
    ).toContain('閉鎖')
    expect(textBefore(pieces)).toBe('港は一か月閉鎖される。')
  })

  test('tells words that changed in a row as one stretch', () => {
    expect(shown(differenceOf('Nothing moves in the port.', 'Two tugs work in the port.', 'en'))).toBe(
      '[-Nothing moves-]{+Two tugs work+} in the port.',
    )
  })

  test('is nothing where nothing changed, and all where nothing stayed', () => {
    expect(differenceOf('As it was.', 'As it was.', 'en')).toEqual([{ kind: 'same', text: 'As it was.' }])
    expect(differenceOf('', 'New.', 'en')).toEqual([{ kind: 'added', text: 'New.' }])
    expect(differenceOf('', '', 'en')).toEqual([])
  })

  test('gives both texts back, whatever they are', () => {
    fc.assert(
      fc.property(aText, aText, fc.constantFrom('en', 'ja', 'ar', 'zh-Hans'), (one, other, locale) => {
        const pieces = differenceOf(one, other, locale)
        expect([textBefore(pieces), textAfter(pieces)]).toEqual([one, other])
      }),
      { numRuns: rounds(500) },
    )
  })

  test('of two long texts with nothing in common is that one replaced the other', () => {
    const long = (word: string) => Array.from({ length: 4000 }, (_, index) => `${word}${index}`).join(' ')
    expect(differenceOf(long('a'), long('b'), 'en').map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})
