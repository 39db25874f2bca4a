import { Kept } from '../delivery/kept'

/** Where pictures are that were drawn, by the hash of their card. What is there may be dropped at any time. It is then drawn again. */
export interface Pictures {
  find(hash: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  keep(hash: string, picture: Uint8Array<ArrayBuffer>): Promise<void>
}

/** The most that a process holds: some sixty pictures. */
const bytesMax = 4_000_000

/** Holds pictures in memory. Those used longest ago go first. */
export function heldPictures(): Pictures {
  const kept = new Kept(bytesMax)
  return {
    find: async (hash) => kept.find(hash)?.[0],
    keep: async (hash, picture) => {
      kept.keep(hash, [picture])
    },
  }
}
