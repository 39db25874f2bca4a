import type { ExecutionContext } from '@cloudflare/workers-types'
import type { Bindings } from '../context'
import { networkOf } from '../delivery/network'
import { type CachedPage, type FallbackView, PageCache } from '../delivery/page-cache'
import { holds, publicCaching, wantsMarkdown } from '../delivery/policy'
import { fallbackIn } from '../demand/demand'
import { bringsSession } from '../members/session'

/** What is behind the caches. */
interface Behind {
  readonly origin: string
  /** Names this deployment. */
  readonly program: string
  readonly fetch: (request: Request, bindings: Bindings) => Response | Promise<Response>
  /** Looks for the number of the last print, and reads anew what depends on it. */
  readonly lastPrint: () => Promise<number>
}

/** An answer, and what to count if somebody views it. */
interface Answered {
  readonly response: Response
  readonly fallback: FallbackView | undefined
}

/** Answers requests, from a cache if that is allowed. */
export type Answer = (request: Request, context: ExecutionContext) => Promise<Answered>

/** How long an isolate uses the last print number that it read, in milliseconds. */
const printBelievedFor = 5000

/** What an isolate holds of finished pages. It has 128 MB, which the platform may share out among several Workers. */
const heldMost = 8_000_000

/**
 * Answers a page from this isolate's memory, or else from the platform's cache, if it is there for the last print. Otherwise the page is made
 * and kept in both. A request with a session skips the caches, because they have only what everyone may read. So does one that asks for
 * Markdown, because they have only pages.
 */
export function behindCache({ origin, program, fetch, lastPrint }: Behind): Answer {
  const pages = new PageCache(heldMost)
  let askedAt = Number.NEGATIVE_INFINITY

  return async (request, context) => {
    const isNoticed = Date.now() - askedAt <= printBelievedFor || (await notice().catch(() => false))
    // Without a print, the database does not answer. The site says so and logs it.
    if (!isNoticed || !isForAll(request)) return made(request, await fetch(request, readerOf(request)))
    const held = pages.find(request.url)
    return held ? { response: sent(request, held), fallback: held.fallback } : await foundOrMade(request, context)
  }

  /**
   * Asks for the number of the last print. A page of an older one is never found again. The frame of every page depends on it, so it is asked
   * for even if nothing is kept.
   */
  async function notice(): Promise<true> {
    const number = await lastPrint()
    askedAt = Date.now()
    pages.noticePrint(number, undefined)
    return true
  }

  async function foundOrMade(request: Request, context: ExecutionContext): Promise<Answered> {
    const { generation, print } = pages
    const cache = await caches.open('pages')
    const key = `${origin}${new URL(request.url).pathname}?print=${print}&program=${program}&tier=public`
    const kept = await cache.match(key)
    const response =
      kept ?? (await fetch(new Request(request.url, { headers: unconditional(request.headers) }), readerOf(request)))
    if (!kept && !isShared(response)) return made(request, conditional(request, response))
    const page = await pageOf(request.url, response)
    if (!kept) context.waitUntil(cache.put(key, new Response(page.body as Uint8Array<ArrayBuffer>, { headers: page.headers })))
    if (pages.generation === generation) pages.keep(request.url, page)
    return { response: sent(request, page), fallback: page.fallback }
  }
}

/** Whether a request may be answered as everyone's is. Its address has no query, so nobody fills caches with invented variants. */
function isForAll({ method, url, headers }: Request): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    !url.includes('?') &&
    !headers.has('Authorization') &&
    !bringsSession(headers.get('Cookie')) &&
    !wantsMarkdown(headers.get('Accept'))
  )
}

const readerOf = ({ headers }: Request): Bindings => ({ network: networkOf(headers.get('CF-Connecting-IP') ?? undefined) })

const isShared = ({ status, headers }: Response) =>
  status === 200 && headers.get('Cache-Control') === publicCaching && !headers.has('Set-Cookie')

const made = ({ url }: Request, response: Response): Answered => ({ response, fallback: fallbackIn(url, response) })

/** Headers that the platform's cache adds about itself. */
const ofTheCache = new Set(['age', 'cf-cache-status', 'content-length'])

async function pageOf(url: string, response: Response): Promise<CachedPage> {
  const fallback = fallbackIn(url, response)
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !ofTheCache.has(name)))
  return { body: new Uint8Array(await response.arrayBuffer()), headers, etag: headers['etag'] ?? '', coded: new Map(), fallback }
}

/** A page for this request: 304 if the reader has it, and without a body for HEAD. */
function sent({ method, headers: asked }: Request, { body, headers, etag }: CachedPage): Response {
  if (etag !== '' && holds(asked.get('If-None-Match'), etag)) return new Response(null, { status: 304, headers })
  return new Response(method === 'HEAD' ? null : (body as Uint8Array<ArrayBuffer>), { headers })
}

/** The request's headers without its conditions, so that a whole page is kept. */
function unconditional(headers: Headers): Headers {
  const without = new Headers(headers)
  without.delete('If-None-Match')
  without.delete('If-Modified-Since')
  without.delete('Range')
  return without
}

/** An answer that is not kept, for this request: 304 if the reader has it, and without a body for HEAD. */
function conditional(request: Request, response: Response): Response {
  const etag = response.headers.get('ETag')
  if (etag && holds(request.headers.get('If-None-Match'), etag))
    return new Response(null, { status: 304, headers: response.headers })
  return request.method === 'HEAD' ? new Response(null, response) : new Response(response.body, response)
}
