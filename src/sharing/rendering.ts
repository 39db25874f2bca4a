import type { ShareCard } from '../editions/share-card'
import type { Face } from './faces'

/** What drawing needs, as a door provides it. It is only read when something is drawn. */
export interface FontFiles {
  /** The WebAssembly of the library that draws. */
  wasm(): Promise<BufferSource | WebAssembly.Module>
  faces(): Promise<readonly Face[]>
  read(face: Face): Promise<Uint8Array<ArrayBuffer>>
}

/** Draws a card as PNG. */
export type Render = (card: ShareCard) => Promise<Uint8Array<ArrayBuffer>>

/** Opens drawing. The library and the list of fonts are loaded with the first card, so readers do not wait for them. */
export function openRenderer(fontFiles: FontFiles): Render {
  let known: readonly Face[] | undefined
  return async (card) => {
    const { rendered, shape, startResvg } = await import('./resvg')
    const { copiesOf, pictureOf } = await import('./picture')
    const { openTypesetter } = await import('./typesetting')
    const [faces] = await Promise.all([known ?? fontFiles.faces(), startResvg(fontFiles.wasm)])
    known = faces
    const typesetter = await openTypesetter(copiesOf(card), faces, fontFiles.read, shape)
    return rendered(pictureOf(card, typesetter))
  }
}
