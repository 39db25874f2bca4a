import { type Crawl, type Entry, keyOf } from './kept'
import { comparedHeaders, normalised } from './normalise'

export type Kind = 'missing' | 'new' | 'status' | 'headers' | 'body'

/** Something in which two crawls differ. */
export interface Difference {
  readonly kind: Kind
  readonly entry: Entry
  /** What it was, and what it is. */
  readonly detail: string
}

/** Everything in which a crawl differs from one before or, where it is asked `betweenDoors`, one door from another. */
export function compare(before: Crawl, after: Crawl, betweenDoors = false): readonly Difference[] {
  const [old, young] = [byKey(before), byKey(after)]
  const missing = [...old].flatMap(([key, entry]): Difference[] =>
    young.has(key) ? [] : [{ kind: 'missing', entry, detail: `was ${entry.status}` }],
  )
  const others = [...young].flatMap(([key, entry]): readonly Difference[] => {
    const was = old.get(key)
    return was ? differences(before, was, after, entry, betweenDoors) : [{ kind: 'new', entry, detail: `is ${entry.status}` }]
  })
  return [...missing, ...others]
}

/** Everything in which the Worker answers otherwise than the Node door. */
export function compareRuntimes({ entries, bodyOf }: Crawl): readonly Difference[] {
  const of = (runtime: string): Crawl => ({
    entries: entries.filter((entry) => entry.runtime === runtime).map((entry) => ({ ...entry, runtime: 'worker' })),
    bodyOf,
  })
  return compare(of('node'), of('worker'), true)
}

const byKey = ({ entries }: Crawl) => new Map(entries.map((entry) => [normalised(keyOf(entry)), entry]))

function differences(before: Crawl, was: Entry, after: Crawl, is: Entry, betweenDoors: boolean): readonly Difference[] {
  const found: Difference[] = []
  if (was.status !== is.status) found.push({ kind: 'status', entry: is, detail: `${was.status} → ${is.status}` })
  const [old, young] = [comparedHeaders(was, betweenDoors), comparedHeaders(is, betweenDoors)]
  const changed = [...new Set([...old.keys(), ...young.keys()])].filter((name) => old.get(name) !== young.get(name))
  if (changed.length > 0) {
    const lines = changed.map((name) => `${name}: ${old.get(name) ?? 'none'} → ${young.get(name) ?? 'none'}`)
    found.push({ kind: 'headers', entry: is, detail: lines.join('; ') })
  }
  if (was.body !== is.body) {
    const [one, other] = [textOf(before, was), textOf(after, is)]
    if (one !== other) found.push({ kind: 'body', entry: is, detail: firstDifference(one, other) })
  }
  return found
}

/** A body as it is compared: texts normalised, all else by its hash. */
export function textOf({ bodyOf }: Pick<Crawl, 'bodyOf'>, { headers, body }: Entry): string {
  const isText = /^text\/|json|xml|javascript|xliff/.test(headers['content-type'] ?? '')
  return isText ? normalised(bodyOf(body).toString()) : body
}

const around = 40

/** Where two texts part, with some of what stands there. */
function firstDifference(one: string, other: string): string {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const place = (text: string) => JSON.stringify(text.slice(Math.max(0, at - around / 2), at + around))
  return `at ${at}: ${place(one)} → ${place(other)}`
}
