import { addressOf, headerText } from '../language/email-address'
import type { Locale } from '../language/locale'

/** A mail to one reader, in their language. Made by `aMail`, so that none of its parts can be taken for another. */
export interface Mail {
  /** Names it for good, also to whoever receives it: see `messageId`. */
  readonly id: string
  /** The address that it goes to, in its canonical form. */
  readonly to: string
  readonly locale: Locale
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Headers of its own, such as `List-Unsubscribe`. Who it is from and to, its subject and its date are not among them. */
  readonly headers: Readonly<Record<string, string>>
}

/** A mail on its way out. */
export interface QueuedMail extends Mail {
  /** When it was put into the queue (ISO 8601): the date that it carries, however late it is sent. */
  readonly queuedAt: string
}

/** A mail that has not been sent, as whoever looks after the site sees it. */
export interface UnsentMail extends QueuedMail {
  /** How often it was refused. */
  readonly refusals: number
  /** What was said when it was last refused. */
  readonly error: string | null
  readonly isGivenUp: boolean
}

/** What mail is sent through: SMTP, or a platform's binding. */
export interface Mailer {
  /** Hands the mail over for good, within `sendWithin`. Throws `MailRefused` where it was not taken. */
  send(mail: QueuedMail): Promise<void>
}

/** Why a mail was not taken. */
export class MailRefused extends Error {
  /** Whether this mail will never be taken (its address does not exist), rather than not now (the server is down). */
  readonly isFinal: boolean
  /** Names the reason without naming a reader: what may stand in a log. */
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

/** How long a sender has for a mail before another may take it for dead and send the mail itself, in milliseconds. */
export const leaseFor = 2 * minutes

/** How long a mail may take to be handed over, in milliseconds: less than its lease, so that the living are not taken for dead. */
export const sendWithin = 90 * seconds

/** How long after each refusal a mail is tried again, in milliseconds. */
const waits = [1 * minutes, 5 * minutes, 30 * minutes, 2 * hours, 12 * hours]

/** When a mail is tried again that has now been refused for the nth time; `undefined` where it is given up. */
export function nextAttempt(refusals: number, now: Date): Date | undefined {
  const wait = waits[Math.max(0, refusals - 1)]
  return wait === undefined ? undefined : new Date(now.getTime() + wait)
}

/** How a mail is recognised that arrives twice (RFC 5322, 3.6.4). */
export const messageId = (mail: Pick<Mail, 'id'>, origin: string): string => `<${mail.id}@${new URL(origin).hostname}>`

/** Headers that say what the mail is: from a program (RFC 3834), and in which language (RFC 3282). Its own stand beside them. */
export const headersOf = ({ locale, headers }: Mail): Readonly<Record<string, string>> => ({
  ...headers,
  'Auto-Submitted': 'auto-generated',
  'Content-Language': locale,
})

/** Headers that a mail may have of its own. All others are made from its parts, or by what sends it. */
const ownHeaders = /^(List-(Unsubscribe|Unsubscribe-Post|Id|Help|Archive)|In-Reply-To|References|X-[A-Za-z0-9-]{1,60})$/

/**
 * A mail to an address, ready to be queued. Throws a RangeError where the address is none (ask `addressOf` first), or where
 * a header is not one of a mail's own or is more than one line of ASCII.
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
