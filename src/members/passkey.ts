import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import * as z from 'zod'
import { fromBase64url, toBase64url } from '../secrets/base64url'
import type { Person } from './person'

/** A passkey as it is kept. It can check signatures, but not make one. */
export interface Passkey {
  /** The credential's id in base64url. */
  readonly id: string
  readonly personId: string
  /** COSE, in base64url. */
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly name: string
  readonly addedAt: string
  readonly lastUsedAt: string | null
}

/** The site to which passkeys are bound, by its host name and its origin. */
interface Party {
  readonly siteName: string
  readonly origin: string
}

/** How long a browser has to answer a challenge, in milliseconds. */
export const challengeMax = 5 * 60_000

/** How passkeys may sign (COSE): EdDSA, ES256, RS256, which both runtimes can check. */
const algorithms = [-8, -7, -257] as const

/** One person has no more passkeys than this. */
export const passkeysMax = 20

const base64url = z.string().regex(/^[\w-]+$/)
const id = base64url.max(1500)
const part = base64url.max(12_000)
const transports = z.array(z.string().max(20)).max(10).optional()
const credential = { id, rawId: id, type: z.literal('public-key'), clientExtensionResults: z.object({}) }
const registration = z.object({
  ...credential,
  response: z.object({ clientDataJSON: part, attestationObject: part, transports }),
})
const authentication = z.object({
  ...credential,
  response: z.object({ clientDataJSON: part, authenticatorData: part, signature: part, userHandle: part.nullish() }),
})

/** The answer of a browser that made a passkey (`PublicKeyCredential.toJSON`), or `undefined` if it has another form. */
export function registrationIn(answer: unknown): RegistrationResponseJSON | undefined {
  const { data } = registration.safeParse(answer)
  return data as RegistrationResponseJSON | undefined // Transports that the library does not know are kept as they are.
}

/** The answer of a browser that signed with a passkey, or `undefined` if it has another form. */
export function authenticationIn(answer: unknown): AuthenticationResponseJSON | undefined {
  const { data } = authentication.safeParse(answer)
  if (!data) return undefined
  const { userHandle, ...response } = data.response
  return { ...data, response: { ...response, ...(userHandle ? { userHandle } : {}) } }
}

/** What a browser needs to make a passkey (WebAuthn Level 3, 5.4): one that knows its owner and asks who they are. */
export async function registrationOptions({ siteName, origin }: Party, person: Person, existing: readonly Passkey[]) {
  const { generateRegistrationOptions } = await library()
  return await generateRegistrationOptions({
    rpName: siteName,
    rpID: hostOf(origin),
    userName: person.address,
    userID: Uint8Array.from(new TextEncoder().encode(person.id)),
    timeout: challengeMax,
    excludeCredentials: existing.map(({ id, transports }) => ({ id, transports: [...transports] })),
    supportedAlgorithmIDs: [...algorithms],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** What a browser needs to sign with any passkey that it has for this site (WebAuthn Level 3, 5.5). */
export async function authenticationOptions({ origin }: Party) {
  const { generateAuthenticationOptions } = await library()
  return await generateAuthenticationOptions({ rpID: hostOf(origin), timeout: challengeMax, userVerification: 'required' })
}

/** The passkey of an answer to our challenge (`isOurs`); `undefined` if anything about it is wrong. */
export async function verifiedPasskey(
  { origin }: Party,
  response: RegistrationResponseJSON,
  isOurs: (challenge: string) => Promise<boolean>,
): Promise<Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'> | undefined> {
  const { verifyRegistrationResponse } = await library()
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: isOurs,
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    supportedAlgorithmIDs: [...algorithms],
  }).catch(() => undefined) // Whatever is wrong, it is not a passkey, and the page says so.
  if (!verified?.verified) return undefined
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return { id, publicKey: toBase64url(publicKey), counter, transports: response.response.transports ?? [] }
}

/** The counter of a passkey after it signed our challenge (`isOurs`); `undefined` if the signature is not valid. */
export async function verifiedCounter(
  { origin }: Party,
  passkey: Passkey,
  response: AuthenticationResponseJSON,
  isOurs: (challenge: string) => Promise<boolean>,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await library()
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: isOurs,
    expectedOrigin: origin,
    expectedRPID: hostOf(origin),
    credential: { id: passkey.id, publicKey: fromBase64url(passkey.publicKey), counter: passkey.counter },
  }).catch(() => undefined)
  const owner = response.response.userHandle
  const isTheirs = owner === undefined || new TextDecoder().decode(fromBase64url(owner)) === passkey.personId
  return verified?.verified && isTheirs ? verified.authenticationInfo.newCounter : undefined
}

/** Loaded when a passkey is first used. The library reads certificates, and would be most of a Worker's start. */
const library = () => import('@simplewebauthn/server')

const hostOf = (origin: string) => new URL(origin).hostname
