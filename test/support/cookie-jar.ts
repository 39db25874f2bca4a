import { send } from './membership'
import type { Newsroom } from './newsroom'

/** A browser with its cookies: kept by name and path, and sent only below that path (RFC 6265, 5.4). */
export function aBrowser(newsroom: Newsroom) {
  const jar = new Map<string, { readonly pair: string; readonly path: string }>()

  function keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const path = /; Path=([^;]+)/.exec(line)?.[1] ?? '/'
      const key = `${pair.split('=')[0]} ${path}`
      if (/; Max-Age=0/.test(line)) jar.delete(key)
      else jar.set(key, { pair, path })
    }
    return response
  }
  const cookiesFor = (address: string) => {
    const { pathname } = new URL(address, newsroom.origin)
    const sent = [...jar.values()].filter(({ path }) => pathname === path || pathname.startsWith(path.replace(/\/?$/, '/')))
    return { Cookie: sent.map(({ pair }) => pair).join('; ') }
  }

  return {
    open: async (path: string) => keep(await newsroom.get(path, cookiesFor(path))),
    text: async (path: string) => await (await newsroom.get(path, cookiesFor(path))).text(),
    post: async (path: string, fields: Readonly<Record<string, string>> = {}) =>
      keep(await send(newsroom, path, fields, cookiesFor(path))),
    /** Sends JSON, as a script of a page does. */
    postJson: async (path: string, data: unknown) => {
      const headers = { Origin: newsroom.origin, 'Content-Type': 'application/json', ...cookiesFor(path) }
      return keep(await newsroom.ask(path, { method: 'POST', body: JSON.stringify(data), headers }))
    },
    cookies: () => [...jar.values()],
  }
}

export type BrowserWithCookies = ReturnType<typeof aBrowser>
