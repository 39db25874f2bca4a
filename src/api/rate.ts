import { limits as allowed, type Limits, minute } from '../delivery/limits'
import type { AccessToken } from '../members/token'
import { Refusal } from '../problem'

/**
 * Counts a request towards the limit of its token, or, without one, of its network. Refuses requests beyond the limit. Returns
 * the headers that say so (draft-ietf-httpapi-ratelimit-headers). Only some platforms say how many requests are left.
 */
export async function meter(
  limits: Limits,
  token: Pick<AccessToken, 'id'> | undefined,
  network = 'unknown',
): Promise<Readonly<Record<string, string>>> {
  const what = token ? 'api-token' : 'api'
  const { isAllowed, left, resetsIn = minute / 1000 } = await limits.take(what, token?.id ?? network)
  const headers = {
    'RateLimit-Policy': `"${what}";q=${allowed[what]};w=${minute / 1000}`,
    ...(left === undefined ? {} : { RateLimit: `"${what}";r=${left};t=${resetsIn}` }),
  }
  if (isAllowed) return headers
  const withRetry = { ...headers, 'Retry-After': String(resetsIn) }
  throw new Refusal('api.too-often', { seconds: resetsIn }, { kind: 'too_many', headers: withRetry })
}
