import { ReadableStream } from 'node:stream/web'
import type { Bindings } from '../context'
import { tokenIn } from '../members/token'

/** A request as it is handed to the newsroom's thread. Its body is read there, as far as whoever answers wants it. */
export interface HandedOver {
  readonly url: string
  readonly method: string
  readonly headers: [string, string][]
  readonly body: ReadableStream<Uint8Array> | null
  readonly requestId: string | undefined
  readonly network: string | undefined
}

/** The whole answer, as it comes back. */
export interface Answered {
  readonly status: number
  readonly headers: [string, string][]
  readonly body: Uint8Array<ArrayBuffer> | null
}

type Fetch = (request: Request, bindings: Bindings) => Response | Promise<Response>

const methods: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
/** A form that writes nothing. Readers choose their language with it, and wait for no writer. */
const pathOfChoice = '/language'

/**
 * Whether a request is for the newsroom's thread: one that may write, or one of a program with a token. A password for a proxy in front of the
 * site makes no program of a reader.
 */
export const isForNewsroom = ({ method, url, headers }: Request): boolean =>
  methods.has(method) ? new URL(url).pathname !== pathOfChoice : tokenIn(headers.get('Authorization') ?? undefined) !== undefined

/** Hands a request over and returns its answer. */
export async function handOver(
  request: Request,
  { requestId, network }: Bindings,
  ask: (handed: HandedOver, moved: readonly ReadableStream[]) => Promise<Answered>,
): Promise<Response> {
  const { url, method } = request
  const body = request.body && onlyRead(request.body.getReader())
  const headers = [...request.headers]
  const answer = await ask({ url, method, headers, body, requestId, network }, body ? [body] : [])
  return new Response(answer.body, { status: answer.status, headers: answer.headers })
}

/** Answers a request that was handed over. A body that nobody reads is let go. */
export async function answered(
  { url, method, headers, body, requestId, network }: HandedOver,
  fetch: Fetch,
  log: NonNullable<Bindings['log']>,
): Promise<Answered> {
  const init = { method, headers, body, duplex: 'half' }
  const request = new Request(url, init)
  const bindings = { log, ...(requestId === undefined ? {} : { requestId }), ...(network === undefined ? {} : { network }) }
  const response = await fetch(request, bindings)
  if (request.body && !request.body.locked) await request.body.cancel().catch(() => {}) // It may have broken off.
  return {
    status: response.status,
    headers: [...response.headers],
    body: response.body && new Uint8Array(await response.arrayBuffer()),
  }
}

/** The same stream, but to give it up does not end the connection on which the answer is still to be sent. */
function onlyRead(reader: { read(): Promise<{ readonly value?: Uint8Array | undefined }> }): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { value } = await reader.read()
      if (value) controller.enqueue(value)
      else controller.close()
    },
  })
}
