import type * as z from 'zod'
import type { Answer } from '../api/operation'
import { type OperationName, operations } from '../api/operations'
import { problem } from '../api/parts'
import { visibleLine } from '../language/text'
import { retryAfterOf } from '../retry/retry-after'

/** An answer of another site, as it came. */
export interface Raw {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What is said of an answer beside its content: its entity tag in quotes, and the path of the next page. */
export interface Headings {
  readonly etag: string | undefined
  readonly next: string | undefined
}

type Told = z.output<typeof problem>

/** Why a site did not do what it was asked, in words for a person; with what it said of it (RFC 9457) where it said something. */
export class RemoteError extends Error {
  readonly operation: OperationName
  readonly problem: Told | undefined

  constructor(operation: OperationName, message: string, told?: Told) {
    super(message)
    this.operation = operation
    this.problem = told
  }
}

/** What an answer to an operation says, held against its schemas: nothing else that a site says is believed. */
export function readAnswer(
  name: OperationName,
  origin: string,
  { status, headers, bytes }: Raw,
): ({ readonly status: number; readonly content: unknown } & Headings) | RemoteError {
  const headings = { etag: headers.get('ETag') ?? undefined, next: nextIn(headers.get('Link')) }
  const answers: Readonly<Record<number, Answer>> = operations[name].answers
  const answer = status === 304 ? { description: 'What is held is what there is.' } : answers[status]
  if (!answer) return new RemoteError(name, ...refusalIn(origin, { status, headers, bytes }))
  const content = contentIn(answer, headers, bytes)
  if ('flaw' in content) return new RemoteError(name, `${origin} ${content.flaw}`)
  return { status, ...content, ...headings }
}

/** What a site says where it refuses, as a sentence, and as the problem that it told. */
function refusalIn(origin: string, { status, headers, bytes }: Raw): [string, Told?] {
  if (status >= 300 && status < 400) {
    const elsewhere = URL.parse(headers.get('Location') ?? '', origin)?.origin
    const hint = elsewhere === undefined || elsewhere === origin ? '' : ` If ${elsewhere} is the site, name that address.`
    return [`${origin} leads elsewhere (${status}), where the token is not taken.${hint}`]
  }
  const told = isOf('application/problem+json', headers) ? problem.safeParse(jsonIn(bytes)).data : undefined
  if (!told || told.status !== status) return [`${origin} answered ${status}, and not as a site of this kind does.`]
  const { title, detail, instance } = told
  if (status < 500) return [visibleLine((detail ?? title).slice(0, detailMax)), told]
  const known = instance === undefined ? '' : ` Its log knows it as ${visibleLine(instance.slice(0, 100))}.`
  return [`${origin} failed (${status}).${known}`, told]
}

const detailMax = 10_000

/** The path of the next page (RFC 8288); whatever origin it names, it is asked for at the one that was asked. */
function nextIn(link: string | null): string | undefined {
  const [, target = ''] = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '') ?? []
  const url = target === '' ? null : URL.parse(target, 'https://site.invalid')
  return url ? url.pathname + url.search : undefined
}

const isOf = (type: string, headers: Headers) => (headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() === type

function contentIn(
  { content }: Answer,
  headers: Headers,
  bytes: Uint8Array,
): { readonly content: unknown } | { readonly flaw: string } {
  if (!content) return { content: undefined }
  if ('media' in content) {
    return content.media.some((each) => isOf(each.split(';')[0] ?? '', headers))
      ? { content: { bytes } }
      : { flaw: 'answers with something else than the file that was asked for.' }
  }
  if (!isOf('application/json', headers)) return { flaw: 'does not answer as the API of such a site does.' }
  const parsed = content.schema.safeParse(jsonIn(bytes))
  if (parsed.success) return { content: parsed.data }
  const places = parsed.error.issues.slice(0, 3).map(({ path }) => path.join('.') || 'the whole')
  return {
    flaw: `answers with what this program does not understand (${visibleLine(places.join(', '))}): are both of one version?`,
  }
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch {
    return undefined // Which no schema takes.
  }
}

/** How often a request is sent at the most; and one that is still being worked on, which a site gives up after a minute. */
const triesMax = 4
const workedOnTriesMax = 8
const workedOnWait = 10_000
/** The longest that a site may ask to be left alone, in milliseconds. */
const waitMax = 90_000

/**
 * How long is waited before a request is sent again that was sent `tries` times, in milliseconds; `undefined`: it is not, for it
 * would not help. Without an answer, it broke off or got none.
 */
export function waitBefore(tries: number, answer: Raw | undefined, { problem: told }: RemoteError): number | undefined {
  if (told?.code === 'conflict') return tries < workedOnTriesMax ? workedOnWait : undefined
  const isPassing = !answer || [429, 502, 503, 504].includes(answer.status)
  if (!isPassing || tries >= triesMax) return undefined
  const asked = answer && waitAsked(answer.headers)
  if (asked !== undefined) return asked > waitMax ? undefined : asked
  return 1000 * 2 ** (tries - 1) * (0.8 + 0.4 * Math.random())
}

/** How long a site asks to be left alone, in milliseconds: by `Retry-After` or, without it, by `RateLimit`. */
function waitAsked(headers: Headers): number | undefined {
  const [, seconds = null] = /;\s*t=(\d{1,9})/.exec(headers.get('RateLimit') ?? '') ?? []
  return retryAfterOf(headers.get('Retry-After') ?? seconds, new Date())
}
