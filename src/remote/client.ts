import type { AnswerOf, Params, Sent, Wanted } from '../api/operation'
import type { OperationName, Operations } from '../api/operations'
import { readBody } from '../delivery/body'
import { Refusal } from '../problem'
import { type Headings, type Raw, readAnswer } from './answers'
import { type AnyAsked, addressOf, originIn, requestOf } from './requests'
import { waitBefore } from './waiting'

/** How long an answer may be, in bytes. */
const answerBytesMax = 64_000_000

type Part<Value, Key extends string> = keyof Value extends never
  ? unknown
  : Record<never, never> extends Value
    ? { readonly [_ in Key]?: Value }
    : { readonly [_ in Key]: Value }

/** The parameters of a call. */
export type Asked<Name extends OperationName> = Part<Params<Operations[Name]>, 'params'> &
  Part<Wanted<Operations[Name]>, 'query'> &
  (Sent<Operations[Name]> extends undefined ? unknown : { readonly body: Sent<Operations[Name]> }) & {
    /** The entity tag of what a change was made from, in its quotes; `nothing`: there is none yet. */
    readonly madeFrom?: string | undefined
    /** The entity tag of what is there already, and need not be sent. */
    readonly held?: string | undefined
    /** The idempotency key, if another run of the program may repeat the request (default: a new one). */
    readonly key?: string
  }

/** What was answered, held against the schemas of the operation. `next` is the path of the next page. */
export type Answered<Name extends OperationName> = AnswerOf<Operations[Name]> & Headings

/** The answer if the client has the content already. */
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
  /** How long an answer may take, in milliseconds. */
  readonly timeout?: number
  readonly wait?: (milliseconds: number) => Promise<void>
  /** Called before each wait, with the reason and the milliseconds. */
  readonly waiting?: (why: string, milliseconds: number) => void
}

/**
 * The API of the site at an origin (see `originIn`). The token goes to that site only. A request that breaks off, or is refused
 * for now, is sent again; writes have a key, so that the site does them once. Redirects are not followed.
 */
export function openClient(typed: string, token: string, options: ClientOptions = {}): Client {
  const origin = originIn(typed)
  const line = { ...defaults, ...options, origin }
  const askAt = (name: OperationName, address: string, asked: AnyAsked) =>
    patiently(line, name, address, requestOf(name, address, asked, token))
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
}

/** How a site is spoken to. */
interface Line extends Required<ClientOptions> {
  readonly origin: string
}

const defaults: Required<ClientOptions> = {
  fetch: (address, init) => fetch(address, init),
  timeout: 120_000,
  wait: (milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  waiting: () => {},
}

/** Sends a request again if that may help. */
async function patiently(line: Line, name: OperationName, address: string, init: RequestInit): Promise<AnyAnswered> {
  for (let tries = 1; ; tries += 1) {
    const raw = await once(line, address, init)
    const answered = raw instanceof Refusal ? raw : readAnswer(name, line.origin, raw)
    if (!(answered instanceof Refusal)) return answered
    const pausing = waitBefore(tries, raw instanceof Refusal ? undefined : raw, answered)
    if (pausing === undefined) throw answered
    line.waiting(answered.message, pausing)
    await line.wait(pausing)
  }
}

/** An answer, whole, or why there is none. */
async function once({ origin, fetch: send, timeout }: Line, address: string, init: RequestInit): Promise<Raw | Refusal> {
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

type AnyAnswered = { readonly status: number; readonly content: unknown } & Headings
const isSamePath = (one: string, other: string) => one.split('?')[0] === other.split('?')[0]

const unavailable = { kind: 'unavailable' } as const

/** Why a server cannot be reached, by the code of the operating system. */
function faultOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause && 'code' in cause ? String(cause.code) : undefined
}
