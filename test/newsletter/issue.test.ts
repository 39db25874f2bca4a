import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config'
import { lastIssue, listIdOf } from '../../src/newsletter/newsletter'
import { sampleSettings } from '../support/settings'

const day = 86_400_000
const moments = fc.date({ min: new Date('1999-01-01'), max: new Date('2199-01-01'), noInvalidDate: true })
const hours = fc.integer({ min: 0, max: 23 })

describe('an issue', () => {
  test.each([
    ['daily', '2025-11-18T06:00:00Z', '2025-11-18T06:00:00.000Z'],
    ['daily', '2025-11-18T05:59:59.999Z', '2025-11-17T06:00:00.000Z'],
    ['daily', '2025-03-01T03:00:00Z', '2025-02-28T06:00:00.000Z'],
    ['weekly', '2025-11-18T10:00:00Z', '2025-11-17T06:00:00.000Z'],
    ['weekly', '2025-11-17T06:00:00Z', '2025-11-17T06:00:00.000Z'],
    ['weekly', '2025-11-17T05:59:59Z', '2025-11-10T06:00:00.000Z'],
    ['weekly', '2025-11-16T23:00:00Z', '2025-11-10T06:00:00.000Z'],
  ] as const)('that is %s, at %s, was last due at %s', (rhythm, now, issue) => {
    expect(lastIssue(rhythm, new Date(now), 6).toISOString()).toBe(issue)
  })

  test('is due at its hour, weekly on a Monday, and is the last that was', () => {
    fc.assert(
      fc.property(moments, hours, fc.constantFrom('daily', 'weekly'), (now, hour, rhythm) => {
        const issue = lastIssue(rhythm, now, hour)
        const length = rhythm === 'daily' ? day : 7 * day
        const since = now.getTime() - issue.getTime()
        expect([issue.getUTCHours(), issue.getTime() % 3_600_000]).toEqual([hour, 0])
        if (rhythm === 'weekly') expect(issue.getUTCDay()).toBe(1)
        expect(since >= 0 && since < length).toBe(true)
      }),
    )
  })
})

test('the hour is an hour of the day, six where its operator set none', () => {
  expect(readConfig({}, sampleSettings).digestHour).toBe(6)
  expect(readConfig({ DIGEST_HOUR: '23' }, sampleSettings).digestHour).toBe(23)
  for (const DIGEST_HOUR of ['24', '-1', '6.5', 'six', '06:00'])
    expect(() => readConfig({ DIGEST_HOUR }, sampleSettings)).toThrow('DIGEST_HOUR')
})

test('a list is known by its language and the host of the site', () => {
  expect(listIdOf('https://briefings.example.org', 'pl')).toBe('<pl.briefings.example.org>')
  expect(listIdOf('https://briefings.example.org:8443', 'zh-Hans')).toBe('<zh-Hans.briefings.example.org>')
  expect(listIdOf('http://127.0.0.1:8787', 'ar')).toBe('<ar.localhost>')
})
