import { type OperationName, operations } from '../api/operations'
import { isLoopback } from '../language/origin'
import { Refusal } from '../problem'

/** An origin as it was typed. Throws if it is not one, and if others could read a token on its way there. */
export function originIn(typed: string): string {
  const url = URL.parse(typed)
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    !/^\/?$/.test(url.pathname + url.search + url.hash + url.username + url.password)
  ) {
    throw new Refusal('remote.address', { address: typed })
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Refusal('remote.plain', { origin: url.origin, host: url.host })
  }
  return url.origin
}

/** Yes or no, as the query of the API says it. */
export const asFlag = (isYes: boolean): 'true' | 'false' => (isYes ? 'true' : 'false')

/** The parameters of any operation. */
export interface AnyAsked {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: object
  readonly madeFrom?: string | undefined
  readonly held?: string | undefined
  readonly key?: string
}

/** The path and query of an operation. */
export function addressOf(name: OperationName, { params = {}, query = {} }: AnyAsked): string {
  const path = operations[name].path.replaceAll(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(params[param] ?? ''))
  const wanted = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
  return wanted.length === 0 ? path : `${path}?${new URLSearchParams(wanted)}`
}

/** A request of an operation at an address, complete but for its time limit. */
export function requestOf(name: OperationName, address: string, asked: AnyAsked, token: string): RequestInit {
  const bytes = bytesOf(name, asked)
  const isTrial = new URLSearchParams(address.split('?')[1]).get('dry-run') === 'true'
  const { madeFrom, held, key } = asked
  return {
    method: operations[name].method,
    headers: {
      Accept: 'application/json, application/problem+json, */*;q=0.5',
      'Accept-Language': 'en',
      Authorization: `Bearer ${token}`,
      ...(bytes ? { 'Content-Type': isFile(asked.body) ? 'application/octet-stream' : 'application/json' } : {}),
      ...(operations[name].method !== 'GET' && !isTrial ? { 'Idempotency-Key': key ?? crypto.randomUUID() } : {}),
      ...(madeFrom === undefined ? {} : madeFrom === 'nothing' ? { 'If-None-Match': '*' } : { 'If-Match': madeFrom }),
      ...(held === undefined ? {} : { 'If-None-Match': held }),
    },
    ...(bytes ? { body: bytes } : {}),
    redirect: 'manual',
  }
}

const isFile = (body: object | undefined): body is { readonly bytes: Uint8Array<ArrayBuffer> } =>
  body !== undefined && 'bytes' in body && body.bytes instanceof Uint8Array

/** The body, if there is one: the bytes of a file, or JSON. */
function bytesOf(name: OperationName, { body }: AnyAsked) {
  const operation = operations[name]
  const bytes = isFile(body) ? body.bytes : body && new TextEncoder().encode(JSON.stringify(body))
  if (bytes && 'body' in operation && bytes.length > operation.body.bytesMax) {
    throw new Refusal('remote.too-large', { most: operation.body.bytesMax }, { kind: 'too_large' })
  }
  return bytes
}
