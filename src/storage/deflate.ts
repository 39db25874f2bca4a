import { deflateRawSync, inflateRawSync } from 'node:zlib'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A text, deflated (RFC 1951). What it has in common with `like` costs little. Only who has the same `like` can inflate it. */
export const deflated = (text: string, like = ''): Uint8Array => deflateRawSync(text, { dictionary: encoder.encode(like) })

/** The text of what `deflated` made. */
export const inflated = (bytes: Uint8Array, like: string | Uint8Array = ''): string =>
  decoder.decode(inflateRawSync(bytes, { dictionary: typeof like === 'string' ? encoder.encode(like) : like }))
