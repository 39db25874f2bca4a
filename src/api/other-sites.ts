import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

const exposed = ['ETag', 'Link', 'Location', 'Content-Language', 'RateLimit', 'RateLimit-Policy', 'Retry-After']

/** The headers by which scripts of other sites may read an answer (CORS). */
export const forOtherSites: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': exposed.join(','),
}

const askedAhead = cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: exposed, maxAge: 86_400 })

/**
 * Lets pages of other sites read. Whoever answers with 200 adds the headers. Here they are only added to what is made elsewhere, such as
 * refusals: to change the headers of an answer costs as much as a small answer.
 */
export const toOtherSites: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'OPTIONS') return await askedAhead(c, next)
  await next()
  if (c.res.status !== 200) for (const [name, value] of Object.entries(forOtherSites)) c.res.headers.set(name, value)
}
