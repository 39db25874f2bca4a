import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One answer of a crawl. */
export interface Entry {
  /** Which door answered. */
  readonly runtime: string
  /** Who asked. */
  readonly tier: string
  readonly address: string
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 of the body, by which it is kept. */
  readonly body: string
  /** The length of the body. */
  readonly bytes: number
}

/** The answers of a crawl, and their bodies by hash. */
export interface Crawl {
  readonly entries: readonly Entry[]
  bodyOf(hash: string): Buffer
}

/** Where the answers of a crawl are put. */
export class Store {
  readonly #folder: string
  readonly #entries: Entry[] = []

  constructor(folder: string) {
    if (existsSync(join(folder, manifest))) throw new Error(`${folder} holds a crawl already.`)
    mkdirSync(join(folder, bodies), { recursive: true })
    this.#folder = folder
  }

  keep(entry: Omit<Entry, 'body' | 'bytes'>, body: Buffer): void {
    const hash = createHash('sha256').update(body).digest('hex')
    const path = join(this.#folder, bodies, hash)
    if (!existsSync(path)) writeFileSync(path, body)
    this.#entries.push({ ...entry, body: hash, bytes: body.length })
  }

  /** Writes the list of what was kept, in an order that does not depend on that of the requests. */
  finish(): readonly Entry[] {
    const sorted = this.#entries.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    writeFileSync(join(this.#folder, manifest), sorted.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    return sorted
  }
}

export function readCrawl(folder: string): Crawl {
  const lines = readFileSync(join(folder, manifest), 'utf8').split('\n').filter(Boolean)
  return {
    entries: lines.map((line) => JSON.parse(line) as Entry),
    bodyOf: (hash) => readFileSync(join(folder, bodies, hash)),
  }
}

export const keyOf = ({ runtime, tier, address }: Pick<Entry, 'runtime' | 'tier' | 'address'>) => `${runtime} ${tier} ${address}`

/** Headers by their names in lower case and in the order of these; several cookies are one value. */
export function fieldsOf(headers: Headers): Readonly<Record<string, string>> {
  const cookies = headers.getSetCookie()
  const fields = [...headers].filter(([name]) => name !== 'set-cookie')
  return Object.fromEntries([...fields, ...(cookies.length === 0 ? [] : [['set-cookie', cookies.join('\n')]])].sort())
}

const manifest = 'manifest.jsonl'
const bodies = 'bodies'
