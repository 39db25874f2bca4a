/** How many random bytes a secret has: within the 24 to 64 of Standard Webhooks. */
const secretBytes = 32
const prefix = 'whsec_'

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

/** A new secret, in the form of Standard Webhooks: `whsec_` and random bytes in base64. */
export const newSigningSecret = () => prefix + toBase64(crypto.getRandomValues(new Uint8Array(secretBytes)))

/** What is signed: the id of the event, when it is sent, and its bytes. */
interface Signed {
  readonly id: string
  readonly payload: string
}

/**
 * The headers that tell a receiver who sent this, and when (Standard Webhooks 1.0, HMAC-SHA256). There is a signature by each of
 * the secrets. A receiver needs one.
 */
export async function signedHeaders(
  { id, payload }: Signed,
  secrets: readonly string[],
  now: Date,
): Promise<Readonly<Record<string, string>>> {
  const timestamp = Math.floor(now.getTime() / 1000).toString()
  const signed = `${id}.${timestamp}.${payload}`
  const signatures = await Promise.all(secrets.map((secret) => signatureBy(secret, signed)))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

async function signatureBy(secret: string, signed: string): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice(prefix.length)), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(signed))
  return `v1,${toBase64(new Uint8Array(signature))}`
}
