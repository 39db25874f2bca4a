import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { circlesOf, figure, functionsOf, isOver, ranked, sentencesOf } from '../../scripts/figures/measure'

const sizesIn = (text: string) => functionsOf(parseSync('a.tsx', text).program, text)

describe('the figures of the house', () => {
  test('measure functions that have a block, and tell those apart that make markup', () => {
    const text = [
      'export function decide() {',
      '  const inner = () => {',
      '    return 1',
      '  }',
      '  return inner()',
      '}',
      'const short = () => 1',
      'const Page = () => {',
      '  return <p>{short()}</p>',
      '}',
    ].join('\n')
    expect(sizesIn(text)).toEqual([
      { name: 'decide', lines: 6, isMarkup: false },
      { name: 'inner', lines: 3, isMarkup: false },
      { name: 'Page', lines: 3, isMarkup: true },
    ])
  })

  test('find a function, a file and a sentence that are too long', () => {
    const long = `function long() {\n${'  work()\n'.repeat(70)}}`
    const [largest] = ranked('lines of a function', sizesIn(long), { max: 60 })
    expect(largest).toEqual({ what: 'lines of a function, largest', value: 72, most: 60, where: 'long' })
    expect(largest && isOver(largest)).toBe(true)
    expect(isOver(figure('lines of a file', 200, 200))).toBe(false)
    expect(isOver(figure('lines of a file', 201, 200))).toBe(true)
  })

  test('rank sizes by their median and by what nine of ten are within', () => {
    const sized = Array.from({ length: 10 }, (_, index) => ({ name: `${index}`, lines: index + 1 }))
    expect(ranked('lines', sized, { median: 5, p90: 9 }).map(({ value }) => value)).toEqual([6, 10])
  })

  test('count the words of sentences, and not of headings, tables and code', () => {
    const text =
      '# A heading of five words\n\nOne two three. Four\nfive!\n\n| a | b |\n\n- six seven\n- eight\n\n```\nnot this\n```\n'
    expect(sentencesOf(text)).toEqual([3, 2, 2, 1])
  })

  test('find a way around in a graph, whichever way it is entered', () => {
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'a' },
    ]
    expect(circlesOf(circle)).toEqual(['a → b → c → a'])
    expect(circlesOf(circle.slice(1))).toEqual([])
    expect(circlesOf([{ from: 'a', to: 'a' }])).toEqual([])
  })
})
