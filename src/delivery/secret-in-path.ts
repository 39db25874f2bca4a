import type { MiddlewareHandler } from 'hono'
import { isSecret } from '../secrets/secret'

/** Middleware of addresses with a secret (`:secret`). Answers 404 if it does not have the form of one. */
export const secretInPath: MiddlewareHandler = async (c, next) => {
  if (!isSecret(c.req.param('secret') ?? '')) return c.notFound()
  return await next()
}
