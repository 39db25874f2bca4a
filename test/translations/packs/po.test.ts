import fc from 'fast-check'
import PO from 'pofile'
import { describe, expect, test } from 'vitest'
import { processorTime } from '#runtime'
import { readPack, writePack } from '../../../src/translations/packs/formats'
import type { Unit } from '../../../src/translations/packs/pack'
import { encode } from '../../support/newsroom'
import { aGeneratedPack, aPack, aUnit } from '../../support/packs'

const po = (unit: Partial<Unit> = {}, changes = {}) => writePack('po', aPack([aUnit(unit)], changes))
const read = (text: string) => readPack('pack.po', encode(text))
const target = (text: string) => read(text).targets.get('title')

describe('a PO file', () => {
  test('holds what a translator needs, and what the English was', () => {
    const text = po({ source: 'Say "no"\nnow', target: 'Non', state: 'outdated', previous: 'Say\nyes' }, { locale: 'pt-BR' })
    expect(text.slice(text.indexOf('"Language:'))).toBe(String.raw`"Language: pt_BR\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"X-Source-Language: en\n"
"X-Source-Revision: 3\n"
"X-Vernacular-Entries: 1\n"
"X-Vernacular-Pack: harbour-closes\n"

#. The title. At most 600 characters.
#. Access: public
#, fuzzy
#| msgid ""
#| "Say\n"
#| "yes"
msgctxt "title"
msgid ""
"Say \"no\"\n"
"now"
msgstr "Non"

#~ msgid "End of the file"
#~ msgstr "End of the file"
`)
  })

  test('has what is only proposed as fuzzy, and what the memory offers as comments', () => {
    const candidates = [{ source: 'The “harbour”\ncloses', target: 'Le port\nferme', score: 82 }]
    const text = po({ target: 'Le port', state: 'proposed', candidates })
    expect(text.slice(text.indexOf('#. The title'))).toBe(`#. The title. At most 600 characters.
#. Access: public
#. Memory 82%: “The “harbour”↵closes” → “Le port↵ferme”
#, fuzzy
msgctxt "title"
msgid "The harbour closes"
msgstr "Le port"

#~ msgid "End of the file"
#~ msgstr "End of the file"
`)
    expect(read(text)).toMatchObject({ unfinished: new Map([['title', 'Le port']]), done: new Set() })
    expect(read(text.replace('#, fuzzy\n', ''))).toMatchObject({
      targets: new Map([['title', 'Le port']]),
      done: new Set(['title']),
    })
  })

  test('is read by pofile as it was written', () => {
    fc.assert(
      fc.property(aGeneratedPack, (pack) => {
        const written = PO.parse(writePack('po', pack)).items.filter(({ obsolete }) => !obsolete)
        const items = written.map(({ msgctxt, msgid, msgstr }) => [msgctxt, msgid, msgstr.join('')])
        expect(items).toEqual(pack.units.map(({ id, source, target: text }) => [id, source, text]))
      }),
    )
  })

  test('lets tools compare the names in braces, where there is nothing else', () => {
    const isFlagged = (source: string) => po({ kind: 'message', source }).includes('#, python-brace-format')
    expect(isFlagged('By {names}')).toBe(true)
    expect(['By us', '{n, number}', '{n, plural, other {#}}', "{a} '{b}'", '{0}'].filter(isFlagged)).toEqual([])
    expect(po({ source: '{n}' })).not.toContain('python-brace-format')
  })

  const entry = 'msgctxt "title"\nmsgid "The harbour closes"\nmsgstr ""'
  const withEntry = (text: string) => po().replace(entry, () => text)

  test.each([
    ['a text on several lines', 'msgctxt "title"\nmsgid "a"\nmsgstr ""\n"Le "\n\t"port"', 'Le port'],
    [
      'signs behind backslashes',
      String.raw`msgctxt "title"${'\n'}msgid "a"${'\n'}msgstr "\"a\" \\n \t\x41\102\?"`,
      '"a" \\n \tAB?',
    ],
    ['a fuzzy text, as not translated', '#, fuzzy\nmsgctxt "title"\nmsgid "a"\nmsgstr "Le port"', ''],
    ['fuzzy behind another flag', '#, python-brace-format, fuzzy\nmsgctxt "title"\nmsgid "a"\nmsgstr "Le port"', ''],
    ['comments of every kind', '# a\n#: b\n#| msgid "c"\n#, no-wrap\nmsgctxt "title"\nmsgid "a"\nmsgstr "Le port"', 'Le port'],
    ['an obsolete entry after it', `${entry}\n\n#, fuzzy\n#~ msgid "b"\n#~ msgstr "c"`, ''],
    [
      'an obsolete entry before it',
      '#, fuzzy\n#~ msgid "b"\n#~ msgstr "c"\nmsgctxt "title"\nmsgid "a"\nmsgstr "Le port"',
      'Le port',
    ],
    [
      'no empty line between entries',
      'msgctxt "b"\nmsgid "b"\nmsgstr "c"\nmsgctxt "title"\nmsgid "a"\nmsgstr "Le port"',
      'Le port',
    ],
    [
      'bytes by their numbers, as msgcat --escape writes them',
      String.raw`msgctxt "title"${'\n'}msgid "a"${'\n'}msgstr "Ferm\303\251 \xe6\xb8\xaf\41"`,
      'Fermé 港!',
    ],
    [
      'Windows’ line ends within a text',
      String.raw`msgctxt "title"${'\n'}msgid "a"${'\n'}msgstr "Le port\r\n"${'\n'}"ferme\r"`,
      'Le port\nferme\n',
    ],
  ])('is read with %s', (_, text, expected) => {
    expect(target(withEntry(text))).toBe(expected)
  })

  test('is read with the line ends of old Macs, and without the name of its source', () => {
    expect(target(withEntry(entry).replaceAll('\n', '\r'))).toBe(target(withEntry(entry)))
    const text = po({ target: 'Le port', state: 'current' }).replace('"X-Source-Language: en\\n"\n', '')
    expect(text).not.toContain('X-Source-Language')
    expect(read(text).source).toBeUndefined()
  })

  test.each([
    ['a text cut off', 'msgctxt "title"\nmsgid "a"\nmsgstr "Le po', 'has quotation marks that do not match'],
    ['an entry cut off', 'msgctxt "title"\nmsgid "a"', 'begins an entry that does not end'],
    ['a quote too many', 'msgctxt "title"\nmsgid "a"\nmsgstr "a"b"', 'has quotation marks that do not match'],
    [
      'a backslash at the end',
      String.raw`msgctxt "title"${'\n'}msgid "a"${'\n'}msgstr "a\"`,
      'has quotation marks that do not match',
    ],
    ['two translations', `${entry}\nmsgstr "b"`, 'has msgstr where it is not allowed'],
    ['plural forms', 'msgctxt "title"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"', 'is not valid in a PO file'],
    ['something else', `${entry}\nLe port`, 'is not valid in a PO file'],
    ['an entry twice', `${entry}\n\n${entry}`, 'has “title” a second time'],
    ['an entry without a context', 'msgid "a"\nmsgstr "b"', 'has a text without an id'],
    ['a treacherous one', 'msgctxt "__proto__"\nmsgid "a"\nmsgstr "b"', 'has an id that is not valid'],
    [
      'half a character by its number',
      String.raw`msgctxt "title"${'\n'}msgid "a"${'\n'}msgstr "\xe9"`,
      'writes a character as a number',
    ],
    ['a control character', `${entry}\n# \u001b[2J`, 'has a control character'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => read(withEntry(text))).toThrow(message)
    expect(() => read(withEntry(text))).toThrow(/^Line \d+ .*\.$/)
  })

  test('with fewer entries than it was exported with is refused, unless its header no longer says how many those were', () => {
    const text = writePack('po', aPack([aUnit(), aUnit({ id: 'summary' }), aUnit({ id: 'topic' })]))
    const short = text.replace(/#\. The title[^#]*#\. Access: public\nmsgctxt "summary"\nmsgid .*\nmsgstr ""\n\n/, '')
    expect(() => read(short)).toThrow('The file has 2 of the 3 texts that it was exported with. Send the whole file.')
    expect([...read(short.replace(/"X-Vernacular-Entries.*\n/, '')).targets.keys()]).toEqual(['title', 'topic'])
    const longer = text.replace('#~', 'msgctxt "more"\nmsgid "a"\nmsgstr "b"\n\n#~')
    expect([...read(longer).targets.keys()]).toEqual(['title', 'summary', 'topic', 'more'])
  })

  test('may lose what is obsolete in a tool that dates it, and then only its count tells a part from the whole', () => {
    const dropped = po({ target: 'Non', state: 'current' }).replace(/^#~.*\n/gm, '')
    expect(() => read(dropped)).toThrow('The end of the file is missing.')
    expect(target(dropped.replace('PO-Revision-Date: ', 'PO-Revision-Date: 2026-11-30 12:00+0100'))).toBe('Non')
  })

  test.each([
    [/"X-Vernacular-Pack.*\n/, '', 'does not say which briefing'],
    [/"X-Source-Revision.*\n/, '', 'does not say which revision'],
    [/"Language:.*\n/, '', 'does not name its target language'],
    [/UTF-8/, 'ISO-8859-1', 'says that it is in ISO-8859-1. Save it as UTF-8'],
    [/^msgid ""\nmsgstr ""\n(?:".*\n)+/, '', 'has no header'],
  ])('is refused with %s made %j', (pattern, other, message) => {
    expect(() => read(po().replace(pattern, other))).toThrow(message)
  })

  test.each([
    ['a line of spaces', `msgctxt "title"\nmsgid "a"\nmsgstr "${' '.repeat(150_000)}x"`],
    ['spaces behind every line', `${' '.repeat(1000)}\n`.repeat(8000)],
    ['a million lines', '\n'.repeat(1_000_000)],
    ['a million pieces', `msgctxt "title"\nmsgid "a"\nmsgstr ""\n${'""\n'.repeat(1_000_000)}`],
    ['a million backslashes', `# ${'\\'.repeat(9_000_000)}`],
    ['a text without end', `msgctxt "title"\nmsgid "a"\nmsgstr "${'\\n'.repeat(1_500_000)}"`],
    ['100,000 entries', Array.from({ length: 100_000 }, (_, at) => `msgctxt "u${at}"\nmsgid "a"\nmsgstr "b"\n`).join('\n')],
  ])('with %s is read or refused soon', (_, text) => {
    const began = processorTime()
    try {
      read(withEntry(text))
    } catch (error) {
      expect((error as Error).message).toMatch(/longer than 200,000 characters|more than 20,000 texts|0 of the 1 texts/)
    }
    expect(processorTime() - began).toBeLessThan(5000)
  })
})
