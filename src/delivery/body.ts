/**
 * The bytes of a body, or `undefined` if there are more than `most`. The header `Content-Length` decides at once; otherwise the bytes are
 * counted as they arrive. Throws if the body breaks off.
 */
export async function readBody(
  { body, headers }: Pick<Request | Response, 'body' | 'headers'>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(headers.get('Content-Length') ?? 0) > most) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body?.getReader()
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    length += read.value.length
    if (length > most) {
      await reader?.cancel()
      return undefined
    }
    chunks.push(read.value)
  }
  return joined(chunks, length)
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
