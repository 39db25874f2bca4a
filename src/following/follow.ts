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

/** How long a link to confirm a request with is good, in milliseconds. */
export const confirmWithin = 86_400_000

/** More links to one address in an hour than this are not sent; whoever asks is told the same. */
export const linksMax = 5

/** The one field of the form that stops a following, as providers of mail send it of their own accord (RFC 8058, 3.1). */
export const oneClick = { name: 'List-Unsubscribe', value: 'One-Click' } as const

/** Whether a form is that field and nothing else. */
export const isOneClick = (fields: Readonly<Record<string, string>>): boolean =>
  Object.keys(fields).length === 1 && fields[oneClick.name] === oneClick.value

export const confirmPathTo = (locale: Locale, secret: string) => `/${locale}/follow/confirm/${secret}`

export const stopPathTo = (locale: Locale, secret: string) => `/${locale}/follow/stop/${secret}`

/** Where a person sees all that they follow. */
export const listPathTo = (locale: Locale) => `/${locale}/account/following`

/** The headers by which a program that shows mail offers to stop it with one click (RFC 2369, RFC 8058). */
export const headersToStop = (address: string): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${address}>`,
  'List-Unsubscribe-Post': `${oneClick.name}=${oneClick.value}`,
})
