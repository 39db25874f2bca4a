import type * as z from 'zod'
import { isProblems, placed, readAs, unfit } from '../briefings/files'
import { readBody } from '../delivery/body'
import { heldTo } from '../language/schema'
import { Refusal } from '../problem'
import type { Operation } from './operation'

/** How many faults of a request are reported at once. */
export const problemsMost = 20

/** Reads parameters by a schema. Refuses wrong values. Ignores parameters that no schema names, such as a token in a query. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  values: Readonly<Record<string, string>>,
  part: 'address' | 'query',
): z.output<Schema> {
  const held = heldTo(schema, values)
  if ('data' in held) return held.data
  if (part === 'address') throw new Refusal('api.address', {}, { kind: 'not_found' })
  const problems = held.misfits.map((misfit) => placed({ file: '', ...misfit }))
  throw new Refusal('api.query', { problems: { lines: problems } }, { kind: 'invalid' })
}

/** The body of a request, byte for byte. Refuses a form, and a body that is compressed, too long or broken off. */
export async function bytesSent(
  request: Request,
  { bytesMax }: NonNullable<Operation['body']>,
): Promise<Uint8Array<ArrayBuffer>> {
  const coding = request.headers.get('Content-Encoding') ?? 'identity'
  if (coding.trim().toLowerCase() !== 'identity') throw new Refusal('api.compressed', {}, { kind: 'unsupported' })
  if (/^\s*multipart\//i.test(request.headers.get('Content-Type') ?? '')) {
    throw new Refusal('api.within-form', {}, { kind: 'unsupported' })
  }
  const bytes = await readBody(request, bytesMax).catch(() => {
    throw new Refusal('api.broken-off', {}, { kind: 'invalid' })
  })
  if (!bytes) throw new Refusal('api.too-large', { most: bytesMax }, { kind: 'too_large' })
  return bytes
}

/** The content of a body: a value of its schema, or a file as it is. */
export function bodyOf(content: NonNullable<Operation['body']>, sent: Uint8Array<ArrayBuffer>): unknown {
  const bytes = content.isOptional && sent.length === 0 ? new TextEncoder().encode('{}') : sent
  if ('media' in content) return { bytes }
  const read = readAs(content.schema, '', bytes, bytes.length)
  if (isProblems(read)) throw unfit(read, problemsMost)
  return read
}
