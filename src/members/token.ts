import type { Complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { flawInTextUpTo } from '../language/text'
import { hashOfSecret, isSecret, newSecret } from '../secrets/secret'

/** What a token opens to the program that holds it. */
export interface Grant {
  /** What its operator knows it by: the program, or whose it is. */
  readonly name: string
  /** The locales whose translations it reaches. */
  readonly locales: readonly Locale[] | 'all'
  /** Whether it may send translations, beside reading them. */
  readonly mayWrite: boolean
  /** Whether it may read and send the English of briefings, and with it all of their content, including texts for members. */
  readonly mayEdit: boolean
  /** Whether it may publish what it may send, and take it back. */
  readonly mayPublish: boolean
  /** Whether it may give people tiers whose entry is a call, and take them away. */
  readonly mayAdmit?: boolean
  /** Whether it sees the texts that are for members. */
  readonly seesGated: boolean
  /** The instant at which it expires, in ISO 8601; `null`: it does not expire. */
  readonly expiresAt: string | null
}

/** An access token as it is kept: everything about it except the token itself. */
export interface AccessToken extends Grant {
  readonly id: string
  readonly createdAt: string
  /** To the hour; `null`: never used. */
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

const nameMax = 80

/** A new token with these rights: the secret, to be shown once, and what is kept of it. */
export async function issueToken(
  grant: Grant,
  now: Date,
): Promise<{ readonly secret: string; readonly hash: string; readonly token: AccessToken }> {
  const secret = newSecret()
  const id = crypto.randomUUID().slice(0, 8)
  const token = { ...grant, id, createdAt: now.toISOString(), lastUsedAt: null, revokedAt: null }
  return { secret, hash: await hashOfSecret(secret), token }
}

/** The token in an `Authorization` header (RFC 6750, 2.1), or `undefined` if nothing in it has the form of a token. */
export function tokenIn(authorization: string | undefined): string | undefined {
  const [, shown = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  return isSecret(shown) ? shown : undefined
}

/** Whether a token reaches the translations of a locale. */
export const reaches = ({ locales }: Pick<Grant, 'locales'>, locale: Locale) => locales === 'all' || locales.includes(locale)

/** Whether a token is valid now. */
export function validityOf(
  { expiresAt, revokedAt }: Pick<AccessToken, 'expiresAt' | 'revokedAt'>,
  now: Date,
): 'valid' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt <= now.toISOString() ? 'expired' : 'valid'
}

/** What is wrong with a token's name, or `undefined`. */
export const flawInName = (name: string): Complaint | undefined => flawInTextUpTo(nameMax, name)
