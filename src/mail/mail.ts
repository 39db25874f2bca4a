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

/** What a mail says, in one language: the same as text and as HTML. */
export interface Letter {
  readonly locale: Locale
  readonly subject: string
  readonly text: string
  readonly html: string
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

/** Who mail is from. */
export interface Sender {
  readonly name: string
  readonly address: string
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
export function aMail(to: string, letter: Letter, headers: Readonly<Record<string, string>> = {}): Mail {
  const address = addressOf(to)
  if (address === undefined) throw new RangeError('A mail needs an address to go to.')
  for (const [name, value] of Object.entries(headers)) {
    if (!ownHeaders.test(name) || !/^[\x21-\x7e]([\x20-\x7e]{0,900}[\x21-\x7e])?$/.test(value)) {
      throw new RangeError(`A mail cannot have the header ${JSON.stringify(name)}.`)
    }
  }
  return { ...letter, id: crypto.randomUUID(), to: address, subject: headerText(letter.subject), headers: { ...headers } }
}

/** A text on one line: whatever ends a line or controls how it is shown, in any script, is a space. */
export const oneLine = (text: string): string => text.toWellFormed().replace(notShown, ' ').trim()

/** A text for a header: one line, from which nobody reads another text as an encoded word (RFC 2047). */
export const headerText = (text: string): string => oneLine(text).replaceAll('=?', '= ?')

const notShown = /[\s\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu

/** An address longer than this cannot stand in an SMTP command (RFC 5321, 4.5.3.1), in bytes. */
const addressMax = 254
const localPartMax = 64

/**
 * Words of letters, digits and RFC 5322's `atext`, in any script (RFC 6531), with dots between them; without `=?`, from which
 * some programs that show mail read another text (RFC 2047).
 */
const localPart = /^(?!.*=\?)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const typedDomain = /^[\p{L}\p{M}\p{N}.。-]+$/u
const asciiDomain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The canonical form of an e-mail address: lower case, Unicode in NFC, the domain in ASCII (Punycode). `undefined` where the
 * text is none that mail is sent to: quoted local parts, addresses within brackets and domains without a dot are refused too.
 */
export function addressOf(typed: string): string | undefined {
  if (typed.length > 2 * addressMax) return undefined
  const parts = typed.trim().normalize('NFC').split('@')
  const [local = '', host = ''] = parts
  if (parts.length !== 2 || !localPart.test(local) || !typedDomain.test(host)) return undefined
  const ascii = URL.parse(`http://${host}/`)?.hostname ?? ''
  const name = local.toLowerCase().normalize('NFC')
  const address = `${name}@${ascii}`
  const isTooLong = bytesOf(name) > localPartMax || bytesOf(address) > addressMax
  return isTooLong || !asciiDomain.test(ascii) ? undefined : address
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length
