import * as z from 'zod'
import type { Locale } from '../language/locale'
import { dataOf } from './event-data'

/** The types of events that an endpoint can ask for. */
export const eventTypes = ['briefing.printed', 'briefing.withdrawn', 'source.changed', 'translation.needed'] as const
export type EventType = (typeof eventTypes)[number]

export type DataOf<Type extends keyof typeof dataOf> = z.infer<(typeof dataOf)[Type]>

/** What is sent, whole: Standard Webhooks' three fields. */
export const payloadSchema = z.discriminatedUnion('type', [
  payloadOf('briefing.printed'),
  payloadOf('briefing.withdrawn'),
  payloadOf('source.changed'),
  payloadOf('translation.needed'),
  payloadOf('webhook.test'),
])

function payloadOf<Type extends keyof typeof dataOf>(type: Type) {
  return z.strictObject({ type: z.literal(type), timestamp: z.iso.datetime(), data: dataOf[type] })
}

/** An event as it is kept and sent: the same bytes each time. */
export interface WebhookEvent {
  /** Its permanent id, which receivers see too. An event that arrives twice has the same. */
  readonly id: string
  readonly type: EventType | 'webhook.test'
  /** The languages that it concerns. */
  readonly locales: readonly Locale[]
  readonly at: string
  readonly payload: string
}

/** An event that happened now. Throws if it does not fit its type. */
export function anEvent<Type extends WebhookEvent['type']>(
  type: Type,
  data: DataOf<Type>,
  locales: readonly Locale[],
  now: Date,
): WebhookEvent {
  const at = now.toISOString()
  const payload = JSON.stringify(payloadSchema.parse({ type, timestamp: at, data }))
  return { id: `evt_${crypto.randomUUID().replaceAll('-', '')}`, type, locales, at, payload }
}
