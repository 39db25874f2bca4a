import { nameAt } from './raster'
import type { Size } from './size'

/** A box of the container (ISO/IEC 14496-12, 4.2): its name, and where its content begins and ends. */
interface Box {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The version and flags with which the content of some boxes begins. */
const versioned = 4

/** The size of the primary picture of an AVIF (ISO/IEC 23008-12, 6.5.3), turned as its properties say. */
export function avifSize(view: DataView): Size | undefined {
  const [first, ...others] = boxesIn(view, 0, view.byteLength)
  if (first?.name !== 'ftyp' || !brandsIn(view, first).includes('avif')) return undefined
  const meta = others.find(({ name }) => name === 'meta')
  if (!meta) return undefined
  const parts = boxesIn(view, meta.from + versioned, meta.to)
  const [primary, properties] = ['pitm', 'iprp'].map((name) => parts.find((each) => each.name === name))
  if (!primary || !properties) return undefined
  const isWide = view.getUint8(primary.from) > 0
  const item = isWide ? view.getUint32(primary.from + versioned) : view.getUint16(primary.from + versioned)
  const own = propertiesOf(view, properties, item)
  const extent = own.find(({ name }) => name === 'ispe')
  if (!extent) return undefined
  const width = view.getUint32(extent.from + versioned)
  const height = view.getUint32(extent.from + versioned + 4)
  const turn = own.find(({ name }) => name === 'irot')
  return turn && view.getUint8(turn.from) % 2 === 1 ? { width: height, height: width } : { width, height }
}

function boxesIn(view: DataView, from: number, to: number): readonly Box[] {
  const boxes: Box[] = []
  for (let at = from; at + 8 <= to; ) {
    const short = view.getUint32(at)
    const head = short === 1 ? 16 : 8
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short
    if (size < head) break
    boxes.push({ name: nameAt(view, at + 4), from: at + head, to: Math.min(at + size, to) })
    at += size
  }
  return boxes
}

function brandsIn(view: DataView, { from, to }: Box): readonly string[] {
  const brands = [nameAt(view, from)]
  for (let at = from + 8; at + 4 <= to; at += 4) brands.push(nameAt(view, at))
  return brands
}

/** The properties that are associated with an item (`ipma`), in their order. */
function propertiesOf(view: DataView, { from, to }: Box, item: number): readonly Box[] {
  const boxes = boxesIn(view, from, to)
  const container = boxes.find(({ name }) => name === 'ipco')
  const all = container ? boxesIn(view, container.from, container.to) : []
  return boxes
    .filter(({ name }) => name === 'ipma')
    .flatMap((association) => numbersFor(view, association, item))
    .flatMap((number) => all[number - 1] ?? [])
}

/** The numbers of an item's properties, counted from 1, in one box of associations (ISO/IEC 23008-12, 9.3.2). */
function numbersFor(view: DataView, { from, to }: Box, item: number): readonly number[] {
  const idBytes = view.getUint8(from) > 0 ? 4 : 2
  const numberBytes = (view.getUint8(from + 3) & 1) === 1 ? 2 : 1
  for (let at = from + versioned + 4; at < to; ) {
    const id = idBytes === 4 ? view.getUint32(at) : view.getUint16(at)
    const count = view.getUint8(at + idBytes)
    const first = at + idBytes + 1
    if (id === item) {
      return Array.from({ length: count }, (_, index) =>
        numberBytes === 2 ? view.getUint16(first + 2 * index) & 0x7fff : view.getUint8(first + index) & 0x7f,
      )
    }
    at = first + count * numberBytes
  }
  return []
}
