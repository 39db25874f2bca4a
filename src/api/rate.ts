import { limits as allowed, type Limits, minute } from '../delivery/limits'
import type { AccessToken } from '../members/token'
import { Refusal } from '../problem'

/**
 * Counts a request against what its token, or without one its network, may ask in a minute, and refuses what is more. Returns the
 * headers that say so (draft-ietf-httpapi-ratelimit-headers); how many are left only where the platform tells.
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
