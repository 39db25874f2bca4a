import { Refusal } from '../problem'
import type { SearchEngines } from './search-engines'

/** How long an engine may take to answer, in milliseconds. */
const timeout = 30_000

/**
 * IndexNow (indexnow.org) at an origin, such as https://api.indexnow.org. The key is no secret: the site shows it at an address
 * of its own, where engines check who notifies them.
 */
export const indexNow = (url: string, key: string, origin: string): SearchEngines => ({
  async ping(addresses) {
    const response = await fetch(`${url}/indexnow`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ host: new URL(origin).host, key, keyLocation: `${origin}/${key}.txt`, urlList: addresses }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    await response.body?.cancel()
    if (response.status !== 200 && response.status !== 202) {
      throw new Refusal('ping.refused', { status: response.status, count: addresses.length }, { kind: 'unavailable' })
    }
  },
})
