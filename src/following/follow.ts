import * as z from 'zod'
import { type Asked, type Kind, permissionGoodFor, permissionWords } from '../confirmations/confirmation'
import type { Locale } from '../language/locale'

/** What a reader may ask for: one email when a briefing is available in their language, or an email for each material change. */
export const wishes = ['available', 'changes'] as const
export type Wish = (typeof wishes)[number]

/** A wish: whose, for which briefing, and in which language. The emails are in that language. */
export type Request = Asked<{ readonly briefingId: string; readonly wish: Wish }>

/** Following is confirmed by email. */
export const followingKind: Kind<Pick<Request, 'briefingId' | 'wish'>> = {
  name: 'following',
  goodFor: permissionGoodFor,
  more: z.object({ briefingId: z.string(), wish: z.enum(wishes) }),
  pathTo: (locale, secret) => `/${locale}/follow/confirm/${secret}`,
  words: permissionWords,
}

/** A wish that the owner of its address has confirmed. */
export type Following = Request & {
  readonly id: string
  /** When the newest material change that its reader knows was saved. */
  readonly known: string
  /** How many emails its reader was sent. */
  readonly tellings: number
}

/** Where a person sees all that they follow. */
export const listPathTo = (locale: Locale) => `/${locale}/account/following`
