import type { Locale } from '../language/locale'

/** What a reader may ask to be told of: that a briefing is available in their language, once; or each material change of it. */
export const wishes = ['available', 'changes'] as const
export type Wish = (typeof wishes)[number]

/** Who is told what of which briefing, and in which language: the one in which they asked for it. */
export interface Request {
  /** An e-mail address in its canonical form. */
  readonly address: string
  readonly briefingId: string
  readonly locale: Locale
  readonly wish: Wish
}

/** A request that the owner of its address has confirmed. */
export interface Following extends Request {
  readonly id: string
  /** When the newest material change was saved that its reader knows of. */
  readonly known: string
  /** How often its reader was told. */
  readonly tellings: number
}

export const confirmPathTo = (locale: Locale, secret: string) => `/${locale}/follow/confirm/${secret}`

export const stopPathTo = (locale: Locale, secret: string) => `/${locale}/follow/stop/${secret}`

/** Where a person sees all that they follow. */
export const listPathTo = (locale: Locale) => `/${locale}/account/following`
