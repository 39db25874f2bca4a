/** One thing that is asked of the site. */
export interface Asked {
  /** The path and query, without the origin. */
  readonly path: string
  readonly method?: 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'DELETE'
  /** In place of what every request says. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The origin that the site is reached by. */
export const origin = 'https://briefings.example'

/** What every request says unless it says otherwise: a browser, whose views are not counted, so that the crawl changes nothing. */
export const everyRequest: Readonly<Record<string, string>> = {
  Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'Accept-Language': 'en',
  'Accept-Encoding': 'identity',
  'Sec-Purpose': 'prefetch',
  'User-Agent': 'crawl',
}

/** What an answer is known by in a crawl: its path, and whatever the request says beside it. */
export function addressOf({ path, method, headers = {}, body }: Asked): string {
  const said = [...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), ...(body === undefined ? [] : [body])]
  return [...(method === undefined ? [] : [method]), path, ...(said.length === 0 ? [] : [`(${said.join('; ')})`])].join(' ')
}

/** A form that a page of the site sends. */
export const aForm = (path: string, body: string, from = origin): Asked => ({
  path,
  method: 'POST',
  headers: { Origin: from, 'Content-Type': 'application/x-www-form-urlencoded' },
  body,
})

/** What a script of a page of the site sends. */
export const asJson = (path: string, data: object): Asked => ({
  path,
  method: 'POST',
  headers: { Origin: origin, 'Content-Type': 'application/json' },
  body: JSON.stringify(data),
})
