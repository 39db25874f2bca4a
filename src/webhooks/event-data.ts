import * as z from 'zod'
import { significances } from '../briefings/vocabulary'
import { provenances, translationStates } from '../translations/vocabulary'

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
export const dataOf = {
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
    /** The address of the texts to translate, for a program with a token. */
    pack: address,
  }),
  /** Sent when somebody asks whether an endpoint works. */
  'webhook.test': z.strictObject({ endpoint: z.string() }),
} as const
