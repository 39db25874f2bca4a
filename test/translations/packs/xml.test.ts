import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { processorTime } from '#runtime'
import { attributes, escaped } from '../../../src/language/xml'
import { Refusal } from '../../../src/problem'
import { readPack, writePack } from '../../../src/translations/packs/formats'
import { type Element, readXml } from '../../../src/translations/packs/xml'
import { encode } from '../../support/newsroom'
import { aPack, aUnit, translated } from '../../support/packs'
import { rounds } from '../../support/rounds'

const pack = translated(aPack([aUnit(), aUnit({ id: 'topic' })]), ['Le port ferme', 'Fermeture'])
const formats = ['xliff', 'xliff12'] as const

/** Why a document is refused; it must be soon. */
function refusal(text: string): string {
  const began = processorTime()
  try {
    readPack('pack.xlf', encode(text))
  } catch (error) {
    expect(processorTime() - began).toBeLessThan(5000)
    if (error instanceof Refusal) return error.message
    throw error
  }
  return 'read'
}

const textOf = ({ children }: Element) => children.join('')

describe('XML', () => {
  test('any text is read as it was written, without what XML forbids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const root = readXml(`<a${attributes({ b: text })}>${escaped(text)}</a>`)
        const allowed = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
        expect(textOf(root)).toBe(allowed)
        expect(root.attributes.get('b')).toBe(allowed)
      }),
      { numRuns: rounds(1000) },
    )
  })

  test('what it forbids is dropped, halves of characters too', () => {
    expect(escaped('a\0b\u0001\u001fc\ud800d\uffff\ufffee\t\n')).toBe('abcde\t\n')
    expect(escaped(']]> & <b> \r')).toBe(']]&gt; &amp; &lt;b&gt; &#13;')
    expect(attributes({ a: '"\n\t', b: undefined })).toBe(' a="&quot;&#10;&#9;"')
  })

  test('is read in pieces that comments and CDATA stand between', () => {
    expect(textOf(readXml('<a>one<!-- no --> <![CDATA[<script>&amp;]]>&#x20;two</a>'))).toBe('one <script>&amp; two')
  })
})

describe.each(formats)('a hostile pack as %s', (format) => {
  const written = writePack(format, pack)
  /** The pack with this before its root, and this in place of its first translation. */
  const planted = (prolog: string, target: string) =>
    written.replace('<xliff', () => `${prolog}<xliff`).replace('Le port ferme', () => target)

  test('would be read without what is planted', () => {
    expect(refusal(planted('', 'Le port'))).toBe('read')
    expect(refusal(planted('<!-- a comment -->\n', '<![CDATA[<!DOCTYPE a>]]>'))).toBe('read')
  })

  const laughs = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')

  test.each([
    ['a billion laughs', `<!DOCTYPE l [<!ENTITY l0 "ha">${laughs}]>`, '&l10;'],
    ['a file from outside', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '&e;'],
    ['an address from outside', '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1/">]>', '&e;'],
    ['a parameter entity', '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1/e.dtd">%e;]>', 'a'],
    ['an empty document type', '<!DOCTYPE xliff>', 'a'],
    ['a document type of another file', '<!DOCTYPE xliff SYSTEM "xliff.dtd">', 'a'],
    ['a document type behind a comment with a tag', '<!-- <a> --><!DOCTYPE xliff>', 'a'],
    ['ten thousand entities', `<!DOCTYPE x [${'<!ENTITY a "b">'.repeat(10_000)}]>`, '&a;'],
  ])('is refused with %s', (_, prolog, target) => {
    expect(refusal(planted(prolog, target))).toMatch(/^The file has a DOCTYPE. Remove it\.$/)
  })

  test.each([
    ['an entity that nobody declared', '', '&nbsp;', 'is not well-formed XML (undefined entity)'],
    ['half a character', '', '&#xD800;', 'is not well-formed XML (malformed character entity)'],
    ['a NUL by its number', '', '&#0;', 'is not well-formed XML (malformed character entity)'],
    ['a NUL', '', '\0', 'is not well-formed XML (disallowed character)'],
    ['a character beyond Unicode', '', '&#x110000;', 'is not well-formed XML (malformed character entity)'],
    ['an inclusion', '', '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>', 'has <include> in a text'],
    ['a script', '', '<script>alert(1)</script>', 'has <script> in a text'],
    ['a prefix without a namespace', '', '<b:i/>', 'is not well-formed XML (unbound namespace prefix'],
    ['a tag left open', '', '<b>', 'is not well-formed XML (unexpected close tag)'],
    ['depth 50,000', '', `${'<g>'.repeat(50_000)}${'</g>'.repeat(50_000)}`, 'is nested more than 64 elements deep'],
    [
      '100,000 attributes',
      '',
      `<g ${Array.from({ length: 100_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`,
      'has more than 64 attributes in one tag',
    ],
    ['more elements than any pack has', '', '<g/>'.repeat(450_000), 'has more than 400,000 elements'],
    ['a tag whose name has no end', '', `<${'a'.repeat(5_000_000)}`, 'is not well-formed XML'],
    ['an entity whose name has no end', '', `&${'a'.repeat(5_000_000)}`, 'is not well-formed XML'],
    ['a comment without an end', '', `<!--${' -'.repeat(2_000_000)}`, 'is not well-formed XML'],
    ['an attribute twice', '', '<g id="1" id="2"/>', 'is not well-formed XML (duplicate attribute'],
  ])('is refused with %s', (_, prolog, target, message) => {
    const said = refusal(planted(prolog, target))
    expect(said).toMatch(/^(Line \d+|The file) .*\.$/)
    expect(said).toContain(message)
  })

  test.each([
    ['version="1.0" encoding="ISO-8859-1"', 'The file says that it is in ISO-8859-1. Save it as UTF-8.'],
    ['version="1.0" encoding="UTF-16"', 'The file says that it is in UTF-16. Save it as UTF-8.'],
    ['version="1.0" encoding="UTF-7"', 'The file says that it is in UTF-7. Save it as UTF-8.'],
    ['version="1.1" encoding="UTF-8"', 'The file is not XML 1.0. Save it as XML 1.0.'],
  ])('is refused where it says <?xml %s?>', (declaration, message) => {
    expect(refusal(written.replace('version="1.0" encoding="UTF-8"', declaration))).toBe(message)
  })

  test('is refused after its end, and before its beginning', () => {
    expect(refusal(`${written}<a/>`)).toContain('is not well-formed XML')
    expect(refusal(`<a/>${written}`)).toContain('is not well-formed XML')
  })

  const unit = format === 'xliff' ? /<unit .*?<\/unit>/s : /<trans-unit .*?<\/trans-unit>/s
  const [one = ''] = unit.exec(written) ?? []

  test('is refused with 100,000 units', () => {
    const id = (at: number) => `<${format === 'xliff' ? 'unit' : 'trans-unit'} id="u${at}"/>`
    const units = Array.from({ length: 100_000 }, (_, at) => id(at)).join('\n')
    expect(refusal(written.replace(one, units))).toBe('The file has more than 20,000 texts. Split it.')
  })

  test('is read as one where a tool cut it into files that say the same, and with instructions for other programs', () => {
    const [before = '', file = '', after = ''] = written.split(/(?<=<xliff[^>]*>)|(?=<\/xliff>)/)
    const second = file.replaceAll('"title"', '"a"').replaceAll('"topic"', '"b"').replace('id="harbour-closes"', 'id="f2"')
    const returned = readPack(
      'x.xlf',
      encode(`${before.replace('?>', '?><?xml-stylesheet href="a.css"?>')}${file}<?memoq x?>${second}${after}`),
    )
    expect([...returned.targets.keys()]).toEqual(['title', 'topic', 'a', 'b'])
  })

  test('is refused with a unit twice, without an id, and with a treacherous one', () => {
    expect(refusal(written.replace(one, one + one))).toMatch(/^Line \d+ has “title” a second time. Keep only one of them\.$/)
    expect(refusal(written.replace(one, one.replaceAll(/ (id|name|resname)="title"/g, '')))).toContain('without an id')
    for (const id of ['__proto__', 'constructor', 'prototype', 'x'.repeat(201)]) {
      expect(refusal(written.replace(one, one.replaceAll('"title"', `"${id}"`)))).toContain('has an id that is not valid')
    }
  })

  test.each([
    ['"harbour-closes@3"', '"harbour-closes@x"', 'does not say which revision'],
    ['"harbour-closes@3"', '"harbour-closes@0"', 'does not say which revision'],
    ['"harbour-closes@3"', '"../../etc@3"', 'does not say which briefing'],
    ['="fr"', '="french speaking"', 'does not name its target language'],
    ['</file>', '</file><file original="harbour-closes@4"/>', 'begins another <file>'],
    ['</file>', '</file><file/>', 'begins another <file>'],
  ])('is refused with %s in place of %s', (from, to, message) => {
    expect(refusal(written.replace(from, to))).toContain(message)
  })
})
