import { describe, expect, test } from 'vitest'
import { flawInName, issueToken, reaches, tokenIn, validityOf } from '../../src/members/token'
import { hashOfSecret, withoutSecrets } from '../../src/secrets/secret'
import { aGrant } from '../support/grants'

const grant = aGrant()
const now = new Date('2026-01-01T00:00:00Z')
const issue = () => issueToken(grant, now)

describe('a token', () => {
  test('is known to scanners for leaked secrets by its form, and is never the same twice', async () => {
    const secrets = await Promise.all(Array.from({ length: 200 }, async () => (await issue()).secret))
    for (const secret of secrets) expect(secret).toMatch(/^vern_[A-Za-z0-9_-]{43}$/)
    expect(new Set(secrets).size).toBe(200)
    expect(new Set(secrets.map((secret) => secret.slice(5, 11))).size).toBe(200)
  })

  test('is kept as the SHA-256 of all of it, and what is kept beside holds no part of it', async () => {
    expect(await hashOfSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    const { secret, hash, token } = await issue()
    expect(hash).toBe(await hashOfSecret(secret))
    for (let at = 5; at + 6 <= secret.length; at += 1) expect(JSON.stringify(token)).not.toContain(secret.slice(at, at + 6))
  })

  test('is read from the Authorization header, whatever the case of its scheme', async () => {
    const { secret } = await issue()
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR']) expect(tokenIn(`${scheme} ${secret}`)).toBe(secret)
    expect(tokenIn(`Bearer   ${secret}`)).toBe(secret)
  })

  test('is nothing in any other form: another scheme, cut, lengthened, in capitals, twice, with anything beside it', async () => {
    const { secret } = await issue()
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      secret,
      `Basic ${secret}`,
      `Basic ${btoa(`x:${secret}`)}`,
      `Token ${secret}`,
      `Bearer${secret}`,
      `Bearer\n${secret}`,
      `Bearer ${secret.slice(0, -1)}`,
      `Bearer ${secret}A`,
      `Bearer ${secret.toUpperCase()}`,
      `Bearer ${secret} ${secret}`,
      `Bearer ${secret}, Bearer ${secret}`,
      `Bearer "${secret}"`,
      `Bearer ${secret}\u0000`,
      `Bearer vern_${'A'.repeat(100_000)}`,
    ]) {
      expect(tokenIn(header)).toBeUndefined()
    }
  })

  test('opens what was granted: its locales or all, and members’ texts only by a right of their own', () => {
    expect(reaches({ locales: ['es', 'pl'] }, 'pl')).toBe(true)
    expect(reaches({ locales: ['es', 'pl'] }, 'pt-BR')).toBe(false)
    expect(reaches({ locales: [] }, 'es')).toBe(false)
    expect(reaches({ locales: 'all' }, 'ja')).toBe(true)
  })

  test('is worth nothing from the instant at which it expires, and none once it is revoked', () => {
    const at = (iso: string) => validityOf({ expiresAt: '2026-02-01T00:00:00.000Z', revokedAt: null }, new Date(iso))
    expect(at('2026-01-31T23:59:59.999Z')).toBe('valid')
    expect(at('2026-02-01T00:00:00.000Z')).toBe('expired')
    expect(validityOf({ expiresAt: null, revokedAt: null }, new Date('2099-01-01T00:00:00Z'))).toBe('valid')
    expect(validityOf({ expiresAt: null, revokedAt: '2026-01-01T00:00:00.000Z' }, now)).toBe('revoked')
  })

  test('has a name that a person can read', () => {
    expect(flawInName('The Polish desk’s OmegaT')).toBeUndefined()
    expect(flawInName(' ')?.code).toBe('text.empty')
    expect(flawInName('x'.repeat(81))).toEqual({ code: 'schema.longest', values: { most: 80 } })
    expect(flawInName('Desk\u202e')?.code).toBe('text.reordering')
  })
})

test('what is written down of an address holds no token', async () => {
  const { secret } = await issue()
  for (const address of [`/api/v1/status?access_token=${secret}`, `/${secret}/x`, `/?a=${secret}&b=${secret}#`]) {
    expect(withoutSecrets(address)).not.toContain(secret.slice(5))
  }
  expect(withoutSecrets('/es/briefings/harbour-closes?x=vernal')).toBe('/es/briefings/harbour-closes?x=vernal')
})
