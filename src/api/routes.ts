import { Hono } from 'hono'
import { everyone, highestOn, ladderOf } from '../briefings/ladder'
import type { Context, RequestContext } from '../context'
import { holds } from '../delivery/policy'
import { moveTo, respondPrivately, respondPublicly } from '../delivery/respond'
import { type Complaint, complaint } from '../language/complaint'
import { type AccessToken, tokenIn } from '../members/token'
import { findToken, noteUse } from '../members/token-store'
import { Refusal } from '../problem'
import { hashOfSecret } from '../secrets/secret'
import { bodyOf, bytesSent, checked } from './asked'
import type { Call, Handlers, Reply } from './call'
import { editingHandlers } from './editing-handlers'
import { fingerprintOf, keyIn, onceOnly } from './idempotency'
import { memberHandlers } from './member-handlers'
import { openApi } from './openapi'
import type { Access } from './operation'
import { type OperationName, operations } from './operations'
import { forOtherSites, toOtherSites } from './other-sites'
import { docsPage, docsPath } from './page'
import { publishingHandlers } from './publishing-handlers'
import { meter } from './rate'
import { readingHandlers } from './reading-handlers'
import { translatingHandlers } from './translating-handlers'

const handlers: Handlers = {
  ...readingHandlers,
  ...translatingHandlers,
  ...editingHandlers,
  ...publishingHandlers,
  ...memberHandlers,
}

/**
 * The API for programs: every operation of the table, at its address. Pages of other sites may read what everyone may (CORS),
 * and nothing else.
 */
export const apiRoutes = new Hono<Context>()

for (const name of Object.keys(operations) as OperationName[]) {
  const { method, path, access } = operations[name]
  const address = path.replaceAll(/\{(\w+)\}/g, ':$1')
  if (access === 'open') apiRoutes.on([method, 'OPTIONS'], address, toOtherSites)
  apiRoutes.on(method, address, async (c) => {
    const token = await shownBy(c, access)
    const metered = await meter(c.var.limits, token, c.env?.network)
    if (token) await letIn(c, token, access)
    const reply = await answered(name, c, token)
    return respond(c, reply, access === 'open' ? { ...metered, ...forOtherSites } : metered)
  })
}

/** The document of the API, for programs and for people. It is public, as readers' pages are. */
apiRoutes.on(['GET', 'OPTIONS'], '/api/openapi.json', toOtherSites)
apiRoutes.get('/api/openapi.json', (c) =>
  documented(c, JSON.stringify(openApi(c.var.site.config)), 'application/json; charset=utf-8', forOtherSites),
)
apiRoutes.get(docsPath, (c) => {
  const { site } = c.var
  return documented(c, docsPage(site, site.speak(site.locales.source), openApi(site.config)), 'text/html; charset=utf-8')
})

function documented({ req, var: { site } }: RequestContext, body: string, type: string, headers = {}): Response {
  const { source } = site.locales
  return respondPublicly(site, req.raw, { body, type, language: source, etag: site.fingerprint(source), headers })
}

/** The token of a request (RFC 6750), if it is valid. An invalid token and a missing one are refused in the same words. */
async function shownBy(c: RequestContext, access: Access): Promise<AccessToken | undefined> {
  const { newsroom, limits } = c.var
  const authorization = c.req.header('Authorization')
  if (authorization === undefined && access === 'open') return undefined
  const shown = tokenIn(authorization)
  const token = shown && (await findToken(newsroom.database, await hashOfSecret(shown), newsroom.now()))
  if (token) return token
  await meter(limits, undefined, c.env?.network)
  throw new Refusal('api.no-token', {}, { kind: 'unauthorised' })
}

/** Refuses a token that does not give access to the operation, and otherwise notes its use. */
async function letIn({ var: { newsroom } }: RequestContext, token: AccessToken, access: Access): Promise<void> {
  const refusal = refusals[access](token)
  if (refusal) throw new Refusal(refusal.code, refusal.values, { kind: 'forbidden' })
  await noteUse(newsroom.database, token, newsroom.now())
}

async function answered<Name extends OperationName>(
  name: Name,
  { req, var: { site, newsroom } }: RequestContext,
  token: AccessToken | undefined,
): Promise<Reply> {
  const operation = operations[name]
  const bytes = 'body' in operation ? await bytesSent(req.raw, operation.body) : undefined
  const call = {
    site,
    newsroom,
    params: 'params' in operation ? checked(operation.params, req.param(), 'address') : {},
    query: 'query' in operation ? checked(operation.query, req.query(), 'query') : {},
    body: bytes && 'body' in operation ? bodyOf(operation.body, bytes) : undefined,
    request: req.raw,
    token,
    tier: token?.seesGated ? highestOn(ladderOf(site.settings.tiers)) : everyone,
    sight: token?.seesGated ? 'all' : 'public',
  } as unknown as Call<Name> // Checked by the schemas of this operation.
  const work = () => handlers[name](call)
  const key = operation.method === 'GET' ? undefined : keyIn(req.raw)
  const isTrial = 'dry-run' in call.query && call.query['dry-run'] === 'true'
  if (key === undefined || isTrial || !token) return await work()
  return await onceOnly(newsroom, token, key, await fingerprintOf(req.raw, bytes ?? new Uint8Array()), work)
}

function respond(
  { req: { raw: request }, var: { site } }: RequestContext,
  reply: Reply,
  given: Readonly<Record<string, string>>,
): Response {
  if ('movedTo' in reply) return moveTo(site, request, reply.movedTo)
  const { status, content, etag, language, next, isReplayed, headers: more } = reply
  const isEveryones = !request.headers.has('Authorization')
  const headers = {
    Vary: 'Accept-Language, Authorization',
    ...given,
    ...(language === undefined ? {} : { 'Content-Language': language }),
    ...(etag === undefined ? {} : { ETag: etag }),
    ...(next === undefined ? {} : { Link: `<${site.config.origin}${next}>; rel="next"` }),
    ...(isReplayed ? { 'Idempotency-Replayed': 'true' } : {}),
    // A client may keep public answers, but asks again each time.
    ...(isEveryones && etag !== undefined ? { 'Cache-Control': 'private, no-cache' } : {}),
    ...more,
  }
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead && etag !== undefined && holds(request.headers.get('If-None-Match'), etag)) {
    return respondPrivately(site, 304, null, headers)
  }
  if (content === undefined) return respondPrivately(site, status, null, headers)
  return respondPrivately(site, status, content.text, { ...headers, 'Content-Type': content.type })
}

/** The message for a token without enough access. */
const refusals: Readonly<Record<Access, (token: AccessToken) => Complaint | undefined>> = {
  open: () => undefined,
  read: () => undefined,
  'see-gated': ({ seesGated }) => (seesGated ? undefined : complaint('token.not-gated')),
  translate: ({ mayWrite }) => (mayWrite ? undefined : complaint('token.read-only')),
  edit: ({ mayEdit }) => (mayEdit ? undefined : complaint('token.not-english')),
  publish: ({ mayPublish }) => (mayPublish ? undefined : complaint('token.not-publisher')),
  admit: ({ mayAdmit }) => (mayAdmit ? undefined : complaint('token.not-admitting')),
}
