import type { ZodType } from 'zod'
import type { MessageKey } from '../language/catalog'
import type { Locale } from '../language/locale'

/** What somebody asks for in the name of an address; `More` is what its kind adds. Its owner confirms it by a link in a mail. */
export type Asked<More> = More & {
  /** An e-mail address in its canonical form. */
  readonly address: string
  readonly locale: Locale
}

/** One kind of what is confirmed by mail. */
export interface Kind<More> {
  readonly name: 'sign-in' | 'following' | 'newsletter'
  /** How long its link is good, in milliseconds; at most `keptFor`. */
  readonly goodFor: number
  readonly more: ZodType<More>
  /** Where its link leads. */
  readonly pathTo: (locale: Locale, secret: string) => string
  readonly words: KindWords
  /** Where one asks again: below the locale, the same in all languages. Without it the front page. */
  readonly again?: { readonly path: string; readonly label: MessageKey }
}

/** What the mail and the pages of a kind say. */
interface KindWords {
  readonly letter: { readonly subject: MessageKey; readonly action: MessageKey; readonly closing: MessageKey }
  readonly sent: MessageKey
  readonly gone: MessageKey
  readonly title: MessageKey
  readonly button: MessageKey
}

/** What the kinds say that ask whether we may write to an address. */
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

/** How long a link is known, used or not, in milliseconds: for longer than links are counted. */
export const keptFor = 86_400_000

/** How long a link is good by which the owner of an address says that we may write to it, in milliseconds. */
export const permissionGoodFor = 86_400_000

/** At most so many links of a kind are sent to one address within so many milliseconds; whoever asks is told the same. */
export const linksMax = 5
export const linksWithin = 3_600_000
