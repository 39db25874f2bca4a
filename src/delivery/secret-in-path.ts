import type { MiddlewareHandler } from 'hono'
import { isSecret } from '../secrets/secret'

/** Stands before an address that has a secret in it (`:secret`). What has not the form of one is not found. */
export const secretInPath: MiddlewareHandler = async (c, next) => {
  if (!isSecret(c.req.param('secret') ?? '')) return c.notFound()
  return await next()
}
