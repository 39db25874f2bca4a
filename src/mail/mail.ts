import { addressOf, headerText } from '../language/email-address'
import type { Locale } from '../language/locale'

/** An email to one reader, in their language. Only `aMail` makes one; it checks that no part can be taken for another. */
export interface Mail {
  /** Its permanent id. Mail programs see it too (`messageId`). */
  readonly id: string
  /** The address that it goes to, in its canonical form. */
  readonly to: string
  readonly locale: Locale
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Additional headers, such as `List-Unsubscribe`. Sender, recipient, subject and date are not among them. */
  readonly headers: Readonly<Record<string, string>>
}

/** A mail on its way out. */
export interface QueuedMail extends Mail {
  /** When it was queued (ISO 8601). That is its date, however late it is sent. */
  readonly queuedAt: string
}

/** A mail that has not been sent, as operators see it. */
export interface UnsentMail extends QueuedMail {
  /** How often it was refused. */
  readonly refusals: number
  /** The reason of the last refusal. */
  readonly error: string | null
  readonly isGivenUp: boolean
}

/** Sends mail: over SMTP, or by a platform's binding. */
export interface Mailer {
  /** Hands the mail over, within `sendWithin`. Throws `MailRefused` if it was not taken. */
  send(mail: QueuedMail): Promise<void>
}

/** Why a mail was not taken. */
export class MailRefused extends Error {
  /** Whether this mail will never be taken (no such address). Otherwise it is only refused for now (the server is down). */
  readonly isFinal: boolean
  /** The reason, without anything about the reader. It may be logged. */
  readonly code: string

  constructor(isFinal: boolean, code: string, message: string) {
    super(message)
    this.isFinal = isFinal
    this.code = code
  }
}

const seconds = 1000
const minutes = 60 * seconds
const hours = 60 * minutes
const days = 24 * hours

/** How long a mail that has no link that expires sooner may wait for its server, in milliseconds: longer than it is tried again. */
export const newsGoodFor = { day: days, week: 7 * days, month: 30 * days } as const

/** How long a sender has a mail to itself, in milliseconds. After that it counts as dead, and another may send the mail. */
export const leaseFor = 2 * minutes

/** How long handing over may take, in milliseconds. It is less than the lease, so that no living sender counts as dead. */
export const sendWithin = 90 * seconds

/** How long after each refusal a mail is tried again, in milliseconds. */
const waits = [1 * minutes, 5 * minutes, 30 * minutes, 2 * hours, 12 * hours]

/** When to try a mail again after its nth refusal; `undefined` if it is given up. */
export function nextAttempt(refusals: number, now: Date): Date | undefined {
  const wait = waits[Math.max(0, refusals - 1)]
  return wait === undefined ? undefined : new Date(now.getTime() + wait)
}

/** The header by which a mail that arrives twice is recognised (RFC 5322, 3.6.4). */
export const messageId = (mail: Pick<Mail, 'id'>, origin: string): string => `<${mail.id}@${new URL(origin).hostname}>`

/** All headers of a mail. Two are added to its own: it is from a program (RFC 3834), and its language (RFC 3282). */
export const headersOf = ({ locale, headers }: Mail): Readonly<Record<string, string>> => ({
  ...headers,
  'Auto-Submitted': 'auto-generated',
  'Content-Language': locale,
})

/** The additional headers that a mail may have. All others are made from its parts, or by the mailer. */
const ownHeaders = /^(List-(Unsubscribe|Unsubscribe-Post|Id|Help|Archive)|In-Reply-To|References|X-[A-Za-z0-9-]{1,60})$/

/**
 * A mail to an address, ready to be queued. Throws a RangeError if the text is not an address (ask `addressOf` first), or if a
 * header is not allowed or is not one line of ASCII.
 */
export function aMail(
  to: string,
  letter: Pick<Mail, 'locale' | 'subject' | 'text' | 'html'>,
  headers: Readonly<Record<string, string>> = {},
): Mail {
  const address = addressOf(to)
  if (address === undefined) throw new RangeError('A mail needs an address to go to.')
  for (const [name, value] of Object.entries(headers)) {
    if (!ownHeaders.test(name) || !/^[\x21-\x7e]([\x20-\x7e]{0,900}[\x21-\x7e])?$/.test(value)) {
      throw new RangeError(`A mail cannot have the header ${JSON.stringify(name)}.`)
    }
  }
  return { ...letter, id: crypto.randomUUID(), to: address, subject: headerText(letter.subject), headers: { ...headers } }
}
