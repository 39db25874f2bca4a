import { Problem } from '../problem'

/** What is limited for one network at a time, and to how often in a minute. */
export const limits = { 'sign-in': 10, form: 20 } as const
export type Limited = keyof typeof limits

/** Whether a network may do something once more in this minute. */
export interface Limits {
  allows(what: Limited, network: string): Promise<boolean>
}

/** What a door says of the one who asks. */
export interface Asking {
  readonly Bindings: { readonly network?: string }
}

/** Refuses what a network asks for too often, with the problem `too_many`. */
export async function admit(limits: Limits, what: Limited, network = 'unknown'): Promise<void> {
  if (!(await limits.allows(what, network))) throw new Problem('too_many', 'This was asked for too often; wait a minute.')
}

const minute = 60_000
/** More networks than this in a minute are an attack: all counts are given up then, and begin anew. */
const networksMax = 50_000

/** Counts in this process. */
export class CountedLimits implements Limits {
  #counts = new Map<string, number>()
  #began = 0

  async allows(what: Limited, network: string): Promise<boolean> {
    const now = Date.now()
    if (now - this.#began > minute || this.#counts.size > networksMax) {
      this.#counts = new Map()
      this.#began = now
    }
    const key = `${what} ${network}`
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return count <= limits[what]
  }
}

/** What a platform counts with. */
export interface PlatformCounter {
  limit(asked: { readonly key: string }): Promise<{ readonly success: boolean }>
}

/** Counts with the platform, for all of a site's isolates in a place. */
export const platformLimits = (counters: Readonly<Record<Limited, PlatformCounter>>): Limits => ({
  allows: async (what, network) => (await counters[what].limit({ key: network })).success,
})

/** The part of an address that one reader has: all of IPv4, the first 64 bits of IPv6 (RFC 6177). */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  if (!address.includes(':') || address.startsWith('::ffff:')) return address.replace('::ffff:', '')
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const all = tail === undefined ? groups : [...groups, ...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
  return all.slice(0, 4).join(':')
}
