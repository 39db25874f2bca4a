import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../../src/language/newsroom'
import { measured } from '../../src/media/measured'
import { flawInSize, pictureIn } from '../../src/media/picture'
import { encode } from '../support/newsroom'
import { encodedPictures } from '../support/pictures'

const bytesOf = (name: keyof typeof encodedPictures) =>
  Uint8Array.from(atob(encodedPictures[name]), (letter) => letter.charCodeAt(0))
const drawing = (attributes: string, before = '') =>
  encode(`${before}<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><path/></svg>`)
const joined = (...parts: readonly (readonly number[] | Uint8Array)[]) => Uint8Array.from(parts.flatMap((each) => [...each]))
const big = (value: number, bytes: number) => Array.from({ length: bytes }, (_, at) => (value / 256 ** (bytes - 1 - at)) & 255)
const little = (value: number, bytes: number) => big(value, bytes).reverse()

/** The JPEG with EXIF that says how to turn it, in either order of bytes. */
function turned(orientation: number, isLittle: boolean) {
  const order = isLittle ? little : big
  const entry = [...order(0x0112, 2), ...order(3, 2), ...order(1, 4), ...order(orientation, 2), 0, 0]
  const tiff = [
    ...(isLittle ? [0x49, 0x49] : [0x4d, 0x4d]),
    ...order(42, 2),
    ...order(8, 4),
    ...order(1, 2),
    ...entry,
    0,
    0,
    0,
    0,
  ]
  const exif = [...encode('Exif'), 0, 0, ...tiff]
  const jpeg = bytesOf('jpeg')
  return joined(jpeg.slice(0, 2), [0xff, 0xe1], big(exif.length + 2, 2), exif, jpeg.slice(2))
}

/** The AVIF with a property that turns it by so many quarters, in place of one that says how deep its colours are. */
function turnedAvif(quarters: number) {
  const avif = bytesOf('avif')
  const at = [...avif.keys()].find((each) => String.fromCharCode(...avif.slice(each, each + 4)) === 'pixi') ?? 0
  avif.set([...encode('irot'), quarters], at)
  return avif
}

describe('a picture is known by its bytes', () => {
  test.each([
    ['jpeg', 'jpeg'],
    ['progressive', 'jpeg'],
    ['png', 'png'],
    ['lossy', 'webp'],
    ['lossless', 'webp'],
    ['extended', 'webp'],
    ['avif', 'avif'],
  ] as const)('%s', (name, type) => {
    expect(measured(bytesOf(name))).toEqual({ type, width: 7, height: 3 })
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'a photograph that a camera took at orientation %i has the size it has upright',
    (orientation) => {
      const size = orientation >= 5 ? { width: 3, height: 7 } : { width: 7, height: 3 }
      for (const isLittle of [true, false]) expect(measured(turned(orientation, isLittle))).toEqual({ type: 'jpeg', ...size })
    },
  )

  test.each([0, 1, 2, 3])('an AVIF that is turned by %i quarters has the size it has upright', (quarters) => {
    const size = quarters % 2 === 1 ? { width: 3, height: 7 } : { width: 7, height: 3 }
    expect(measured(turnedAvif(quarters))).toEqual({ type: 'avif', ...size })
  })

  test.each([
    ['as programs write it', drawing('viewBox="0 0 1200 675"')],
    ['with commas, fractions and single quotes', drawing("viewBox='-1.5,0, 1200.0 675'")],
    [
      'after a declaration, comments and a document type with entities',
      drawing(
        'viewBox="0 0 1200 675"',
        '\ufeff<?xml version="1.0"?>\n<!-- <svg viewBox="0 0 1 1"> -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n',
      ),
    ],
    ['beside an attribute with a bracket', drawing('aria-label="a > b" viewBox="0 0 1200 675"')],
  ])('a drawing, %s', (_how, bytes) => {
    expect(measured(bytes)).toEqual({ type: 'svg', width: 1200, height: 675 })
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['noise', Uint8Array.from({ length: 10_000 }, (_, at) => (at * 7919 + (at >> 3)) & 255)],
    ['a GIF', encode('GIF89a\u0007\u0000\u0003\u0000')],
    ['a page', encode('<!doctype html><html><svg viewBox="0 0 4 3"></svg></html>')],
    ['a drawing without a viewBox', drawing('width="1200" height="675"')],
    ['a drawing with an empty viewBox', drawing('viewBox="0 0 0 675"')],
    ['a drawing that is not in UTF-8', joined(drawing('viewBox="0 0 4 3"'), [0xff])],
    ['a PNG without a size', bytesOf('png').fill(0, 16, 24)],
    ['a PNG of other chunks', bytesOf('png').fill(65, 12, 16)],
    ['a WebP of other chunks', bytesOf('lossy').fill(65, 12, 16)],
    ['an AVIF of another brand', bytesOf('avif').map((byte) => (byte === 0x76 ? 0x77 : byte))],
  ])('%s is no picture', (_what, bytes) => {
    expect(measured(bytes)).toBeUndefined()
  })

  test('a file that breaks off is measured right or not at all', () => {
    for (const name of Object.keys(encodedPictures) as (keyof typeof encodedPictures)[]) {
      const bytes = bytesOf(name)
      for (let end = 0; end < bytes.length; end += 1) {
        const { width, height } = measured(bytes.slice(0, end)) ?? { width: 7, height: 3 }
        expect([width, height]).toEqual([7, 3])
      }
    }
  })

  test('changed anywhere, it is measured or refused, and nothing is thrown', () => {
    const anyOf = fc.constantFrom(...(Object.keys(encodedPictures) as (keyof typeof encodedPictures)[]))
    fc.assert(
      fc.property(anyOf, fc.array(fc.tuple(fc.nat(1000), fc.nat(255)), { maxLength: 6 }), (name, changes) => {
        const bytes = bytesOf(name)
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        const picture = measured(bytes)
        return picture === undefined || (picture.width > 0 && picture.height > 0)
      }),
      { seed: 15, numRuns: 500 },
    )
  })
})

describe('a picture that no site shows is refused with what to do', () => {
  const told = (name: string, bytes: Uint8Array) => {
    const picture = pictureIn(name, bytes)
    return 'code' in picture ? explain(picture) : picture
  }
  const png = (width: number, height: number) => {
    const bytes = bytesOf('png')
    bytes.set([...big(width, 4), ...big(height, 4)], 16)
    return bytes
  }

  test('noise, whatever its name says', () => {
    const refusal = 'This is not a picture that a site can show: JPEG, PNG, WebP, AVIF, or SVG with a viewBox. Replace the file.'
    for (const name of ['a.jpg', 'a.png', 'a.webp', 'a.avif', 'a.svg']) expect(told(name, encode('noise'))).toBe(refusal)
  })

  test('one whose name says another format', () => {
    const refusal = 'The name of this picture says another format than its content. Let the name end in .webp.'
    expect(told('a.jpg', bytesOf('lossy'))).toBe(refusal)
    expect(told('a.webp', bytesOf('lossy'))).toEqual({ type: 'webp', width: 7, height: 3 })
  })

  test('one of more than 20 MB', () => {
    const bytes = new Uint8Array(20_000_001)
    bytes.set(bytesOf('png'))
    expect(told('a.png', bytes)).toBe('This picture is larger than 20 MB. Make the file smaller.')
    expect(told('a.png', bytes.subarray(0, 20_000_000))).toEqual({ type: 'png', width: 7, height: 3 })
  })

  test('one of more than 50 megapixels, but for drawings', () => {
    expect(told('a.png', png(10_000, 5_000))).toEqual({ type: 'png', width: 10_000, height: 5_000 })
    const refusal = 'This picture has more than 50 megapixels. Reduce its width and height.'
    expect(told('a.png', png(10_001, 5_000))).toBe(refusal)
    expect(told('a.svg', drawing('viewBox="0 0 10001 5000"'))).toEqual({ type: 'svg', width: 10_001, height: 5_000 })
  })
})

describe('the size that a briefing declares', () => {
  test('of a photograph is its own', () => {
    const flaw = (width: number, height: number) => flawInSize({ type: 'jpeg', width: 1200, height: 900 }, { width, height })
    expect(flaw(1200, 900)).toBeUndefined()
    const wrong = flaw(1600, 900)
    expect(wrong && explain(wrong)).toBe(
      'The picture is 1200 pixels wide and 900 high. Write these numbers as its width and height.',
    )
    expect(flaw(600, 450)).toBeDefined()
  })

  test('of a drawing is any of its shape', () => {
    const flaw = (width: number, height: number) => flawInSize({ type: 'svg', width: 16, height: 9 }, { width, height })
    for (const [width, height] of [
      [1200, 675],
      [1600, 900],
      [100, 56],
    ] as const)
      expect(flaw(width, height)).toBeUndefined()
    const wrong = flaw(1200, 900)
    expect(wrong && explain(wrong)).toBe(
      'The drawing’s viewBox is 16 wide and 9 high. Write a width and a height in the same proportion.',
    )
  })
})
