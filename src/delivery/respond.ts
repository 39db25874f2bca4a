import type { Locale } from '../language/locale'
import type { Site } from '../site'
import { type Coding, fleetingCaching, holds, privateCaching, publicCaching, securityHeaders } from './policy'

/** An answer that is the same for everyone who asks at this address. */
export interface PublicAnswer {
  readonly body: Uint8Array<ArrayBuffer> | string
  readonly type: string
  /** The language of the text, for `Content-Language`. */
  readonly language: string
  /** Names this state of the answer: a print number and fingerprints, never a hash of the body. */
  readonly etag: string
  readonly canonical?: string
  /** Whether it changes without a print. Then nobody keeps it for longer than a minute. */
  readonly isFleeting?: boolean
  /** What else the answer depends on, for `Vary`: `true`: on who is signed in; `form`: also on the form that `Accept` names. */
  readonly varies?: true | 'form'
  /** The coding of `body`, if there is another that other readers take. */
  readonly coding?: Coding | undefined
  /** Headers that are added to the common ones, or replace them. */
  readonly headers?: Readonly<Record<string, string>>
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

/** A cacheable answer, or 304 if the reader has it already. */
export function respondPublicly(site: Site, request: Request, answer: PublicAnswer): Response {
  const headers: Record<string, string> = {
    ...commonHeaders(site),
    'Content-Type': answer.type,
    'Content-Language': answer.language,
    'Cache-Control': answer.isFleeting ? fleetingCaching : publicCaching,
    ETag: `W/"${answer.etag}"`,
    ...answer.headers,
  }
  if (answer.varies) headers['Vary'] = varyOf[answer.varies === 'form' ? 'form' : 'tier']
  if (answer.coding) headers['Vary'] = ['Accept-Encoding', ...(headers['Vary'] ? [headers['Vary']] : [])].join(', ')
  if (answer.canonical !== undefined) headers['Link'] = `<${answer.canonical}>; rel="canonical"`
  const isHeld = holds(request.headers.get('If-None-Match'), headers['ETag'] ?? '')
  if (answer.coding === 'gzip' && !isHeld) headers['Content-Encoding'] = answer.coding
  const response = isHeld ? new Response(null, { status: 304, headers }) : new Response(answer.body, { headers })
  languages.set(response, answer.language)
  return response
}

const varyOf = { tier: 'Cookie', form: 'Accept, Cookie' }

const languages = new WeakMap<Response, string>()

/** The `Content-Language` of an answer. Reading it from the headers would cost the Node door half as much as making the answer. */
export const languageOf = (response: Response): string =>
  languages.get(response) ?? response.headers.get('Content-Language') ?? ''

/** The same for a request that skips the caches, such as that of a member. Always whole; nobody may keep it. */
export function respondToMember(site: Site, answer: PublicAnswer): Response {
  return respondPrivately(site, 200, answer.body, {
    'Content-Type': answer.type,
    'Content-Language': answer.language,
    ...(answer.varies === 'form' ? { Vary: varyOf.form } : {}),
    ...(answer.canonical === undefined ? {} : { Link: `<${answer.canonical}>; rel="canonical"` }),
  })
}

/**
 * A page for this reader only. Its address may contain a secret, so it is sent to no other site as a referrer. No page that opens it reaches
 * it. Public pages allow that, because a sandboxed frame (`/embed`) can open no page that does not.
 */
export const respondWithPage = (
  site: Site,
  locale: Locale,
  body: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  respondPrivately(site, status, body, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': locale,
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...headers,
  })

/** Redirects after a form was sent. */
export const seeOther = (site: Site, to: string, headers: Readonly<Record<string, string>> = {}): Response =>
  respondPrivately(site, 303, null, { Location: to, ...headers })

/** An answer for this reader only. No cache keeps it. */
export function respondPrivately(
  site: Site,
  status: number,
  body: Uint8Array<ArrayBuffer> | string | null,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(body, { status, headers: { ...commonHeaders(site), 'Cache-Control': privateCaching, ...headers } })
}

/** A redirect that keeps the query, the same for everyone: permanent, or as long as the site has no such language. */
export function moveTo(site: Site, request: Request, path: string, status: 301 | 302 = 301): Response {
  const { search } = new URL(request.url)
  return new Response(null, {
    status,
    headers: { ...commonHeaders(site), Location: path + search, 'Cache-Control': publicCaching },
  })
}
