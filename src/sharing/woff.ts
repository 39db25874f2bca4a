export const word = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const woffHeader = 44
const woffEntry = 20
/** How long the header of a font and an entry of its directory are, in bytes. */
export const header = 12
export const entry = 16

interface Table {
  readonly tag: number
  readonly checksum: number
  readonly length: number
  readonly data: Uint8Array
}

/** The font inside a WOFF: its tables inflated and set one after another behind a directory. */
export async function unpacked(woff: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const view = word(woff)
  if (view.getUint32(0) !== 0x774f4646) throw new Error('The file is not a WOFF font.')
  const tables = await Promise.all(
    Array.from({ length: view.getUint16(12) }, (_, index) => tableAt(woff, view, woffHeader + woffEntry * index)),
  )
  return fontOf(view.getUint32(4), tables)
}

async function tableAt(woff: Uint8Array<ArrayBuffer>, view: DataView, at: number): Promise<Table> {
  const length = view.getUint32(at + 12)
  const packed = woff.slice(view.getUint32(at + 4), view.getUint32(at + 4) + view.getUint32(at + 8))
  const data = packed.length < length ? await inflated(packed) : packed
  return { tag: view.getUint32(at), checksum: view.getUint32(at + 16), length, data }
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

const padded = (length: number) => Math.ceil(length / 4) * 4

/** A font of some tables; `flavor` says whether it is TrueType or OpenType. */
function fontOf(flavor: number, tables: readonly Table[]): Uint8Array<ArrayBuffer> {
  const directory = header + entry * tables.length
  const font = new Uint8Array(tables.reduce((size, { length }) => size + padded(length), directory))
  const out = word(font)
  const power = Math.floor(Math.log2(tables.length))
  out.setUint32(0, flavor)
  out.setUint16(4, tables.length)
  out.setUint16(6, 16 << power)
  out.setUint16(8, power)
  out.setUint16(10, 16 * (tables.length - 2 ** power))
  let offset = directory
  for (const [index, { tag, checksum, length, data }] of tables.entries()) {
    const values = [tag, checksum, offset, length]
    for (const [place, value] of values.entries()) out.setUint32(header + entry * index + 4 * place, value)
    font.set(data, offset)
    offset += padded(length)
  }
  return font
}
