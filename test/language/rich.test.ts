import { describe, expect, test } from 'vitest'
import { inertMarkdown, plainText, renderMarkdown } from '../../src/language/markdown'
import { countWords } from '../../src/language/text'

const passage = `Trade fell[^fall] and rose.

### By year

| Year | Tonnes[^1] | State |
|---|--:|:-:|
| 2023 | 1,200 | *open* |
| | 90 | a \\| b |

[^1]: In **thousands**, see [the port](https://port.example/).
[^fall]: By a third.
`

describe('a table', () => {
  test('says for each header cell what it heads, and aligns numbers', () => {
    expect(renderMarkdown('| Year | Tonnes |\n|---|--:|\n| 2023 | 12 |')).toBe(
      [
        '<table>\n<thead>\n<tr>\n<th scope="col">Year</th>\n<th class="number" scope="col">Tonnes</th>\n</tr>\n</thead>',
        '<tbody>\n<tr>\n<th scope="row">2023</th>\n<td class="number">12</td>\n</tr>\n</tbody>\n</table>',
      ].join('\n'),
    )
  })

  test('has no header without words, and no row header in a single column', () => {
    expect(renderMarkdown('| | A |\n|-|-|\n| | 1 |')).not.toMatch(/<th[^>]*><\/th>|scope="row"/)
    expect(renderMarkdown('| A |\n|-|\n| 1 |')).toContain('<td>1</td>')
  })
})

describe('a footnote', () => {
  test('is numbered by its mark, stands at the end, and links there and back', () => {
    const html = renderMarkdown(passage, 'body.trade')
    expect(html).toContain('fell<sup><a href="#note-body.trade:1" id="mark-body.trade:1" role="doc-noteref">1</a></sup> and')
    expect(html).toContain('Tonnes<sup><a href="#note-body.trade:2" id="mark-body.trade:2" role="doc-noteref">2</a></sup></th>')
    expect(html.slice(html.indexOf('<section'))).toBe(
      [
        '<section role="doc-endnotes">\n<ol>',
        '<li id="note-body.trade:1">By a third. <a href="#mark-body.trade:1" role="doc-backlink">↑</a></li>',
        '<li id="note-body.trade:2">In <strong>thousands</strong>, see <a href="https://port.example/">the port</a>. <a href="#mark-body.trade:2" role="doc-backlink">↑</a></li>',
        '</ol>\n</section>',
      ].join('\n'),
    )
  })

  test('with two marks leads back to each', () => {
    const html = renderMarkdown('a[^x] b[^x]\n\n[^x]: c')
    expect(html).toContain('id="mark-text:1:2" role="doc-noteref">1</a>')
    expect(html).toContain(
      'c <a href="#mark-text:1" role="doc-backlink">↑</a> <a href="#mark-text:1:2" role="doc-backlink">↑</a>',
    )
  })

  test('may have a mark in another, and takes the next number', () => {
    expect(plainText(renderMarkdown('a[^x] b[^y]\n\n[^z]: third\n\n[^y]: second\n\n[^x]: first[^z]'))).toBe(
      'a b\nfirst\nsecond\nthird',
    )
  })

  test('without a mark, or with a second text, loses no word in what is stored already', () => {
    expect(plainText(renderMarkdown('a[^x]\n\n[^x]: b\n\n[^x]: c\n\n[^y]: d'))).toBe('a\n[^x]: c\n[^y]: d\nb')
  })
})

test('sub-headings are h3 and h4', () => {
  expect(renderMarkdown('### One\n\n#### Two *x*')).toBe('<h3>One</h3>\n<h4>Two <em>x</em></h4>')
})

describe('what programs get of a passage', () => {
  test('search has its words, without marks and numbers of footnotes', () => {
    expect(plainText(renderMarkdown(passage))).toBe(
      'Trade fell and rose.\nBy year\nYear\nTonnes\nState\n2023\n1,200\nopen\n90\na | b\nBy a third.\nIn thousands, see the port.',
    )
  })

  test('its words are counted without bars and marks', () => {
    expect(countWords('a[^1] b\n\n|c|d|\n|--|--|\n|1|2|\n\n[^1]: e f')).toBe(8)
  })

  test('Markdown has footnotes with names of their own, and renders the same', () => {
    const inert = inertMarkdown(passage, 'trade')
    expect(inert).toContain('fell[^trade-fall] and')
    expect(inert).toContain('\n[^trade-fall]: By a third.')
    expect(renderMarkdown(inert)).toBe(renderMarkdown(passage))
    expect(inertMarkdown('古い[^1]。\n\n[^1]: 推計値。', 'x')).toBe('古い[^x-1]。\n\n[^x-1]: 推計値。')
  })

  test('a footnote is no address for a renderer without footnotes', () => {
    for (const text of ['javascript:alert(1)', 'java&#115;cript:alert(1)', '<javascript:alert(1)>', '\\\njavascript:alert(1)']) {
      expect(inertMarkdown(`a[^1]\n\n[^1]: ${text}`)).not.toContain('\n[^1]:')
      expect(inertMarkdown(`a[^1]\n\n> [^1]: ${text}`)).not.toContain('[^1]: ')
    }
  })
})
