import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CountedLimits } from '../../src/delivery/limits'
import { networkOf } from '../../src/delivery/network'

describe('a network', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    [undefined, 'unknown'],
  ])('of %s is %s: what one reader has, all of it', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

describe('what a network may do in a minute', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000_000 }))
  afterEach(() => void vi.useRealTimers())
  const times = async (limits: CountedLimits, network: string, count: number) => {
    const answers: boolean[] = []
    for (let time = 0; time < count; time++) answers.push((await limits.take('sign-in', network)).isAllowed)
    return answers.filter(Boolean).length
  }

  test('is counted for each network and each thing by itself, and forgotten after the minute', async () => {
    const limits = new CountedLimits()
    expect(await times(limits, 'one', 15)).toBe(10)
    expect(await times(limits, 'other', 3)).toBe(3)
    expect((await limits.take('form', 'one')).isAllowed).toBe(true)
    vi.advanceTimersByTime(60_001)
    expect(await times(limits, 'one', 15)).toBe(10)
  })

  test('takes a bounded memory, however many networks ask', async () => {
    const limits = new CountedLimits()
    expect(await times(limits, 'one', 15)).toBe(10)
    for (let network = 0; network < 60_000; network++) await limits.take('form', `${network}`)
    expect(await times(limits, 'one', 15)).toBe(10) // What was counted so far was given up.
  })
})
