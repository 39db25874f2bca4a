import type { Params, Sent, Told, Wanted } from '../api/operation'
import { type OperationName, type Operations, operations } from '../api/operations'
import { isLoopback } from '../config'
import { readBody } from '../delivery/body'
import { Refusal } from '../problem'
import { type Headings, type Raw, readAnswer, waitBefore } from './answers'

/** How long an answer may take, in milliseconds, and be, in bytes. */
const timeoutMost = 120_000
const answerBytesMax = 64_000_000

type Part<Value, Key extends string> = keyof Value extends never
  ? unknown
  : Record<never, never> extends Value
    ? { readonly [_ in Key]?: Value }
    : { readonly [_ in Key]: Value }

/** What is asked with an operation. */
export type Asked<Name extends OperationName> = Part<Params<Operations[Name]>, 'params'> &
  Part<Wanted<Operations[Name]>, 'query'> &
  (Sent<Operations[Name]> extends undefined ? unknown : { readonly body: Sent<Operations[Name]> }) & {
    /** The entity tag of what a change was made from, in its quotes; `nothing`: there is none yet. */
    readonly madeFrom?: string | undefined
    /** The entity tag of what is there already, and need not be sent. */
    readonly held?: string | undefined
    /** By which a request is known that is sent again, though another run of the program sends it (default: only this one does). */
    readonly key?: string
  }

/** What was answered, held against the schemas of the operation. `next` is the path of the next page. */
export type Answered<Name extends OperationName> = Told<Operations[Name]> & Headings

/** What whoever holds it already is answered. */
type NotModified = { readonly status: 304; readonly content: undefined } & Headings

/** The API of one site, as its table of operations has it. */
export interface Client {
  readonly origin: string
  ask<Name extends OperationName, Asking extends Asked<Name>>(
    name: Name,
    asked: Asking,
  ): Promise<Answered<Name> | (Asking extends { readonly held: string | undefined } ? NotModified : never)>
  /** The same page by page, as each leads to the next. */
  pages<Name extends OperationName>(name: Name, asked: Asked<Name>): AsyncGenerator<Answered<Name>>
}

type Fetch = (address: string, init: RequestInit) => Promise<Response>

export interface ClientOptions {
  readonly fetch?: Fetch
  readonly timeout?: number
  readonly wait?: (milliseconds: number) => Promise<void>
  /** Hears why it is waited, and for how long, in milliseconds. */
  readonly waiting?: (why: string, milliseconds: number) => void
}

/** An origin as it was typed. Throws where it is none, and where a token would travel to it for everyone to read. */
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

/**
 * The API of the site at an origin (as `originIn` takes it), let in by a token that goes nowhere else. What breaks off or is not
 * to be had for the moment is sent again, writes under a key by which the site does them once. Redirects are not followed.
 */
export function openClient(typed: string, token: string, options: ClientOptions = {}): Client {
  const {
    fetch: send = (address, init) => fetch(address, init),
    timeout = timeoutMost,
    wait = pause,
    waiting = () => {},
  } = options
  const origin = originIn(typed)

  return {
    origin,
    ask: async (name, asked) => (await askAt(name, addressOf(name, asked), asked)) as never, // By the schemas of this operation.
    pages: async function* <Name extends OperationName>(name: Name, asked: Asked<Name>) {
      const asking = asked as AnyAsked
      const seen = new Set<string>()
      for (let address: string | undefined = addressOf(name, asking); address !== undefined; ) {
        seen.add(address)
        const answered: AnyAnswered = await askAt(name, address, asking)
        yield answered as Answered<Name> // The same.
        address = answered.next
        if (address !== undefined && (seen.has(address) || !isSamePath(address, [...seen][0] ?? ''))) {
          throw new Refusal('remote.pages', { origin }, { kind: 'internal' })
        }
      }
    },
  }

  async function askAt(name: OperationName, address: string, asked: AnyAsked): Promise<AnyAnswered> {
    const init = requestOf(name, address, asked)
    for (let tries = 1; ; tries += 1) {
      const raw = await once(address, init)
      const answered = raw instanceof Refusal ? raw : readAnswer(name, origin, raw)
      if (!(answered instanceof Refusal)) return answered
      const pausing = waitBefore(tries, raw instanceof Refusal ? undefined : raw, answered)
      if (pausing === undefined) throw answered
      waiting(answered.message, pausing)
      await wait(pausing)
    }
  }

  function requestOf(name: OperationName, address: string, { body, madeFrom, held, key }: AnyAsked): RequestInit {
    const operation = operations[name]
    const isFile = body !== undefined && 'bytes' in body && body.bytes instanceof Uint8Array
    const bytes = isFile ? (body.bytes as Uint8Array<ArrayBuffer>) : body && new TextEncoder().encode(JSON.stringify(body))
    if (bytes && 'body' in operation && bytes.length > operation.body.bytesMax) {
      throw new Refusal('remote.too-large', { most: operation.body.bytesMax }, { kind: 'too_large' })
    }
    const isTrial = new URLSearchParams(address.split('?')[1]).get('dry-run') === 'true'
    return {
      method: operation.method,
      headers: {
        Accept: 'application/json, application/problem+json, */*;q=0.5',
        'Accept-Language': 'en',
        Authorization: `Bearer ${token}`,
        ...(bytes ? { 'Content-Type': isFile ? 'application/octet-stream' : 'application/json' } : {}),
        ...(bytes && !isTrial ? { 'Idempotency-Key': key ?? crypto.randomUUID() } : {}),
        ...(madeFrom === undefined ? {} : madeFrom === 'nothing' ? { 'If-None-Match': '*' } : { 'If-Match': madeFrom }),
        ...(held === undefined ? {} : { 'If-None-Match': held }),
      },
      ...(bytes ? { body: bytes } : {}),
      redirect: 'manual',
    }
  }

  /** An answer, whole, or why there is none. */
  async function once(address: string, init: RequestInit): Promise<Raw | Refusal> {
    let response: Response | undefined
    try {
      response = await send(origin + address, { ...init, signal: AbortSignal.timeout(timeout) })
      const { status, headers } = response
      const bytes = await readBody(response, answerBytesMax)
      if (bytes) return { status, headers, bytes }
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') {
        return new Refusal('remote.timeout', { origin, seconds: timeout / 1000 }, unavailable)
      }
      if (response) return new Refusal('remote.broken-off', { origin }, unavailable)
      const fault = faultOf(error)
      if (fault === undefined) return new Refusal('remote.unreached', { origin }, unavailable)
      return new Refusal('remote.unreached-for', { origin, fault }, unavailable)
    }
    throw new Refusal('remote.answer-large', { origin, most: answerBytesMax }, { kind: 'internal' })
  }
}

type AnyAnswered = { readonly status: number; readonly content: unknown } & Headings
interface AnyAsked {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: object
  readonly madeFrom?: string | undefined
  readonly held?: string | undefined
  readonly key?: string
}

function addressOf(name: OperationName, { params = {}, query = {} }: AnyAsked): string {
  const path = operations[name].path.replaceAll(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(params[param] ?? ''))
  const wanted = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
  return wanted.length === 0 ? path : `${path}?${new URLSearchParams(wanted)}`
}

const isSamePath = (one: string, other: string) => one.split('?')[0] === other.split('?')[0]

const unavailable = { kind: 'unavailable' } as const

/** Why a server cannot be reached, by the code of the operating system. */
function faultOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause && 'code' in cause ? String(cause.code) : undefined
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
