import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { movedBetween } from '../../src/briefings/moves'
import { blocksOf } from '../../src/editions/changed-blocks'
import { differenceOf, type Piece } from '../../src/language/difference'

const marked = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `[+${text}+]`)).join('')

const shown = (before: string, after: string) =>
  blocksOf(differenceOf(before, after, 'en'), 'en').map((block) =>
    block.kind === 'text' ? marked(block.pieces) : block.rows.map((cells) => cells.map(marked)),
  )

describe('a change inside a table', () => {
  const table = '| Port | Ships |\n|---|---:|\n| Kiel | 12 |\n| Riga | 7 |'

  test('is shown in the cell that has changed, without the marks of the table', () => {
    expect(shown(`Before.\n\n${table}\n\nAfter.`, `Before.\n\n${table.replace('12', '15')}\n\nAfterwards.`)).toEqual([
      'Before.',
      [
        ['Port', 'Ships'],
        ['Kiel', '[-12-][+15+]'],
        ['Riga', '7'],
      ],
      '[-After-][+Afterwards+].',
    ])
  })

  test('shows rows that came and went, and other widths of its columns not at all', () => {
    expect(shown(table, '| Port | Ships |\n| --- | --- |\n| Kiel | 12 |\n| Oslo | 3 |\n| Riga | 7 |')).toEqual([
      [
        ['Port', 'Ships'],
        ['Kiel', '12'],
        ['[+Oslo+]', '[+3+]'],
        ['Riga', '7'],
      ],
    ])
    expect(shown(table, table.replace('\n| Riga | 7 |', ''))[0]).toContainEqual(['[-Riga-]', '[-7-]'])
  })

  test('shows a table that came or went whole, and a bar within a cell', () => {
    expect(shown('Text.', `Text.\n\n${table.replace('Kiel', 'Kiel \\\\| Ost').replace('\\\\', '\\')}`)).toEqual([
      'Text.',
      [
        ['[+Port+]', '[+Ships+]'],
        ['[+Kiel | Ost+]', '[+12+]'],
        ['[+Riga+]', '[+7+]'],
      ],
    ])
  })

  test('loses no word: what was and what is can be read in it, whatever changed', () => {
    const cell = fc.constantFrom('a', 'b c', 'd', '7')
    const aTable = fc
      .array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 })
      .map((rows) => ['| x | y |', '|---|---|', ...rows.map(([one, other]) => `| ${one} | ${other} |`)].join('\n'))
    const aText = fc
      .array(fc.oneof(aTable, fc.constantFrom('One.', 'Two words.', 'Three')), { maxLength: 4 })
      .map((all) => all.join('\n\n'))
    const words = (text: string) => text.replace(/^[|:\s-]+$/gm, '').match(/[\p{L}\p{N}]+/gu) ?? []
    fc.assert(
      fc.property(aText, aText, (before, after) => {
        const pieces = blocksOf(differenceOf(before, after, 'en'), 'en').flatMap((block) =>
          block.kind === 'text'
            ? [...block.pieces, { kind: 'same' as const, text: ' ' }]
            : block.rows.flat().flatMap((each) => [...each, { kind: 'same' as const, text: ' ' }]),
        )
        const side = (kind: string) =>
          pieces.flatMap((each) => (each.kind === 'same' || each.kind === kind ? each.text : ' ')).join('')
        expect(words(side('removed'))).toEqual(words(before))
        expect(words(side('added'))).toEqual(words(after))
      }),
    )
  })
})

describe('sections that moved', () => {
  test.each([
    ['abc', 'abc', ''],
    ['abcd', 'bcda', 'a'],
    ['abcd', 'dabc', 'd'],
    ['abc', 'axbyc', ''],
    ['abcd', 'acd', ''],
    ['abc', 'cba', 'ba'],
  ])('from %s to %s are %j', (before, after, moved) => expect(movedBetween([...before], [...after]).join('')).toBe(moved))
})
