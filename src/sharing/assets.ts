import type { Fetcher } from '@cloudflare/workers-types'
import type { Face } from './faces'
import type { FontFiles } from './rendering'

/** What cards are drawn with on Workers: WebAssembly that the platform compiled, and fonts among the static files, listed at `faces`. */
export function fontFilesOf(files: Fetcher, origin: string, faces: string): FontFiles {
  const file = async (address: string) => {
    const response = await files.fetch(origin + address)
    if (!response.ok) throw new Error(`The static file ${address} is not there (${response.status}).`)
    return response
  }
  return {
    wasm: async () => (await import('@resvg/resvg-wasm/index_bg.wasm')).default,
    faces: async () => (await (await file(faces)).json()) as readonly Face[],
    read: async ({ address }) => new Uint8Array(await (await file(address)).arrayBuffer()),
  }
}
