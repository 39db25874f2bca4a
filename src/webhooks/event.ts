import * as z from 'zod'
import { significances } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import { provenances, translationStates } from '../translations/translation'

const locale = z.string()
const address = z.url()

/** What every event of a briefing says. */
const ofBriefing = {
  /** Names the briefing for good; its slug may change. */
  id: z.string(),
  slug: z.string(),
  /** Grows with each print of a briefing. Of two events, the one with the higher number is the later. */
  sequence: z.int().min(0),
}

/** The languages in which readers can read a briefing, with its state in each. */
const available = z.array(
  z.strictObject({
    locale,
    url: address,
    /** The same page as data. */
    data: address,
    title: z.string(),
    freshness: z.enum(['current', 'outdated']),
    /** The part of it that is in this language, from 0 to 1. */
    coverage: z.number().min(0).max(1),
    provenance: z.enum(['source', ...provenances]),
  }),
)

/** The `data` of each type of event. It has only what everyone may read. */
const dataOf = {
  'briefing.printed': z.strictObject({
    ...ofBriefing,
    /** Leads to the briefing in its reader's language. */
    url: address,
    publishedAt: z.string(),
    available,
    changed: z.array(z.strictObject({ locale, change: z.enum(['new', 'material', 'minor']) })).min(1),
  }),
  'briefing.withdrawn': z.strictObject({
    ...ofBriefing,
    available,
    withdrawn: z.array(z.strictObject({ locale, url: address })).min(1),
  }),
  'source.changed': z.strictObject({
    ...ofBriefing,
    url: address,
    revision: z.int().min(1),
    /** The revision that readers had before. */
    previousRevision: z.int().min(0),
    significance: z.enum(significances),
    /** Ids of the changed segments, among those that everyone may read. */
    segments: z.array(z.string()),
  }),
  'translation.needed': z.strictObject({
    ...ofBriefing,
    locale,
    /** Whether there is no text yet, or one that no longer says what the English says. */
    reason: z.enum(['missing', 'outdated']),
    state: z.enum(['none', ...translationStates]),
    revision: z.int().min(1),
    /** Ids of segments to translate, among those that everyone may read. */
    missing: z.array(z.string()),
    outdated: z.array(z.string()),
    /** English words in them. */
    words: z.int().min(0),
    /** The page that readers of the language have meanwhile. */
    url: address,
    /** Where a program with a token gets what is to be translated. */
    pack: address,
  }),
  /** Sent when somebody asks whether an endpoint works. */
  'webhook.test': z.strictObject({ endpoint: z.string() }),
} as const

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
