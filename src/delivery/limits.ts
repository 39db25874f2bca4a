import { Refusal } from '../problem'

/** What is limited, for one network or one token at a time, and to how often in a minute. */
export const limits = { 'sign-in': 10, form: 20, card: 30, api: 300, 'api-token': 1200 } as const
export type Limited = keyof typeof limits

/**
 * Whether something may be done once more in this minute. If known, also how often still, and after how many seconds the count
 * begins again.
 */
export interface Allowance {
  readonly isAllowed: boolean
  readonly left?: number
  readonly resetsIn?: number
}

/** Counts a limited action of `who`: a network, or a token. */
export interface Limits {
  take(what: Limited, who: string): Promise<Allowance>
}

/** Refuses what a network does too often, with the problem `too_many`. */
export async function admit(limits: Limits, what: Limited, network = 'unknown'): Promise<void> {
  const { isAllowed } = await limits.take(what, network)
  if (!isAllowed) throw new Refusal('api.too-often', { seconds: minute / 1000 }, { kind: 'too_many' })
}

export const minute = 60_000
/** More networks than this in a minute are an attack: all counts are dropped then, and begin again. */
const networksMax = 50_000

/** Counts in this process, to these limits. */
export class CountedLimits implements Limits {
  readonly #allowed: Readonly<Record<Limited, number>>
  #counts = new Map<string, number>()
  #began = 0

  constructor(allowed: Readonly<Record<Limited, number>> = limits) {
    this.#allowed = allowed
  }

  async take(what: Limited, who: string): Promise<Allowance> {
    const now = Date.now()
    if (now - this.#began > minute || this.#counts.size > networksMax) {
      this.#counts = new Map()
      this.#began = now
    }
    const key = `${what} ${who}`
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    const left = Math.max(0, this.#allowed[what] - count)
    return {
      isAllowed: count <= this.#allowed[what],
      left,
      resetsIn: Math.max(1, Math.ceil((this.#began + minute - now) / 1000)),
    }
  }
}

/** What a platform counts with. */
export interface PlatformCounter {
  limit(asked: { readonly key: string }): Promise<{ readonly success: boolean }>
}

/** Counts with the platform, for all of a site's isolates in a place. */
export const platformLimits = (counters: Readonly<Record<Limited, PlatformCounter>>): Limits => ({
  take: async (what, who) => ({ isAllowed: (await counters[what].limit({ key: who })).success }),
})
