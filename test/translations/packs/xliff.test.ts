import { describe, expect, test } from 'vitest'
import { readPack, writePack } from '../../../src/translations/packs/formats'
import type { Unit } from '../../../src/translations/packs/pack'
import { encode } from '../../support/newsroom'
import { aPack, aUnit } from '../../support/packs'

const source = 'The **port** [closed](https://port.example/notice).\n\nIt opens in May.'
const markdown = aUnit({ id: 'body.closure', kind: 'markdown', access: 'circle', source })
/** What the memory may have for it: alike, with another link. */
const candidate = {
  source: 'The [port](https://port.example/old) **closed**.',
  target: 'Le [port](https://port.example/old) a **fermé**.',
  score: 82,
}
const read = (text: string) => readPack('pack.xlf', encode(text))
const target = (text: string) => read(text).targets.get('body.closure')

describe('XLIFF 2', () => {
  const xliff = (unit: Partial<Unit> = {}, changes = {}, options = {}) =>
    writePack('xliff', aPack([{ ...markdown, ...unit }], changes), options)

  test('holds what a translator needs, and markup as codes with the text that they stand for', () => {
    expect(
      xliff({ state: 'outdated', target: 'Le **port**', previous: 'The <old> port' }),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.1" srcLang="en" trgLang="fr">
  <file id="harbour-closes" original="harbour-closes@3" canResegment="no" xml:space="preserve">
    <mda:metadata><mda:metaGroup category="vernacular"><mda:meta type="sourceRevision">3</mda:meta></mda:metaGroup></mda:metadata>
    <unit id="body.closure" name="body.closure">
      <mda:metadata><mda:metaGroup category="vernacular"><mda:meta type="access">circle</mda:meta></mda:metaGroup></mda:metadata>
      <notes>
        <note category="about">The title. At most 600 characters.</note>
        <note category="previous-source">The &lt;old&gt; port</note>
      </notes>
      <originalData>
        <data id="d1">**</data>
        <data id="d2">**</data>
        <data id="d3">[</data>
        <data id="d4">](https://port.example/notice)</data>
        <data id="d5">

</data>
      </originalData>
      <segment id="s" state="initial">
        <source>The <ph id="1" type="fmt" dataRef="d1" equiv="**" disp="**"/>port<ph id="2" type="fmt" dataRef="d2" equiv="**" disp="**"/> <ph id="3" type="link" dataRef="d3" equiv="[" disp="["/>closed<ph id="4" type="link" dataRef="d4" equiv="](https://port.example/notice)" disp="](https://port.example/notice)"/>.<ph id="5" type="fmt" dataRef="d5" equiv="↵↵" disp="↵↵"/>It opens in May.</source>
        <target>Le <ph id="1" type="fmt" dataRef="d1" equiv="**" disp="**"/>port<ph id="2" type="fmt" dataRef="d2" equiv="**" disp="**"/></target>
      </segment>
    </unit>
  </file>
</xliff>
`)
  })

  test.each([
    ['outdated', 'Le port', true, 'initial'],
    ['proposed', 'Le port', true, 'initial'],
    ['current', 'Le port', false, 'translated'],
    ['current', 'Le port', true, 'final'],
  ] as const)('says of a text that is %s (%j, approved: %j) that it is %s', (state, text, isApproved, said) => {
    expect(xliff({ state, target: text }, { isApproved })).toContain(`<segment id="s" state="${said}">`)
  })

  test('says nothing of a text that is missing, so that it differs from one that is not done', () => {
    expect(xliff({}, { isApproved: true })).toContain('<segment id="s">')
  })

  test('offers what the memory has, its codes those of the text or codes of its own', () => {
    const text = xliff({ hash: 'a1b2', candidates: [candidate, { source: 'The port', target: 'Le port', score: 71 }] })
    expect(text.slice(text.indexOf('      <mtc:matches>'), text.indexOf('      <notes>'))).toBe(`      <mtc:matches>
        <mtc:match ref="#s" similarity="82" origin="Vernacular memory">
          <originalData>
            <data id="d1">**</data>
            <data id="d2">**</data>
            <data id="d3">[</data>
            <data id="d6">](https://port.example/old)</data>
          </originalData>
          <source>The <ph id="3" type="link" dataRef="d3" equiv="[" disp="["/>port<ph id="6" type="link" dataRef="d6" equiv="](https://port.example/old)" disp="](https://port.example/old)"/> <ph id="1" type="fmt" dataRef="d1" equiv="**" disp="**"/>closed<ph id="2" type="fmt" dataRef="d2" equiv="**" disp="**"/>.</source>
          <target>Le <ph id="3" type="link" dataRef="d3" equiv="[" disp="["/>port<ph id="6" type="link" dataRef="d6" equiv="](https://port.example/old)" disp="](https://port.example/old)"/> a <ph id="1" type="fmt" dataRef="d1" equiv="**" disp="**"/>fermé<ph id="2" type="fmt" dataRef="d2" equiv="**" disp="**"/>.</target>
        </mtc:match>
        <mtc:match ref="#s" similarity="71" origin="Vernacular memory">
          <source>The port</source>
          <target>Le port</target>
        </mtc:match>
      </mtc:matches>
      <mda:metadata><mda:metaGroup category="vernacular"><mda:meta type="access">circle</mda:meta><mda:meta type="hash">a1b2</mda:meta></mda:metaGroup></mda:metadata>
`)
    expect(text).toContain('<segment id="s">')
    expect([...read(text).targets.values()]).toEqual([''])
  })

  test.each([
    ['translated', true],
    ['reviewed', true],
    ['final', true],
    ['initial', false],
    ['anything', false],
  ])('takes a text whose state is %s as done: %j', (state, isDone) => {
    const text = xliff({ target: 'Le port', state: 'outdated' })
    expect(read(text.replace('state="initial"', `state="${state}"`)).done?.has('body.closure')).toBe(isDone)
  })

  test('takes a text as done only where every part of it is, and never where there is none', () => {
    const part = (state: string, inside = '<target>A</target>') => `<segment${state}><source>A</source>${inside}</segment>`
    const isDone = (segments: string) => read(withSegments(segments)).done?.has('body.closure')
    expect(isDone(part(' state="final"') + part(' state="translated"'))).toBe(true)
    expect(isDone(part(' state="final"') + part(''))).toBe(false)
    expect(isDone(part(' state="final"', ''))).toBe(false)
    expect(isDone(part(' state="final"', '<target> </target>'))).toBe(false)
  })

  test('says that it is 2.0 where a tool wants that, and is read as that', () => {
    const text = xliff({ target: 'Le port' }, {}, { xliffVersion: '2.0' })
    expect(text).toContain(' version="2.0" ')
    expect(target(text)).toBe('Le port')
    expect(() => read(text.replace(' version="2.0" ', ' version="2.2" '))).toThrow('not XLIFF 1.2, 2.0 or 2.1')
  })

  /** The pack with this in place of its segment. */
  const withSegments = (inside: string) => xliff().replace(/<segment .*<\/segment>/s, () => inside)

  test.each([
    [
      'segments in order, with what stands between them',
      '<segment><source>A.</source><target>Un.</target></segment><ignorable><source> </source></ignorable><segment><source>B.</source><target>Deux.</target></segment>',
      'Un. Deux.',
    ],
    [
      'segments in the order of the translation',
      '<segment><source>A</source><target order="3">Un</target></segment><ignorable><source>-</source></ignorable><segment><source>B</source><target order="1">Deux</target></segment>',
      'Deux-Un',
    ],
    [
      'a unit half translated as not translated',
      '<segment><source>A</source><target>Un</target></segment><segment><source>B</source></segment>',
      '',
    ],
    [
      'spans, their halves, marks and characters by number',
      '<segment><source/><target>a<pc id="1" dataRefStart="d1" dataRefEnd="d2">b<mrk id="m" type="term">c</mrk></pc><sm id="n"/><sc id="3" dataRef="d3"/>d<ec startRef="3" dataRef="d4"/><em startRef="n"/><cp hex="00e9"/></target></segment>',
      'a**bc**[d](https://port.example/notice)é',
    ],
    [
      'codes whose data a tool left out, by those of the English',
      '<segment><source><ph id="1" dataRef="d1"/><pc id="2" dataRefStart="d3" dataRefEnd="d4">A</pc></source><target><pc id="2">Le <ph id="1"/></pc></target></segment>',
      '[Le **](https://port.example/notice)',
    ],
    [
      'a span of a tool that stands for nothing',
      '<segment><source>A</source><target>Le <pc id="9">port</pc></target></segment>',
      'Le port',
    ],
    [
      'marks that a tool put on lines of their own',
      '<segment><source>A</source><target>\n  <mrk id="m" type="term">Le</mrk>\n  <mrk id="n" type="term">port</mrk>\n</target></segment>',
      'Le port',
    ],
    ['a translation without codes', '<segment><source>A</source><target>Le port</target></segment>', 'Le port'],
    ['a unit without a translation', '<segment><source>A</source></segment>', ''],
  ])('is read with %s', (_, segments, text) => {
    expect(target(withSegments(segments))).toBe(text)
  })

  test.each([
    ['<ph id="1" dataRef="d9"/>', 'has a code that refers to nothing in the file'],
    ['<ph id="9"/>', 'has a code that refers to nothing in the file'],
    ['<cp hex="110000"/>', 'gives a character by a number that Unicode does not have'],
    ['<cp hex="-1"/>', 'gives a character by a number that Unicode does not have'],
  ])('is refused with %s in a translation', (code, message) => {
    expect(() => read(withSegments(`<segment><source>A</source><target>${code}</target></segment>`))).toThrow(message)
  })

  test('is refused with a code that is said without end', () => {
    const code = '<ph id="1" dataRef="d1"/>'.repeat(50_000)
    const bomb = withSegments(`<segment><source/><target>${code}</target></segment>`).replace('>**<', `>${'ha'.repeat(500_000)}<`)
    expect(() => read(bomb)).toThrow('has a text longer than 200,000 characters')
  })

  test('believes neither the English of the file nor candidates of a tool', () => {
    const candidate =
      '<mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match ref="#1"><source>A</source><target>Mine</target></mtc:match></mtc:matches>'
    const text = xliff({ target: 'Le port' }).replace('<notes>', `${candidate}<notes>`).replaceAll('It opens', 'Believe me')
    expect([...read(text).targets.values()]).toEqual(['Le port'])
  })

  test('finds its revision in the metadata where a tool wrote an original of its own', () => {
    const text = xliff().replace('original="harbour-closes@3"', '')
    expect(read(text)).toMatchObject({ name: 'harbour-closes', sourceRevision: 3 })
  })

  test('is read with its elements under another prefix, and in groups', () => {
    const text = xliff({ target: 'Le port' })
      .replaceAll(/<(\/?)(?=[a-z])(?!mda)/g, '<$1x:')
      .replace('xmlns=', 'xmlns:x=')
    expect(target(text)).toBe('Le port')
    expect(
      target(xliff({ target: 'Le port' }).replace('<unit', '<group id="g"><unit').replace('</unit>', '</unit></group>')),
    ).toBe('Le port')
  })
})

describe('XLIFF 1.2', () => {
  const xliff12 = (unit: Partial<Unit> = {}, changes = {}, options = {}) =>
    writePack('xliff12', aPack([{ ...markdown, ...unit }], changes), options)

  test('holds what a translator needs, and markup as codes that say what they stand for', () => {
    expect(
      xliff12({ state: 'outdated', target: 'Le **port**', previous: 'The <old> port' }),
    ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="harbour-closes@3" source-language="en" target-language="fr" datatype="plaintext" xml:space="preserve">
    <header>
      <tool tool-id="vernacular" tool-name="Vernacular"/>
    </header>
    <body>
      <trans-unit id="body.closure" resname="body.closure" approved="no" xml:space="preserve">
        <source>The <x id="1" ctype="x-emphasis" equiv-text="**"/>port<x id="2" ctype="x-emphasis" equiv-text="**"/> <x id="3" ctype="x-link" equiv-text="["/>closed<x id="4" ctype="x-link" equiv-text="](https://port.example/notice)"/>.<x id="5" ctype="lb" equiv-text="&#10;&#10;"/>It opens in May.</source>
        <target state="needs-review-translation">Le <x id="1" ctype="x-emphasis" equiv-text="**"/>port<x id="2" ctype="x-emphasis" equiv-text="**"/></target>
        <note from="vernacular">The title. At most 600 characters.</note>
        <note from="vernacular">Access: circle</note>
        <note from="vernacular">The English has changed. It was: The &lt;old&gt; port</note>
      </trans-unit>
    </body>
  </file>
</xliff>
`)
  })

  test.each([
    ['outdated', 'Le port', true, 'needs-review-translation', 'no'],
    ['proposed', 'Le port', true, 'needs-review-translation', 'no'],
    ['current', 'Le port', false, 'translated', 'no'],
    ['current', 'Le port', true, 'final', 'yes'],
  ] as const)('says of a text that is %s (%j, approved: %j) that it is %s', (state, text, isApproved, said, approved) => {
    const written = xliff12({ state, target: text }, { isApproved })
    expect(written).toContain(`<target state="${said}">`)
    expect(written).toContain(` approved="${approved}" `)
  })

  test('says nothing of a text that is missing, so that it differs from one that is not done', () => {
    expect(xliff12({}, { isApproved: true })).toContain('<target></target>')
  })

  test('tells of each text which English it is, by its hash', () => {
    const text = writePack('xliff12', aPack([aUnit({ hash: 'a1b2' }), aUnit({ id: 'summary' })]))
    expect(text).toContain('<trans-unit id="title" resname="title" approved="no" xml:space="preserve" extradata="a1b2">')
    expect(text).toContain('<trans-unit id="summary" resname="summary" approved="no" xml:space="preserve">')
  })

  test('offers what the memory has, and takes none of it for the translation', () => {
    const text = xliff12({ candidates: [candidate] })
    expect(
      text.slice(text.indexOf('        <alt-trans'), text.indexOf('      </trans-unit>')),
    ).toBe(`        <alt-trans match-quality="82%" origin="Vernacular memory" xml:space="preserve">
          <source>The <x id="3" ctype="x-link" equiv-text="["/>port<x id="6" ctype="x-link" equiv-text="](https://port.example/old)"/> <x id="1" ctype="x-emphasis" equiv-text="**"/>closed<x id="2" ctype="x-emphasis" equiv-text="**"/>.</source>
          <target>Le <x id="3" ctype="x-link" equiv-text="["/>port<x id="6" ctype="x-link" equiv-text="](https://port.example/old)"/> a <x id="1" ctype="x-emphasis" equiv-text="**"/>fermé<x id="2" ctype="x-emphasis" equiv-text="**"/>.</target>
        </alt-trans>
`)
    expect([...read(text).targets.values()]).toEqual([''])
    expect([...read(text.replace(/ {8}<target><\/target>\n/, '')).targets.values()]).toEqual([''])
  })

  test.each([
    ['state="translated"', 'no', true],
    ['state="signed-off"', 'no', true],
    ['state="final"', 'no', true],
    ['state="needs-review-translation"', 'no', false],
    ['state="needs-review-translation"', 'yes', true],
    ['state="new"', 'no', false],
    ['', 'no', false],
  ])('takes a text of %s, approved: %s, as done: %j', (state, approved, isDone) => {
    const text = xliff12({ target: 'Le port', state: 'outdated' })
      .replace('state="needs-review-translation"', state)
      .replace('approved="no"', `approved="${approved}"`)
    expect(read(text).done?.has('body.closure')).toBe(isDone)
  })

  /** The pack with this in place of its translation. */
  const withTarget = (inside: string) => xliff12().replace(/<target>.*<\/target>/s, () => inside)

  test.each([
    ['codes without their text', '<target>Le <x id="1"/>port<x id="2"/></target>', 'Le **port**'],
    ['line breaks that a tool made spaces of', '<target>a<x id="5" ctype="lb" equiv-text="  "/>b</target>', 'a\n\nb'],
    ['a line break by its id', '<target>a<x id="5"/>b</target>', 'a\n\nb'],
    [
      'segments of a tool',
      '<target><mrk mtype="seg" mid="1">Un.</mrk> <mrk mtype="seg" mid="2">Deux.</mrk></target>',
      'Un. Deux.',
    ],
    ['codes that hold their text', '<target><bpt id="1">**</bpt>a<ept id="1">**</ept><g id="9">b</g></target>', '**a**b'],
    ['no translation', '', ''],
    ['an empty one', '<target/>', ''],
    ['the candidate of a tool', '<alt-trans><target>Mine</target></alt-trans>', ''],
  ])('is read with %s', (_, inside, text) => {
    expect(target(withTarget(inside))).toBe(text)
  })

  test('is refused with a code that nobody knows', () => {
    expect(() => read(withTarget('<target><x id="77"/></target>'))).toThrow('has a code that refers to nothing in the file')
  })
})
