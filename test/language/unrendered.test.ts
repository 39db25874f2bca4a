import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainText, renderMarkdown } from '../../src/language/markdown'
import { unrendered } from '../../src/language/unrendered'
import { rounds } from '../support/rounds'

/** Each fault in short: its kind, and its line. */
const faultsIn = (markdown: string) =>
  unrendered(markdown).map(({ code, values }) => `${values['what'] ?? code.replace('markdown.', '')} ${values['line']}`)

const depth = (mark: string, levels: number) =>
  Array.from({ length: levels }, (_none, level) => `${' '.repeat(level * 2)}${mark} x`).join('\n')

describe('Markdown that no page shows', () => {
  test.each([
    ['~~gone~~', 'struck 1'],
    ['a\n\n![A quay](https://port.example/quay.png)', 'picture 3'],
    ['one\ntwo <b>three</b>', 'html 2'],
    ['<div>\nx\n</div>', 'html 1'],
    ['<!-- x -->', 'html 1'],
    ['a\n\n---\n\nb', 'rule 3'],
    ['a\n\n    indented', 'code 3'],
    ['```js\nfenced\n```', 'code 1'],
    ['[a][x]\n\n[x]: https://port.example/', 'reference 3'],
    ['[x]: https://port.example/', 'reference 1'],
    ['- [ ] to do\n- [x] done', 'task 1', 'task 2'],
    ['> [!NOTE]\n> x', 'callout 1'],
    ['[a](/relative/path)', 'address 1'],
    ['[a](javascript:alert(1))', 'address 1'],
    ['[a]()', 'address 1'],
    ['<ftp://port.example>', 'address 1'],
    ['**open', 'bold 1'],
    ['船は** 出航 **ない', 'bold 1'],
    ['# Title', 'heading 1'],
    ['## Title', 'heading 1'],
    ['##### Deep', 'heading 1'],
    ['Title\n===', 'heading 1'],
    ['Title\n---', 'heading 1'],
    ['a\n\n#### Below nothing', 'heading 3'],
    ['###', 'heading 1'],
    ['- ### In a list', 'heading 1'],
    ['| a | b |\n|---|---|\n| 1 | 2 | 3 |', 'table 3'],
    ['| a | b |\n|---|---|\n| 1 |', 'table 3'],
    ['| a | b |\n|---|---|\n1 | 2', 'table 3'],
    ['a | b\n---|---\n1 | 2', 'table 1', 'table 2', 'table 3'],
    ['| a | b |\n|---|---|\n| 1 | 2 |\nThe text goes on.', 'table 4'],
    ['| a | b |\n|---|\n| 1 | 2 |', 'table 1', 'table 2', 'table 3'],
    ['| a | b |\n| 1 | 2 |', 'table-head 2'],
    ['Text.\n| a | b |\n1 | 2', 'table-head 3'],
    ['~~a~~\n\n# b\n\n| a |', 'struck 1', 'heading 3', 'table-head 6'],
    ['> | a |\n> |---|\n> | 1 |', 'table 1', 'table 2', 'table 3'],
    ['a[^1]', 'footnote 1'],
    ['a\n\n[^1]: b', 'footnote 3'],
    ['a[^1]\n\n[^1]: b\n\n[^1]: c', 'footnote 5'],
    ['[a [^1]](https://port.example/)\n\n[^1]: b', 'address 1'],
    ['[a](https://port.example/a b)', 'address 1'],
    ['a^[b]', 'footnote 1'],
    ['- a[^1]\n- [^1]: b c', 'footnote 1', 'footnote 2'],
    [depth('-', 6), 'deep 6'],
    ['> > > > > > x', 'deep 1'],
  ])('%j is found', (markdown, ...faults) => {
    expect(faultsIn(markdown)).toEqual(faults)
  })

  test.each([
    'Plain *words*, **bold**, `code`, [a link](https://port.example/ "title") and <mailto:desk@port.example>.',
    '\\~~gone\\~~ \\<b> 1 < 2 > 0 & 3 * 4 [x] (y) a\\*\\*b `**` snake_case #1 + - |',
    'one  \ntwo\n\n> said\n\n1. one\n2. two\n   - three',
    depth('-', 5),
    'Trade[^a] fell[^b].\n\n### By year\n\n#### Below\n\n| Year | Tonnes[^a] |\n|---|--:|\n| 2023 | \\| |\n\n[^a]: One.\n[^b]: Two.',
    'a\n\n| b |\n|---|\n\nc',
  ])('nothing is found in %j', (markdown) => {
    expect(faultsIn(markdown)).toEqual([])
  })

  test('names twenty faults at most', () => {
    expect(unrendered('~~x~~\n\n'.repeat(500))).toHaveLength(20)
  })
})

/** Words that no mark of Markdown looks like. */
const word = fc.integer({ min: 0, max: 999 }).map((n) => `word${n}word`)
const mark = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '```',
    '# ',
    '### ',
    '#### ',
    '> ',
    '- ',
    '1. ',
    '| ',
    ' |',
    '|---|',
    '|-|-|',
    '\n',
    '\n\n',
    '  \n',
    '    ',
  ],
  ...[
    '[',
    '](',
    ')',
    ']: ',
    '[^a]',
    '[^a]: ',
    '[^b]: ',
    '![',
    '<',
    '>',
    '<!--',
    '-->',
    '\\',
    '&',
    '---',
    '===',
    '\t',
    ' ',
    '「',
    '」',
    '。',
  ],
)

const wordsIn = (text: string) => (text.match(/word\d+word/g) ?? []).toSorted()
const shownOf = (markdown: string) => wordsIn(plainText(renderMarkdown(markdown)))

describe('no word is lost', () => {
  test('of any text that is not refused', () => {
    let [shown, refused] = [0, 0]
    fc.assert(
      fc.property(fc.array(fc.oneof(word, mark), { minLength: 1, maxLength: 40 }), (pieces) => {
        const markdown = pieces.join('')
        if (unrendered(markdown).length > 0) {
          refused += 1
          return
        }
        shown += 1
        expect(shownOf(markdown)).toEqual(wordsIn(markdown))
      }),
      { numRuns: rounds(2000), seed: 13 },
    )
    expect(Math.min(shown, refused)).toBeGreaterThan(100)
  })

  test.each([
    ['| word1word |\n|---|\n| word2word | word3word |', ['word1word', 'word2word'], ['table 3']],
    [`word1word\n\n${'> '.repeat(60)}word2word`, ['word1word'], ['deep 3']],
  ])('would be noticed of %j, which is refused', (markdown, shown, faults) => {
    expect([shownOf(markdown), faultsIn(markdown)]).toEqual([shown, faults])
  })
})
