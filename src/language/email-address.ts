import { unmarked } from './text'

/** Who mail is from. */
export interface Sender {
  readonly name: string
  readonly address: string
}

/** A text on one line. Line ends and control characters of any script become spaces. No-break spaces stay, as French sets them. */
export const oneLine = (text: string): string => text.toWellFormed().replace(notShown, ' ').trim()

/** A text for a header: one line, with nothing that could be read as an encoded word (RFC 2047). */
export const headerText = (text: string): string => oneLine(text).replaceAll('=?', '= ?')

const notShown = /(?:[^\S\u00a0\u202f]|[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069])+/gu

/** The longest address that an SMTP command can have, in bytes (RFC 5321, 4.5.3.1). */
const addressMax = 254
const localPartMax = 64

/**
 * Words of letters, digits and RFC 5322's `atext`, in any script (RFC 6531), with dots between them. Without `=?`, which some mail
 * programs take for the start of an encoded word (RFC 2047).
 */
const localPart = /^(?!.*=\?)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const typedDomain = /^[\p{L}\p{M}\p{N}.。-]+$/u
const asciiDomain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The canonical form of an email address: lower case, Unicode in NFC, the domain in ASCII (Punycode). Invisible marks around it, which
 * copying brings along, are dropped. `undefined` if the text is not an address. Quoted local parts, addresses in brackets and domains
 * without a dot are refused too.
 */
export function addressOf(typed: string): string | undefined {
  if (typed.length > 2 * addressMax) return undefined
  const parts = unmarked(typed).normalize('NFC').split('@')
  const [local = '', host = ''] = parts
  if (parts.length !== 2 || !localPart.test(local) || !typedDomain.test(host)) return undefined
  const ascii = URL.parse(`http://${host}/`)?.hostname ?? ''
  const name = local.toLowerCase().normalize('NFC')
  const address = `${name}@${ascii}`
  const isTooLong = bytesOf(name) > localPartMax || bytesOf(address) > addressMax
  return isTooLong || !asciiDomain.test(ascii) ? undefined : address
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length
