import { describe, expect, test } from 'vitest'
import { hashesOf, hashOf } from '../../src/briefings/hash'
import { segmentsOf } from '../../src/briefings/segments'
import { aBriefing } from '../support/briefings'

describe('the hash of a text', () => {
  test('is 128 bits of SHA-256, alike in both runtimes and for ever', async () => {
    expect(await hashOf('The harbour closes for a month')).toBe('3f5cd0e6758adf75f6bde0b5e949640a')
    expect(await hashOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb924')
  })

  test('is blind to how an accent is encoded, and to nothing else', async () => {
    expect(await hashOf('Sète')).toBe(await hashOf('Se\u0300te'))
    const others = await Promise.all(['Sete', 'sète', 'Sète ', 'Sète\u200d', 'S\u00e9te'].map(hashOf))
    expect(others).not.toContain(await hashOf('Sète'))
    expect(new Set(others).size).toBe(others.length)
  })

  test('is taken of each segment of a briefing', async () => {
    const briefing = aBriefing()
    const hashes = await hashesOf(briefing)
    expect(Object.keys(hashes)).toEqual(segmentsOf(briefing).map(({ id }) => id))
    expect(hashes['title']).toBe(await hashOf(briefing.title))
  })
})
