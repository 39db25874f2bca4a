import { hexOf } from '../language/hex'
import { toBase64url } from './base64url'

/** `vern_`, by which scanners for leaked secrets know it, and 256 random bits in base64url (RFC 4648, 5). */
const form = /^vern_[A-Za-z0-9_-]{43}$/
const randomBytes = 32

/** A new secret of a link, a session or an access token. Only its hash is ever kept. */
export const newSecret = () => `vern_${toBase64url(crypto.getRandomValues(new Uint8Array(randomBytes)))}`

export const isSecret = (text: string) => form.test(text)

/** SHA-256 of a secret, in hexadecimal. The secret is too random to be guessed, so the hash needs no salt. */
export async function hashOfSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  return hexOf(new Uint8Array(digest))
}

/** A text, such as an address, with everything that looks like a secret made unreadable, escaped or not. Used for logs. */
export const withoutSecrets = (text: string) => text.replace(spelledSecrets, 'vern_…')

const spelledPrefix = [...'vern_'].map((each) => `(?:${each}|%${each.charCodeAt(0).toString(16)})`).join('')
const spelledSecrets = new RegExp(`${spelledPrefix}[\\w%-]+`, 'gi')
