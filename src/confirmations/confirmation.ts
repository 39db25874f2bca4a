import type { ZodType } from 'zod'
import type { MessageKey } from '../language/catalog'
import type { Locale } from '../language/locale'

/**
 * What somebody asks for in the name of an address. The address's owner confirms it by a link in an email. `More` is what its
 * kind adds.
 */
export type Asked<More> = More & {
  /** An email address in its canonical form. */
  readonly address: string
  readonly locale: Locale
}

/** A kind of confirmation by email. */
export interface Kind<More> {
  readonly name: 'sign-in' | 'following' | 'newsletter'
  /** How long its link is valid, in milliseconds; at most `keptFor`. */
  readonly goodFor: number
  readonly more: ZodType<More>
  /** The address of its link. */
  readonly pathTo: (locale: Locale, secret: string) => string
  readonly words: KindWords
  /** Where to ask again: a path below the locale, the same in all languages. Without it, the front page. */
  readonly again?: { readonly path: string; readonly label: MessageKey }
}

/** The words of a kind's mail and pages. */
interface KindWords {
  readonly letter: { readonly subject: MessageKey; readonly action: MessageKey; readonly closing: MessageKey }
  readonly sent: MessageKey
  readonly gone: MessageKey
  readonly title: MessageKey
  readonly button: MessageKey
}

/** The words of the kinds that ask for permission to write to an address. */
export const permissionWords: KindWords = {
  letter: {
    subject: 'mail.follow.confirm.subject',
    action: 'follow.confirm.button',
    closing: 'mail.follow.confirm.closing',
  },
  sent: 'follow.sent.text',
  gone: 'follow.gone.text',
  title: 'follow.confirm.title',
  button: 'follow.confirm.button',
}

/** How long a link is kept, used or not, in milliseconds. It must be longer than `linksWithin`, in which links are counted. */
export const keptFor = 86_400_000

/** How long a link that gives permission to write is valid, in milliseconds. */
export const permissionGoodFor = 86_400_000

/** One address gets at most this many links of a kind in so many milliseconds. The page answers the same beyond that. */
export const linksMax = 5
export const linksWithin = 3_600_000
