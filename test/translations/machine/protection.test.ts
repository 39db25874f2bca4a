import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { processorTime } from '#runtime'
import { passagesOf, restore } from '../../../src/translations/machine/protection'
import { split } from '../../../src/translations/packs/inline'
import { aTypedText } from '../../support/packs'
import { rounds } from '../../support/rounds'

const aKind = fc.constantFrom('plain', 'markdown')

/** The markup in a text, in any order. */
const codesIn = (kind: 'plain' | 'markdown', text: string) =>
  split(kind, text)
    .flatMap((run) => (typeof run === 'string' ? [] : run.text))
    .sort()

/** The words of a passage put into another language, its elements where they were. */
const inOtherWords = (xml: string) => xml.replace(/<[^>]*>|&[^;]+;|\p{L}+/gu, (found) => (/^[<&]/.test(found) ? found : 'mot'))

/** What a machine may do to a passage: anything at all, or lose, double, move, empty and invent what it was given. */
const aMisdeed: fc.Arbitrary<(xml: string) => string> = fc.oneof(
  aTypedText.map((text) => () => text),
  fc.constantFrom<(xml: string) => string>(
    (xml) => xml.replace(/<x[^>]*>/, ''),
    (xml) => xml.replace('</x>', ''),
    (xml) => xml + (xml.match(/<x[^>]*>/)?.[0] ?? '<x id="1"/>'),
    (xml) => xml.replace(/(<x[^>]*\/>)(.*)/s, '$2$1'),
    (xml) => xml.replace(/(<x id="\d+">).*?<\/x>/s, '$1</x>'),
    (xml) => xml.replaceAll('<x', '<X'),
    (xml) => `${xml} **new** [link](https://elsewhere.example/)`,
    (xml) => `- ${xml}\n\n# ${xml}`,
    (xml) => `${xml}&lt;https://elsewhere.example/&gt;`,
    (xml) => `${xml}&#10;&#10;`,
    (xml) => xml.replace(/<x id="(\d+)"/g, (_, id) => `<x id="${Number(id) + 1}"`),
  ),
)

describe('what a machine is sent', () => {
  test.each([
    ['The port **closed** on *Monday*', ['The port <x id="1">closed</x> on <x id="2">Monday</x>']],
    ['as [its notice](https://port.example/a_(b)) says', ['as <x id="1">its notice</x> says']],
    ['see **[the *very* notice](https://port.example/)**', ['see <x id="1"><x id="2">the <x id="3">very</x> notice</x></x>']],
    ['run `a * b` at <https://port.example/>', ['run <x id="1"/> at <x id="2"/>']],
    ['First.\n\n- one\n- two', ['First.', 'one', 'two']],
    ['## Heading\n\n> said', ['Heading', 'said']],
    ['A line that\ngoes on', ['A line that<x id="1"/>goes on']],
    ['5 \\* 3 < 16 & more', ['5 <x id="1"/> 3 &lt; 16 &amp; more']],
    ['**2024** and before', ['<x id="1">2024</x> and before']],
    ['**12 %**\n\n---', []],
  ])('of Markdown %j is %j', (text, passages) => {
    expect(passagesOf('markdown', text)).toEqual(passages)
  })

  test('of a line without markup is its words', () => {
    expect(passagesOf('plain', ' **Not** [markup] & <b> ')).toEqual(['**Not** [markup] &amp; &lt;b&gt;'])
  })
})

describe('what a machine answers', () => {
  test('puts any text together again where it changed nothing', () => {
    fc.assert(
      fc.property(aKind, aTypedText, (kind, text) => {
        expect(restore(kind, text, passagesOf(kind, text))).toBe(text)
      }),
      { numRuns: rounds(2000) },
    )
  })

  test('keeps all the markup, whatever becomes of the words', () => {
    fc.assert(
      fc.property(aKind, aTypedText, (kind, text) => {
        const restored = restore(kind, text, passagesOf(kind, text).map(inOtherWords))
        expect(codesIn(kind, restored ?? '')).toEqual(codesIn(kind, text))
      }),
      { numRuns: rounds(2000) },
    )
  })

  test('is refused whole or has the markup of the English, each piece once, whatever a machine does', () => {
    fc.assert(
      fc.property(aKind, aTypedText, fc.array(aMisdeed, { minLength: 1, maxLength: 3 }), (kind, text, misdeeds) => {
        const answers = passagesOf(kind, text).map((xml, index) => misdeeds[index % misdeeds.length]?.(xml) ?? '')
        const restored = restore(kind, text, answers)
        if (restored !== undefined) expect(codesIn(kind, restored)).toEqual(codesIn(kind, text))
      }),
      { numRuns: rounds(2000) },
    )
  })

  test('keeps the space that stood around it, and brings none of its own', () => {
    expect(restore('plain', ' The port ', ['\n  Le port '])).toBe(' Le port ')
  })

  test.each([
    ['lost', 'Le port ferme'],
    ['lost in part', 'Le port <x id="1">ferme'],
    ['doubled', 'Le <x id="1">port</x> <x id="1">ferme</x>'],
    ['emptied', 'Le port <x id="1"></x> ferme'],
    ['emptied in short', 'Le port <x id="1"/> ferme'],
    ['invented', 'Le port <x id="1">ferme</x> <x id="2"/>'],
    ['of another kind', 'Le port <b>ferme</b> <x id="1">.</x>'],
    ['written out', 'Le port <x id="1">ferme</x> **lundi**'],
    ['broken off', 'Le port <x id="1">ferme</x> <'],
    ['on a line of its own', 'Le port <x id="1">ferme</x>\n\nlundi'],
  ])('is refused where markup comes back %s', (_what, answer) => {
    expect(restore('markdown', 'The port **closes**', [answer])).toBeUndefined()
  })

  test.each([
    ['lost', 'Le port <x id="2">ferme</x>'],
    ['doubled', 'Le <x id="1"/> port <x id="1"/> <x id="2">ferme</x>'],
    ['broken open', 'Le port <x id="1"> <x id="2">ferme</x>'],
  ])('is refused where a sign that stands for itself comes back %s', (_what, answer) => {
    expect(restore('markdown', 'The port \\* **closes**', ['Le port <x id="1"/> <x id="2">ferme</x>'])).toBe(
      'Le port \\* **ferme**',
    )
    expect(restore('markdown', 'The port \\* **closes**', [answer])).toBeUndefined()
  })

  test('is refused where a link comes back without words to press', () => {
    expect(restore('markdown', 'See [it](https://port.example/)', ['Voir ici <x id="1"> </x>'])).toBeUndefined()
  })

  test('is refused where a line comes back as two', () => {
    expect(restore('plain', 'The port closes', ['Le port\nferme'])).toBeUndefined()
  })

  test('moves the markup with the words, and reads what XML writes in its own way', () => {
    const text = 'The *port* of [Sète](https://port.example/) & `x`'
    const answer = '<x id="3"></x> &#38; <x id="2">S&#xe8;te</x> : le <x id="1">port</x> &quot;d&apos;ici&quot; & co'
    expect(restore('markdown', text, [answer])).toBe('`x` & [Sète](https://port.example/) : le *port* "d\'ici" & co')
  })

  test.each(['[', '](', '`', '*', '- a\n', '\na', '![', '**a** ', '<https://', ' ', '\\*a', '[a](b) ', 'a\n\n'])(
    'to %j, ten thousand times over, is put together at once',
    (piece) => {
      const text = piece.repeat(10_000)
      const began = processorTime()
      for (const kind of ['plain', 'markdown'] as const) expect(restore(kind, text, passagesOf(kind, text))).toBe(text)
      expect(processorTime() - began).toBeLessThan(3000)
    },
  )
})
