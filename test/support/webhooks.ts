import { Webhook } from 'standardwebhooks'
import { vi } from 'vitest'
import { addEndpoint } from '../../src/webhooks/administer'
import { deliverWaiting } from '../../src/webhooks/deliver'
import type { Answer, Call, Caller } from '../../src/webhooks/delivery'
import type { Interest } from '../../src/webhooks/endpoint'
import { payloadSchema } from '../../src/webhooks/event'
import { type NewsroomOptions, openNewsroom } from './newsroom'

export type Told = ReturnType<typeof payloadSchema.parse>

/** A request as it arrived at an endpoint, and when. */
export interface Received extends Call {
  readonly id: string
  readonly at: string
}

export const taken: Answer = { status: 204, line: '', retryAfter: null }
export const refused = (status: number | null, retryAfter: string | null = null): Answer => ({
  status,
  line: 'not now',
  retryAfter,
})

/** A newsroom with endpoints, which answer as they are told to and by address; all take everything until then. */
export async function openToWebhooks(options: NewsroomOptions = {}) {
  const newsroom = await openNewsroom(options)
  const { site, clock, database } = newsroom
  const received: Received[] = []
  const logged: Readonly<Record<string, unknown>>[] = []
  const answers = new Map<string, (call: Call) => Answer | Promise<Answer>>()
  const caller: Caller = {
    async call(call) {
      const answer = (await answers.get(call.url)?.(call)) ?? taken
      received.push({ ...call, id: call.headers['webhook-id'] ?? '', at: clock.now })
      return answer
    },
  }
  return {
    ...newsroom,
    caller,
    received,
    logged,
    add: (changes: Partial<Interest> = {}) =>
      addEndpoint(site, { url: 'https://one.example/hook', events: 'all', locales: 'all', ...changes }, 'a test'),
    answer: (url: string, answer: (call: Call) => Answer | Promise<Answer>) => answers.set(url, answer),
    /** Sends what is due, as doors do at intervals. */
    deliver: (most = 100) => deliverWaiting(site, { caller, log: (entry) => logged.push(entry), atOnce: 50 }, most),
    pass: (milliseconds: number) => {
      clock.now = new Date(Date.parse(clock.now) + milliseconds).toISOString()
    },
    /** All that is kept to be told, in the order in which it happened. */
    async told(): Promise<readonly Told[]> {
      const rows = await database.query.selectFrom('webhook_event').select('payload').orderBy('at').orderBy('id').execute()
      return rows.map(({ payload }) => payloadSchema.parse(JSON.parse(payload)))
    },
    /** The same, and it is forgotten. */
    async heard(): Promise<readonly Told[]> {
      const told = await this.told()
      await database.query.deleteFrom('webhook_event').execute()
      return told
    },
  }
}

export type Webhooks = Awaited<ReturnType<typeof openToWebhooks>>

/** What the reference verifier of Standard Webhooks reads at that time; it throws where the signature is not by this secret. */
export function verified(secret: string, { body, headers, at }: Received): unknown {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(at) })
  try {
    return new Webhook(secret).verify(body, { ...headers })
  } finally {
    vi.useRealTimers()
  }
}

/** The events of one type. */
export const ofType = <Type extends Told['type']>(type: Type, told: readonly Told[]) =>
  told.filter((each): each is Extract<Told, { type: Type }> => each.type === type)
