import * as z from 'zod'
import { type Asked, type Kind, permissionGoodFor, permissionWords } from '../confirmations/confirmation'
import type { Locale } from '../language/locale'
import { isLoopback } from '../language/origin'

/** How often a digest is sent. */
export const rhythms = ['daily', 'weekly'] as const
export type Rhythm = (typeof rhythms)[number]

/** How somebody gets the newsletter, or wants to. */
export interface Chosen {
  readonly locale: Locale
  readonly rhythm: Rhythm
}

/** Who wants it, and how. */
export type Order = Asked<Pick<Chosen, 'rhythm'>>

/** A subscription is confirmed by email. */
export const newsletterKind: Kind<Pick<Order, 'rhythm'>> = {
  name: 'newsletter',
  goodFor: permissionGoodFor,
  more: z.object({ rhythm: z.enum(rhythms) }),
  pathTo: (locale, secret) => `${newsletterPathTo(locale)}/confirm/${secret}`,
  words: permissionWords,
}

/** The choice in a form; `undefined` if it is not possible. */
export function chosenIn(fields: Readonly<Record<string, string>>, open: readonly Locale[]): Chosen | undefined {
  const rhythm = rhythms.find((each) => each === fields['rhythm'])
  const { locale = '' } = fields
  return rhythm && open.includes(locale) ? { rhythm, locale } : undefined
}

const day = 86_400_000

/**
 * When digests of a rhythm were last due: at an hour of the day (0 to 23, UTC), weekly ones on Mondays. However many were missed, only the last
 * one is sent.
 */
export function lastIssue(rhythm: Rhythm, now: Date, hour: number): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour)
  const last = new Date(today > now.getTime() ? today - day : today)
  const daysSinceMonday = (last.getUTCDay() + 6) % 7
  return rhythm === 'daily' ? last : new Date(last.getTime() - daysSinceMonday * day)
}

/** A digest lists at most this many briefings. A link leads to the rest. */
export const digestMax = 20

/** How much of a summary a digest shows, in characters. */
export const summaryMax = 400

/** How old a briefing in an issue may be by its date, in milliseconds, whenever it was loaded. */
export const newsFor = 31 * day

/** The id by which mail programs recognise the newsletter in a language (RFC 2919). It must not change while the host stays. */
export function listIdOf(origin: string, locale: Locale): string {
  const { hostname } = new URL(origin)
  return `<${locale}.${isLoopback(hostname) ? 'localhost' : hostname}>`
}

export const newsletterPathTo = (locale: Locale) => `/${locale}/newsletter`

/** Where somebody who is signed in sees and changes what they get. */
export const ownPathTo = (locale: Locale) => `/${locale}/account/newsletter`
