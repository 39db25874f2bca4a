import { describe, expect, test } from 'vitest'
import { pseudoPieces } from '../../../src/language/pseudo'
import { passagesOf } from '../../../src/translations/machine/protection'
import { join, split } from '../../../src/translations/packs/inline'
import { found } from '../checks/checked'

const english = `Trade fell[^1] by half.

### By year

| Year | Open \\| shut |
|:--|--:|
| 2023 | yes[^1] |

[^1]: By weight.`

const wordsIn = (text: string) => split('markdown', text).filter((run) => typeof run === 'string')

describe('tables, footnotes and sub-headings on their way to a translator', () => {
  test('are codes around the words, which alone are translated', () => {
    expect(wordsIn(english)).toEqual(['Trade fell', ' by half.', 'By year', 'Year', 'Open \\| shut', '2023', 'yes', 'By weight.'])
    expect(join(split('markdown', english))).toBe(english)
  })

  test('reach a machine cell by cell', () => {
    expect(passagesOf('markdown', english)).toEqual([
      'Trade fell<x id="1"/> by half.',
      'By year',
      'Year',
      'Open <x id="1"/> shut',
      'yes<x id="1"/>',
      'By weight.',
    ])
  })

  test('stay as they are in a pseudo-locale', () => {
    const pseudo = pseudoPieces(split('markdown', english), 'en-XA')
    expect(pseudo.replace(/[⟦⟧]/g, '').replace(/\p{L}+/gu, 'x')).toBe(english.replace(/\p{L}+/gu, 'x'))
    expect(found('fr', english, pseudo, { kind: 'markdown' }).filter((each) => /structure|markdown/.test(each))).toEqual([])
  })
})

describe('a translation', () => {
  const french = `Le commerce a baissé[^1] de moitié.

### Par année

| Année | Ouvert \\| fermé |
|:--|--:|
| 2023 | oui[^1] |

[^1]: En poids.`

  test.each([
    ['keeps everything', (text: string) => text, []],
    ['lacks a row', (text: string) => text.replace('| 2023 | oui[^1] |\n', ''), ['warning structure', 'warning numbers']],
    ['lacks a column', (text: string) => text.replace(/^(\|[^|]*\|).*$/gm, '$1'), ['warning structure']],
    ['lacks a mark', (text: string) => text.replace('baissé[^1]', 'baissé'), ['warning structure']],
    [
      'lacks the text of a footnote',
      (text: string) => text.replace('\n\n[^1]: En poids.', ''),
      ['error markdown', 'warning structure'],
    ],
    ['lacks the sub-heading', (text: string) => text.replace('### ', ''), ['warning structure']],
  ])('%s', (_what, change, faults) => {
    expect([...new Set(found('fr', english, change(french), { kind: 'markdown' }))]).toEqual(faults)
  })
})
