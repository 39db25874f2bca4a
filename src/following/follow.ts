import * as z from 'zod'
import { type Asked, type Kind, permissionGoodFor, permissionWords } from '../confirmations/confirmation'
import type { Locale } from '../language/locale'

/** What a reader may ask to be told of: that a briefing is available in their language, once; or each material change of it. */
export const wishes = ['available', 'changes'] as const
export type Wish = (typeof wishes)[number]

/** Who is told what of which briefing, and in which language: the one in which they asked for it. */
export type Request = Asked<{ readonly briefingId: string; readonly wish: Wish }>

/** A request is confirmed by mail. */
export const followingKind: Kind<Pick<Request, 'briefingId' | 'wish'>> = {
  name: 'following',
  goodFor: permissionGoodFor,
  more: z.object({ briefingId: z.string(), wish: z.enum(wishes) }),
  pathTo: (locale, secret) => `/${locale}/follow/confirm/${secret}`,
  words: permissionWords,
}

/** A request that the owner of its address has confirmed. */
export type Following = Request & {
  readonly id: string
  /** When the newest material change was saved that its reader knows of. */
  readonly known: string
  /** How often its reader was told. */
  readonly tellings: number
}

/** Where a person sees all that they follow. */
export const listPathTo = (locale: Locale) => `/${locale}/account/following`
