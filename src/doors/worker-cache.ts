import type { ExecutionContext } from '@cloudflare/workers-types'
import type { Bindings } from '../context'
import { networkOf } from '../delivery/network'
import { holds, publicCaching, wantsMarkdown } from '../delivery/policy'
import { bringsSession } from '../members/session'

/** What is behind the platform's cache. */
interface Behind {
  readonly origin: string
  /** Names this deployment. */
  readonly program: string
  readonly fetch: (request: Request, bindings: Bindings) => Response | Promise<Response>
  /** Looks for the number of the last print, and reads anew what depends on it. */
  readonly lastPrint: () => Promise<number>
}

/** How long an isolate uses the last print number that it read, in milliseconds. */
const printBelievedFor = 5000

/** Answers requests, from the platform's cache if that is allowed. */
export type Answer = (request: Request, context: ExecutionContext) => Promise<Response>

/**
 * Answers a page from the platform's cache if it is there for this print. Otherwise the page is made and kept. A request with a session
 * skips the cache, because the cache has only what everyone may read. So does one that asks for Markdown, because it has only pages.
 */
export function behindCache({ origin, program, fetch, lastPrint }: Behind): Answer {
  let print: { readonly number: number; readonly askedAt: number } | undefined

  return async (request, context) => {
    const network = networkOf(request.headers.get('CF-Connecting-IP') ?? undefined)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const { headers } = request
    const isOneReaders =
      headers.has('Authorization') || bringsSession(headers.get('Cookie')) || wantsMarkdown(headers.get('Accept'))
    const isForAll = new URL(request.url).search === '' && !isOneReaders
    const number = await believedPrint().catch(() => undefined)
    // Without a number, the database does not answer. The site says so and logs it.
    if (!isRead || !isForAll || number === undefined) return fetch(request, { network })

    const key = keyOf(request, number)
    const cache = await caches.open('pages')
    const kept = await cache.match(key)
    if (kept) return conditional(request, kept)

    const response = await fetch(new Request(request.url, { headers: unconditional(headers) }), { network })
    const isShared = response.headers.get('Cache-Control') === publicCaching
    if (response.status === 200 && isShared && !response.headers.has('Set-Cookie')) {
      context.waitUntil(cache.put(key, response.clone()))
    }
    return conditional(request, response)
  }

  /** The print number. The frame of every page depends on it, so it is looked for even if nothing is kept. */
  async function believedPrint(): Promise<number> {
    const now = Date.now()
    if (!print || now - print.askedAt > printBelievedFor) print = { number: await lastPrint(), askedAt: now }
    return print.number
  }

  /** The key: address, program and print number. So a page of an older print or deployment is never found again. */
  function keyOf({ url }: Request, number: number): string {
    return `${origin}${new URL(url).pathname}?print=${number}&program=${program}&tier=public`
  }
}

/** The request's headers without its conditions, so that a whole page is kept. */
function unconditional(headers: Headers): Headers {
  const without = new Headers(headers)
  without.delete('If-None-Match')
  without.delete('If-Modified-Since')
  without.delete('Range')
  return without
}

/** The answer for this request: 304 if the reader has it, and without a body for HEAD. */
function conditional(request: Request, response: Response): Response {
  const etag = response.headers.get('ETag')
  if (etag && holds(request.headers.get('If-None-Match'), etag))
    return new Response(null, { status: 304, headers: response.headers })
  return request.method === 'HEAD' ? new Response(null, response) : new Response(response.body, response)
}
