import type { Answer } from '../api/operation'
import { type OperationName, operations } from '../api/operations'
import { problem } from '../api/parts'
import { Refusal } from '../problem'
import { filled } from './older-answers'

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

/** Reads an answer by the schemas of its operation. Nothing else that a site says is believed. */
export function readAnswer(
  name: OperationName,
  origin: string,
  { status, headers, bytes }: Raw,
): ({ readonly status: number; readonly content: unknown } & Headings) | Refusal {
  const headings = { etag: headers.get('ETag') ?? undefined, next: nextIn(headers.get('Link')) }
  const answers: Readonly<Record<number, Answer>> = operations[name].answers
  const answer = status === 304 ? { description: 'What is held is what there is.' } : answers[status]
  if (!answer) return refusalIn(name, origin, { status, headers, bytes })
  const content = contentIn(name, answer, origin, headers, bytes)
  if (content instanceof Refusal) return content
  return { status, ...content, ...headings }
}

/** Reads a refusal of a site (RFC 9457): its kind, its reason, and the states that it names. Nothing else is believed. */
function refusalIn(operation: OperationName, origin: string, { status, headers, bytes }: Raw): Refusal {
  if (status >= 300 && status < 400) return movedTo(origin, status, headers)
  const stated = isOf('application/problem+json', headers) ? problem.safeParse(jsonIn(bytes)).data : undefined
  if (!stated || stated.status !== status) return new Refusal('remote.stranger', { origin, status }, { kind: 'internal' })
  const { code: kind, title, detail, instance, current, sent, complaint } = stated
  const reason = complaint === undefined ? {} : { reason: complaint.code }
  const members = { operation, ...reason, ...(current === undefined ? {} : { current }), ...(sent === undefined ? {} : { sent }) }
  if (status < 500) return new Refusal('remote.refused', { detail: (detail ?? title).slice(0, detailMax) }, { kind, members })
  if (instance === undefined) return new Refusal('remote.failed', { origin, status }, { kind })
  return new Refusal('remote.failed-known', { origin, status, reference: instance.slice(0, 100) }, { kind })
}

function movedTo(origin: string, status: number, headers: Headers): Refusal {
  const elsewhere = URL.parse(headers.get('Location') ?? '', origin)?.origin
  return elsewhere === undefined || elsewhere === origin
    ? new Refusal('remote.moved', { origin, status }, { kind: 'internal' })
    : new Refusal('remote.moved-to', { origin, status, elsewhere }, { kind: 'internal' })
}

const detailMax = 10_000

/** The path of the next page (RFC 8288). It is asked for at the same site, whatever origin it names. */
function nextIn(link: string | null): string | undefined {
  const [, target = ''] = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '') ?? []
  const url = target === '' ? null : URL.parse(target, 'https://site.invalid')
  return url ? url.pathname + url.search : undefined
}

const isOf = (type: string, headers: Headers) => (headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() === type

function contentIn(
  name: OperationName,
  { content }: Answer,
  origin: string,
  headers: Headers,
  bytes: Uint8Array,
): { readonly content: unknown } | Refusal {
  if (!content) return { content: undefined }
  if ('media' in content) {
    return content.media.some((each) => isOf(each.split(';')[0] ?? '', headers))
      ? { content: { bytes } }
      : new Refusal('remote.other-file', { origin }, { kind: 'internal' })
  }
  if (!isOf('application/json', headers)) return new Refusal('remote.no-api', { origin }, { kind: 'internal' })
  const parsed = content.schema.safeParse(filled(name, jsonIn(bytes)))
  if (parsed.success) return { content: parsed.data }
  const places = parsed.error.issues.slice(0, 3).map(({ path }) => path.join('.') || '.')
  return new Refusal('remote.other-version', { origin, places }, { kind: 'internal' })
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch {
    return undefined // No schema accepts that.
  }
}
