import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../src/problem'
import { readPack, writePack } from '../../../src/translations/packs/formats'
import { type Pack, packFormats, type UnitState } from '../../../src/translations/packs/pack'
import { encode } from '../../support/newsroom'
import { aBriefingPack, aGeneratedPack, aPack, aTypedText, aUnit, translated } from '../../support/packs'
import { rounds } from '../../support/rounds'

const targetsOf = (pack: Pack) => Object.fromEntries(pack.units.map(({ id, target }) => [id, target]))

/** The texts that a format marks as not done. */
const marks: Readonly<Record<(typeof packFormats)[number], readonly UnitState[]>> = {
  json: ['proposed'],
  po: ['proposed', 'outdated'],
  xliff: ['proposed', 'outdated'],
  xliff12: ['proposed', 'outdated'],
}

/** A pack written and read again under the name that its file would have. */
const returned = (format: (typeof packFormats)[number], pack: Pack, options = {}) =>
  readPack(format === 'json' ? `locales/${pack.locale}/${pack.name}.json` : 'x', encode(writePack(format, pack, options)))

describe.each(packFormats)('a pack as %s', (format) => {
  test('comes back without an edit as it went', () => {
    fc.assert(
      fc.property(aGeneratedPack, (pack) => {
        const { targets, unfinished = new Map(), done, isDoneUnsaid: _, ...claims } = returned(format, pack)
        const { isApproved: _isApproved, units, ...facts } = pack
        expect(claims).toEqual(facts)
        const marked = units.filter(({ state, target }) => target !== '' && marks[format].includes(state))
        expect(Object.fromEntries(unfinished)).toEqual(targetsOf({ ...pack, units: marked }))
        const unmarked = units.map((unit) => (marked.includes(unit) ? { ...unit, target: '' } : unit))
        expect(Object.fromEntries(targets)).toEqual(targetsOf({ ...pack, units: unmarked }))
        expect(done).toEqual(new Set(units.filter(({ state }) => state === 'current').map(({ id }) => id)))
      }),
    )
  })

  test('brings edits exactly, whatever a person types', () => {
    fc.assert(
      fc.property(aGeneratedPack, fc.array(aTypedText, { minLength: 1, maxLength: 20 }), (pack, targets) => {
        const edited = translated(pack, targets)
        expect(Object.fromEntries(returned(format, edited).targets)).toEqual(targetsOf(edited))
      }),
      { numRuns: rounds(200) },
    )
  })

  test('cut at any byte is refused, or has lost nothing', () => {
    const texts = ['Le port\n\n- ferme\n- demain', 'Il « ferme »', '', 'Un mois\n\nou deux']
    const pack = translated(aPack(texts.map((_, at) => aUnit({ id: `text.${at}`, kind: 'markdown', source: 'A\n\n- b' }))), texts)
    const written = encode(writePack(format, pack))
    const whole = returned(format, pack)
    const read = (bytes: Uint8Array) => readPack(format === 'json' ? 'harbour-closes.json' : 'x', bytes)
    let refused = 0
    for (let length = 0; length < written.length; length += 1) {
      try {
        expect([length, read(written.slice(0, length))]).toEqual([length, whole])
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        expect(error.message).toMatch(/\.$/)
        refused += 1
      }
    }
    // Only the last line break is no loss.
    expect(written.length - refused).toBeLessThanOrEqual(2)
  })

  test('damaged at random is read or refused, and nothing else', () => {
    const written = encode(
      writePack(format, translated(aBriefingPack('fr'), ['Le **port** ferme', 'Ça [va](https://a.example)'])),
    )
    const place = fc.nat(written.length - 1)
    const damage = fc.oneof(
      fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 5 }).map((flips) => {
        const bytes = written.slice()
        for (const [at, byte] of flips) bytes[at] = byte
        return bytes
      }),
      place.map((end) => written.slice(0, end)),
      fc
        .tuple(place, place, place)
        .map(([from, to, at]) => joinBytes(written.slice(0, at), written.slice(from, to), written.slice(at))),
      fc.tuple(place, place).map(([to, from]) => joinBytes(written.slice(0, to), written.slice(from))),
    )
    const tries = rounds(1000)
    let refused = 0
    fc.assert(
      fc.property(damage, (bytes) => {
        try {
          expect(readPack('harbour-closes.json', bytes).targets).toBeInstanceOf(Map)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
          expect((error as Refusal).message.length).toBeLessThan(700)
          refused += 1
        }
      }),
      { numRuns: tries },
    )
    expect(refused).toBeGreaterThan(tries / 10)
  })

  test('holds a target that is the copied source as it stands', () => {
    const pack = aPack([aUnit({ kind: 'markdown', source: 'The **port**' })])
    const back = returned(format, pack, { copySource: true }).targets.get('title')
    expect(back).toBe(format.startsWith('xliff') ? 'The **port**' : '')
  })
})

const joinBytes = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

/** Why a file is refused. */
function refusal(content: string | Uint8Array): string {
  try {
    readPack('x.json', typeof content === 'string' ? encode(content) : content)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
  return 'read'
}

describe('a returned file', () => {
  test('is recognised by its content, whatever its name is', () => {
    const pack = translated(aPack(), ['Le port ferme'])
    for (const format of packFormats.filter((each) => each !== 'json')) {
      for (const name of ['x.json', 'x.txt', '', '../../etc/passwd']) {
        expect(readPack(name, encode(writePack(format, pack))).targets.get('title')).toBe('Le port ferme')
      }
    }
  })

  test('may begin with a byte order mark and have Windows’ line ends', () => {
    for (const format of packFormats) {
      const text = writePack(format, translated(aPack(), ['Le port\nferme'])).replaceAll('\n', '\r\n')
      const bytes = joinBytes(Uint8Array.of(0xef, 0xbb, 0xbf), encode(text))
      expect(readPack('harbour-closes.json', bytes).targets.get('title')).toBe('Le port\nferme')
    }
  })

  test.each([
    ['nothing', new Uint8Array(), 'The file is empty. Save it again in your tool.'],
    ['zip', 'PK\u0003\u0004', 'This file cannot be read. Use a locale file in JSON, XLIFF 1.2, 2.0 or 2.1, or PO.'],
    ['NULs', '\0\0\0\0', 'This file cannot be read. Use a locale file in JSON, XLIFF 1.2, 2.0 or 2.1, or PO.'],
    ['30 MB', new Uint8Array(30_000_000), 'The file is larger than 10 MB. Split it.'],
    ['UTF-16 with a mark', Uint8Array.of(0xff, 0xfe, 0x3c, 0), 'The file is in UTF-16. Save it as UTF-8.'],
    ['UTF-16 without', Uint8Array.of(0, 0x3c, 0, 0x78), 'The file is in UTF-16. Save it as UTF-8.'],
    ['Latin-1', Uint8Array.from('<a>\xe9</a>', (each) => each.charCodeAt(0)), 'This file is not in UTF-8. Save it as UTF-8.'],
    ['HTML', '<html/>', 'The file is XML, but not XLIFF 1.2, 2.0 or 2.1. Export it from your tool as one of these.'],
    ['an overlong byte', Uint8Array.of(0x3c, 0xc0, 0xae), 'This file is not in UTF-8. Save it as UTF-8.'],
    ['JSON of another kind', '{"a": 1}', expect.stringContaining('locale: This is missing')],
    ['JSON without end', `{"a":${'['.repeat(200_000)}`, expect.stringContaining('is not valid JSON')],
    ['JSON of one long text', `{"a":"${'\\n'.repeat(900_000)}"}`, expect.stringContaining('locale: This is missing')],
  ])('is refused where it is %s', (_, content, message) => {
    expect(refusal(content)).toEqual(message)
  })

  test('is refused in JSON under a name that no briefing has', () => {
    const json = encode(writePack('json', aPack()))
    expect(readPack('C:\\packs\\harbour.json', json).name).toBe('harbour')
    expect(() => readPack('Harbour (2).json', json)).toThrow('does not say which briefing it translates')
  })
})
