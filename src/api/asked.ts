import type * as z from 'zod'
import { problemsOf, readJson } from '../briefings/files'
import { readBody } from '../delivery/body'
import { Problem } from '../problem'
import type { Content, Operation } from './operation'

/** How many faults of what was sent are told at once. */
const faultsMost = 20

/** What is asked for, by its schema. Refuses what is not of it; what no schema names is passed over: a token in a query is nothing. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  values: Readonly<Record<string, string>>,
  part: 'address' | 'query',
): z.output<Schema> {
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  if (part === 'address') throw new Problem('not_found', 'There is nothing at this address.')
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Problem('invalid', `The query is not of the expected form: ${faults.join('; ')}.`)
}

/** The body of a request, byte for byte. Refuses what is compressed, a form, more than its operation takes, and what broke off. */
export async function bytesSent(
  request: Request,
  { bytesMax }: NonNullable<Operation['body']>,
): Promise<Uint8Array<ArrayBuffer>> {
  const coding = request.headers.get('Content-Encoding') ?? 'identity'
  if (coding.trim().toLowerCase() !== 'identity') throw new Problem('unsupported', 'Send it uncompressed.')
  if (/^\s*multipart\//i.test(request.headers.get('Content-Type') ?? '')) {
    throw new Problem('unsupported', 'Send the file itself as the body, not within a form.')
  }
  const bytes = await readBody(request, bytesMax).catch(() => {
    throw new Problem('invalid', 'What was sent broke off on its way.')
  })
  if (!bytes) throw new Problem('too_large', `This takes at most ${bytesMax} bytes: send it in parts.`)
  return bytes
}

/** What a body consists of: a value held against its schema, or a file as it is. */
export function bodyOf(content: Content, bytes: Uint8Array<ArrayBuffer>): unknown {
  if ('media' in content) return { bytes }
  const json = readJson('', bytes, bytes.length)
  if (!('value' in json)) throw new Problem('unprocessable', `What was sent ${json[0]?.message ?? 'is not JSON'}.`)
  const parsed = content.schema.safeParse(json.value)
  if (parsed.success) return parsed.data
  throw unprocessable(problemsOf('', parsed.error))
}

/** A refusal that tells what is wrong with what was sent, and where. */
export function unprocessable(problems: readonly { readonly path: string; readonly message: string }[]): Problem {
  const faults = problems.slice(0, faultsMost).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  const left = problems.length - faults.length
  return new Problem('unprocessable', `${faults.join('; ')}${left > 0 ? `; and ${left} more` : ''}.`)
}
