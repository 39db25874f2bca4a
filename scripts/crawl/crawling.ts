import type { Door } from './doors'
import { fieldsOf, type Store } from './kept'
import { linksIn } from './links'
import { type Asked, addressOf, everyRequest } from './request'

/** Who reads a site, and from where they set out. */
export interface Reader {
  /** Who they are, as the crawl calls them: a tier, an editor, or a program. */
  readonly tier: string
  readonly headers: Readonly<Record<string, string>>
  readonly seeds: readonly Asked[]
  /** Which of the links found they follow. */
  readonly follows: (path: string) => boolean
  /** Whether each request waits for the one before, for answers tell how many came before. */
  readonly isSlow?: true
}

/** A site that holds more is a site whose links go round in circles. */
const addressesMax = 20_000

/** Asks a door for everything that its reader gets to, and keeps each answer once. */
export async function crawl(runtime: string, door: Door, reader: Reader, store: Store): Promise<void> {
  const waiting: Asked[] = []
  const known = new Set<string>()
  const add = (asked: Asked) => {
    const address = addressOf(asked)
    if (known.has(address)) return
    if (known.size === addressesMax) throw new Error(`The crawl found more than ${addressesMax} addresses, at last ${address}.`)
    known.add(address)
    waiting.push(asked)
  }
  const work = async () => {
    for (let asked = waiting.shift(); asked; asked = waiting.shift()) {
      const { status, headers, body } = await answerTo(door, reader, asked)
      store.keep({ runtime, tier: reader.tier, address: addressOf(asked), status, headers }, body)
      const links = linksIn(door.origin, asked.path, { headers, text: body.toString() })
      for (const path of links.filter(reader.follows)) add({ path })
    }
  }
  for (const seed of reader.seeds) add(seed)
  // Who finds nothing waiting stops, while an answer under way may lead on: so they all begin anew until nothing is left.
  while (waiting.length > 0) await Promise.all(Array.from({ length: reader.isSlow ? 1 : door.atOnce }, work))
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

let asking = 0

/** Each request comes from a network of its own, so that none is refused for those before it. */
function network(): Readonly<Record<string, string>> {
  asking += 1
  const address = `10.${(asking >> 16) & 255}.${(asking >> 8) & 255}.${asking & 255}`
  return { 'X-Forwarded-For': address, 'CF-Connecting-IP': address }
}

async function answerTo(door: Door, { headers }: Reader, asked: Asked): Promise<Answer> {
  const { path, method = 'GET', body: sent } = asked
  const said = { ...everyRequest, ...(door.isBehindProxy ? network() : {}), ...headers, ...asked.headers }
  const response = await door.fetch(path, {
    method,
    headers: said,
    redirect: 'manual',
    ...(sent === undefined ? {} : { body: sent }),
  })
  const body = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: fieldsOf(response.headers), body }
}
