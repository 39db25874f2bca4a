/** What portable code uses of zlib. Node has it, and Workers have it too. */
declare module 'node:zlib' {
  interface Options {
    readonly memLevel?: number
    readonly chunkSize?: number
    readonly finishFlush?: number
    readonly dictionary?: Uint8Array
  }
  const constants: { readonly Z_SYNC_FLUSH: number }
  function deflateRawSync(text: string | Uint8Array, options?: Options): Uint8Array
  function inflateRawSync(bytes: Uint8Array, options?: Options): Uint8Array
  function crc32(bytes: string | Uint8Array, before?: number): number
}
