import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import type { Bindings } from '../context'
import { networkOf } from '../delivery/network'
import type { CachedPage, FallbackView, PageCache } from '../delivery/page-cache'
import { holds, publicCaching, wantsMarkdown } from '../delivery/policy'
import { fallbackIn, isView, type Tally } from '../demand/demand'
import { bringsSession } from '../members/session'
import { dropRemainder } from './node-remainder'
import { type Proxies, readerOf } from './proxies'

/** A line of the log about a request. */
interface LogEntry {
  readonly [field: string]: unknown
}

export interface ServerParts {
  readonly fetch: (request: Request, bindings: Bindings) => Response | Promise<Response>
  readonly pages: PageCache
  /** Static files by address, separate from pages, because no print drops them. */
  readonly statics: ReadonlyMap<string, CachedPage>
  /** Where fallback views are counted. */
  readonly tally: Tally
  readonly proxies: Proxies
  readonly log: (entry: LogEntry) => void
}

/**
 * Answers requests of `node:http`. It looks for a cached page before it does anything else, and sends the bytes as they are held. A page is
 * compressed once, in the background, when somebody first accepts that.
 */
export function answering({ fetch, pages, statics, tally, proxies, log }: ServerParts): RequestListener {
  const start = `${Date.now().toString(36)}-${process.pid.toString(36)}`
  let count = 0
  const nextId = () => {
    count += 1
    return `${start}-${count.toString(36)}`
  }
  const countView = ({ method, headers }: IncomingMessage, fallback: FallbackView | undefined) => {
    if (fallback && isView(method, headers['sec-purpose'] ?? headers['purpose'])) tally.add(fallback)
  }

  const listener = getRequestListener(async (request, env) => {
    const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse }
    const requestId = nextId()
    const begun = performance.now()
    outgoing.once('close', () => log(entryOf(incoming, outgoing.statusCode, requestId, performance.now() - begun)))
    const generation = pages.generation
    const coding = pages.isOff ? printedCoding(incoming.headers['accept-encoding']) : undefined
    const response = await fetch(request, { requestId, log, network: readersNetwork(incoming, proxies), coding })
    await dropRemainder(incoming)
    const fallback = fallbackIn(request.url, response)
    countView(incoming, fallback)
    if (pages.isOff || !isCacheable(incoming, request, response)) return response
    const page = await cachedPage(response, fallback)
    if (pages.generation === generation) pages.keep(incoming.url ?? '', page)
    return new Response(page.body as Uint8Array<ArrayBuffer>, { headers: page.headers })
  }, withoutHost)

  return (request, response) => {
    const { method, url = '' } = request
    if (hasTwoHosts(request)) {
      response.writeHead(400, { connection: 'close' }).end()
      return
    }
    const isRead = method === 'GET' || method === 'HEAD'
    const isForAll = !bringsSession(request.headers.cookie) && !wantsMarkdown(request.headers.accept)
    const page = isRead ? ((isForAll ? pages.find(url) : undefined) ?? statics.get(url)) : undefined
    if (!page) {
      void listener(request, response)
      return
    }
    const status = send(request, response, page, pages)
    countView(request, page.fallback)
    log(entryOf(request, status, nextId(), 0))
  }
}

/** The network of the reader. Node joins the fields of a header that was sent several times. */
function readersNetwork({ socket, headers }: IncomingMessage, proxies: Proxies): string {
  return networkOf(readerOf(socket.remoteAddress, [headers['x-forwarded-for']].flat().join(), proxies))
}

/** Whether a request names two hosts. It is refused, whichever is ours (RFC 9112, 3.2); Node's parser lets it through. */
function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let count = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1
  }
  return count > 1
}

const entryOf = ({ method, url }: IncomingMessage, status: number, id: string, ms: number): LogEntry => ({
  level: 'info',
  id,
  method,
  path: url,
  status,
  ms: Math.round(ms * 10) / 10,
})

/** The host of an HTTP/1.0 request without `Host`. The simplest health checks send such requests. */
const withoutHost = { hostname: 'localhost' }

/** Only public answers at addresses in plain spelling, without a query. So nobody can fill the cache with invented variants. */
function isCacheable({ method, url }: IncomingMessage, request: Request, response: Response): boolean {
  return (
    method === 'GET' &&
    response.status === 200 &&
    url === new URL(request.url).pathname &&
    response.headers.get('Cache-Control') === publicCaching &&
    !response.headers.has('Set-Cookie')
  )
}

async function cachedPage(response: Response, fallback: FallbackView | undefined): Promise<CachedPage> {
  const body = new Uint8Array(await response.arrayBuffer())
  return heldPage(body, Object.fromEntries(response.headers), fallback)
}

/** A page for the cache. Its headers say that its form depends on the codings that a reader accepts. */
export function heldPage(body: Uint8Array, headers: Readonly<Record<string, string>>, fallback?: FallbackView): CachedPage {
  const vary = ['Accept-Encoding', ...(headers['vary'] ? [headers['vary']] : [])].join(', ')
  return { body, headers: { ...headers, vary }, etag: headers['etag'] ?? '', coded: new Map(), fallback }
}

function send(request: IncomingMessage, response: ServerResponse, page: CachedPage, pages: PageCache): number {
  const { headers } = request
  if (page.etag !== '' && holds(headers['if-none-match'], page.etag)) {
    response.writeHead(304, headersOf(page, 'not modified')).end()
    return 304
  }
  const coding = codingFor(headers['accept-encoding'])
  const form = coding && page.coded.get(coding)
  if (coding && !form) compressLater(request.url ?? '', page, coding, pages)
  response.writeHead(200, headersOf(page, form ? coding : 'whole'))
  response.end(request.method === 'HEAD' ? undefined : (form ?? page.body))
  return 200
}

type Form = 'whole' | 'not modified' | Coding

const flat = new WeakMap<CachedPage, Map<Form, string[]>>()

/** Headers in the form that node:http writes fastest: one flat list, made once for each form of a page. */
function headersOf(page: CachedPage, form: Form): string[] {
  let forms = flat.get(page)
  if (!forms) {
    forms = new Map()
    flat.set(page, forms)
  }
  let list = forms.get(form)
  if (!list) {
    list = [...Object.entries(page.headers), ...bodyHeaders(page, form)].flat()
    forms.set(form, list)
  }
  return list
}

function bodyHeaders({ body, coded }: CachedPage, form: Form): [string, string][] {
  if (form === 'not modified') return []
  const { length } = coded.get(form) ?? body
  return [['content-length', String(length)], ...(form === 'whole' ? [] : [['content-encoding', form] as [string, string]])]
}

type Coding = 'br' | 'gzip'

/** The best coding that the reader accepts and we have (RFC 9110, 12.5.3). */
const codingFor = (accepted: string | string[] | undefined): Coding | undefined =>
  (['br', 'gzip'] as const).find((coding) => accepts(accepted, coding))

/** The coding of a page that no cache keeps. */
const printedCoding = (accepted: string | undefined) => (accepts(accepted, 'gzip') ? 'gzip' : 'identity')
const accepts = (accepted: string | string[] | undefined, coding: Coding): boolean =>
  typeof accepted === 'string' &&
  accepted.split(',', 20).some((each) => {
    const [name = '', weight = ''] = each.split(';')
    return name.trim() === coding && !/^\s*q=0(\.0*)?\s*$/.test(weight)
  })

const compress = {
  br: (body: Uint8Array) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (body: Uint8Array) => promisify(gzip)(body, { level: 7 }),
}
const compressing = new WeakMap<CachedPage, Set<Coding>>()
const alreadyCompressed = /^(image\/(png|jpeg|webp|avif)|font\/)/

function compressLater(address: string, page: CachedPage, coding: Coding, pages: PageCache): void {
  if (alreadyCompressed.test(page.headers['content-type'] ?? '') || page.body.length < 800) return
  const under = compressing.get(page) ?? new Set()
  if (under.has(coding)) return
  compressing.set(page, under.add(coding))
  compress[coding](page.body).then(
    (form) => pages.addForm(address, page, coding, new Uint8Array(form)), // A copy: what zlib returns is a part of a larger buffer.
    () => {}, // Compressing failed, so the page is sent uncompressed.
  )
}
