import { fromBase64url, toBase64url } from '../../src/secrets/base64url'

/** What a device signs with and what it says of itself: changed by a test to lie. */
export interface Claims {
  readonly origin: string
  readonly host?: string
  readonly isVerified?: boolean
  readonly counter?: number
  readonly owner?: string
}

/** A passkey on a device of our own (WebAuthn Level 3, ES256, attestation `none`), for what no browser would do. */
export async function aPasskey() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
  if (!('privateKey' in pair)) throw new TypeError('A pair of keys was expected.')
  const { privateKey, publicKey } = pair
  const { x = '', y = '' } = (await crypto.subtle.exportKey('jwk', publicKey)) as JsonWebKey
  const id = crypto.getRandomValues(new Uint8Array(16))
  const credential = { id: toBase64url(id), rawId: toBase64url(id), type: 'public-key', clientExtensionResults: {} }

  return {
    id: credential.id,
    async made(challenge: string, claims: Claims) {
      const key = cbor(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, fromBase64url(x)],
          [-3, fromBase64url(y)],
        ]),
      )
      const attested = concat(new Uint8Array(16), new Uint8Array([0, id.length]), id, key)
      const data = concat(await authenticatorData(claims, 0x40), attested)
      const attestation = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', data],
        ]),
      )
      const clientDataJSON = toBase64url(clientData('webauthn.create', challenge, claims))
      return {
        ...credential,
        response: { clientDataJSON, attestationObject: toBase64url(attestation), transports: ['internal'] },
      }
    },
    async signed(challenge: string, claims: Claims) {
      const client = clientData('webauthn.get', challenge, claims)
      const data = await authenticatorData(claims, 0)
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', client))
      const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, concat(data, digest))
      return {
        ...credential,
        response: {
          clientDataJSON: toBase64url(client),
          authenticatorData: toBase64url(data),
          signature: toBase64url(der(new Uint8Array(raw))),
          ...(claims.owner === undefined ? {} : { userHandle: toBase64url(new TextEncoder().encode(claims.owner)) }),
        },
      }
    },
  }
}

const clientData = (type: string, challenge: string, { origin }: Claims) =>
  new TextEncoder().encode(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

async function authenticatorData({ origin, host, isVerified = true, counter = 0 }: Claims, flags: number) {
  const name = new TextEncoder().encode(host ?? new URL(origin).hostname)
  const party = new Uint8Array(await crypto.subtle.digest('SHA-256', name))
  const count = new Uint8Array(4)
  new DataView(count.buffer).setUint32(0, counter)
  return concat(party, new Uint8Array([0x01 | (isVerified ? 0x04 : 0) | flags]), count)
}

/** CBOR (RFC 8949) of what an authenticator says: small integers, texts, bytes, maps. */
function cbor(value: unknown): Uint8Array<ArrayBuffer> {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (value instanceof Uint8Array) return concat(head(2, value.length), value)
  if (typeof value === 'string') return concat(head(3, value.length), new TextEncoder().encode(value))
  if (value instanceof Map) return concat(head(5, value.size), ...[...value].flat().map(cbor))
  throw new TypeError('No authenticator says that.')
}

const head = (kind: number, size: number) =>
  size < 24 ? new Uint8Array([(kind << 5) | size]) : new Uint8Array([(kind << 5) | 24, size])

/** An ECDSA signature as ASN.1, which is how authenticators write it. */
function der(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (bytes: Uint8Array) => {
    const from = bytes.findIndex((byte) => byte !== 0)
    const rest = bytes.slice(from < 0 ? bytes.length - 1 : from)
    const padded = (rest[0] ?? 0) > 127 ? concat(new Uint8Array([0]), rest) : concat(rest)
    return concat(new Uint8Array([2, padded.length]), padded)
  }
  const both = concat(integer(raw.slice(0, 32)), integer(raw.slice(32)))
  return concat(new Uint8Array([0x30, both.length]), both)
}

function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}
