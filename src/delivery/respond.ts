import type { Site } from '../site'
import { holds, privateCaching, publicCaching, securityHeaders } from './policy'

/** An answer that is the same for everyone who asks at this address. */
export interface PublicAnswer {
  readonly body: Uint8Array<ArrayBuffer> | string
  readonly type: string
  /** The language of the text, for `Content-Language`. */
  readonly language: string
  /** Names this state of the answer: a print number and fingerprints, never a hash of the body. */
  readonly etag: string
  readonly canonical?: string
}

const everywhere = new WeakMap<Site, Readonly<Record<string, string>>>()

/** The headers of every answer of a site, worked out once. */
function commonHeaders(site: Site): Readonly<Record<string, string>> {
  let headers = everywhere.get(site)
  if (!headers) {
    headers = securityHeaders(site.config.origin)
    everywhere.set(site, headers)
  }
  return headers
}

/** A cacheable answer, or 304 where the one who asks has it. */
export function respondPublicly(site: Site, request: Request, answer: PublicAnswer): Response {
  const headers: Record<string, string> = {
    ...commonHeaders(site),
    'Content-Type': answer.type,
    'Content-Language': answer.language,
    'Cache-Control': publicCaching,
    ETag: `W/"${answer.etag}"`,
  }
  if (answer.canonical !== undefined) headers['Link'] = `<${answer.canonical}>; rel="canonical"`
  if (holds(request.headers.get('If-None-Match'), headers['ETag'] ?? '')) return new Response(null, { status: 304, headers })
  return new Response(answer.body, { headers })
}

/** An answer for the one who asks, which no cache keeps. */
export function respondPrivately(
  site: Site,
  status: number,
  body: string | null,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(body, { status, headers: { ...commonHeaders(site), 'Cache-Control': privateCaching, ...headers } })
}

/** Sends everyone who asks here to another address, for good. */
export function moveTo(site: Site, address: string): Response {
  return new Response(null, {
    status: 301,
    headers: { ...commonHeaders(site), Location: address, 'Cache-Control': publicCaching },
  })
}
