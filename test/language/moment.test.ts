import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isZone, minuteIn, momentIn, offsetTyped } from '../../src/language/moment'
import { rounds } from '../support/rounds'

const now = new Date('2026-01-01T00:00:00Z')
const at = (typed: string, zone = 'UTC', from = now) => {
  const moment = momentIn(typed, zone, from)
  return 'at' in moment ? moment.at : [moment.flaw.code, moment.flaw.values]
}

describe('a time as people read it', () => {
  test.each([
    ['2026-12-01T08:00:00.000Z', 'Europe/Madrid', '2026-12-01 09:00 Europe/Madrid (08:00 UTC)'],
    ['2026-06-30T22:30:00.000Z', 'Europe/Madrid', '2026-07-01 00:30 Europe/Madrid (2026-06-30 22:30 UTC)'],
    ['2026-12-01T08:00:00.000Z', '-03:30', '2026-12-01 04:30 -03:30 (08:00 UTC)'],
    ['2026-12-01T08:00:00.000Z', 'UTC', '2026-12-01 08:00 UTC'],
  ])('%s in %s is %s', (instant, zone, text) => expect(minuteIn(instant, zone)).toBe(text))

  test('keeps the offset that it was typed with', () => {
    const typed = [
      '2026-12-01T09:00Z',
      '2026-12-01T09:00+01:00',
      '2026-12-01T09:00 01:00',
      '2026-12-01T09:00:30-03:30',
      '2026-12-01T09:00',
    ]
    expect(typed.map(offsetTyped)).toEqual(['UTC', '+01:00', '+01:00', '-03:30', undefined])
  })
})

describe('a time at which something is to happen', () => {
  test.each([
    ['2026-12-01T09:00Z', 'Asia/Tokyo', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00:30Z', 'UTC', '2026-12-01T09:00:30.000Z'],
    ['2026-12-01T09:00+01:00', 'Asia/Tokyo', '2026-12-01T08:00:00.000Z'],
    // In an address, + is a space.
    ['2026-12-01T09:00 01:00', 'UTC', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01T09:00-03:30', 'UTC', '2026-12-01T12:30:00.000Z'],
    ['2026-12-01T09:00', 'UTC', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00', 'Europe/Madrid', '2026-12-01T08:00:00.000Z'],
    ['2026-07-01T09:00', 'Europe/Madrid', '2026-07-01T07:00:00.000Z'],
    ['2026-12-01T09:00', 'Asia/Kathmandu', '2026-12-01T03:15:00.000Z'],
    ['2028-02-29T09:00', 'UTC', '2028-02-29T09:00:00.000Z'],
  ])('%s in %s is %s', (typed, zone, instant) => expect(at(typed, zone)).toBe(instant))

  test.each([
    [
      'Europe/Madrid',
      '2026-03-29T02:30',
      '2026-03-29T01:59',
      '2026-03-29T00:59:00.000Z',
      '2026-03-29T03:00',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'America/New_York',
      '2026-03-08T02:30',
      '2026-03-08T01:59',
      '2026-03-08T06:59:00.000Z',
      '2026-03-08T03:00',
      '2026-03-08T07:00:00.000Z',
    ],
    [
      'Australia/Lord_Howe',
      '2026-10-04T02:15',
      '2026-10-04T01:59',
      '2026-10-03T15:29:00.000Z',
      '2026-10-04T02:30',
      '2026-10-03T15:30:00.000Z',
    ],
  ])(
    'that the clocks of %s skip is refused, and the minutes beside it are not',
    (zone, gap, before, isBefore, after, isAfter) => {
      expect(at(gap, zone)).toEqual(['moment.skipped', { at: gap, zone }])
      expect([at(before, zone), at(after, zone)]).toEqual([isBefore, isAfter])
    },
  )

  test.each([
    ['Europe/Madrid', '2026-10-25T02:30', '+02:00', '+01:00', '2026-10-25T01:59', '2026-10-25T03:00'],
    ['America/New_York', '2026-11-01T01:30', '-04:00', '-05:00', '2026-11-01T00:59', '2026-11-01T02:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '+11:00', '+10:30', '2026-04-05T01:29', '2026-04-05T02:00'],
  ])(
    'that the clocks of %s show twice is refused, and is good with either offset',
    (zone, typed, first, second, before, after) => {
      expect(at(typed, zone)).toEqual(['moment.twice', { at: typed, zone, first: typed + first, second: typed + second }])
      expect(Date.parse(String(at(typed + first, zone)))).toBeLessThan(Date.parse(String(at(typed + second, zone))))
      for (const clear of [before, after]) expect(typeof at(clear, zone)).toBe('string')
    },
  )

  test('on a day that a zone left out is refused', () => {
    const from = new Date('2011-01-01T00:00:00Z')
    expect(at('2011-12-30T12:00', 'Pacific/Apia', from)).toMatchObject(['moment.skipped', {}])
    expect(at('2011-12-31T12:00', 'Pacific/Apia', from)).toBe('2011-12-30T22:00:00.000Z')
  })

  test.each([
    '2026-02-30T09:00Z',
    '2026-13-01T09:00',
    '2026-12-01',
    '2026-12-01T24:00',
    '2026-12-01T9:00',
    '2026-12-01 09:00',
    '09:00',
    '',
  ])('is written as one: %s is none', (typed) =>
    expect(at(typed, 'Europe/Madrid')).toEqual(['moment.unfit', { at: typed, zone: 'Europe/Madrid' }]),
  )

  test('is at least a minute ahead', () => {
    expect(at('2026-01-01T00:01Z')).toBe('2026-01-01T00:01:00.000Z')
    for (const early of ['2026-01-01T00:00:59Z', '2025-12-31T23:00Z', '2026-01-01T01:00+01:00']) {
      expect(at(early)).toEqual(['moment.past', { at: early }])
    }
  })

  test('is what the clocks of its zone show then, whatever the zone and the time', () => {
    const zone = fc.constantFrom(
      'Europe/Madrid',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kolkata',
      'UTC',
    )
    const minutes = fc.integer({ min: 2, max: 3 * 366 * 24 * 60 })
    fc.assert(
      fc.property(zone, minutes, (timeZone, count) => {
        const instant = new Date(now.getTime() + count * 60_000)
        const shown = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(instant)
        const found = at(shown.replace(' ', 'T'), timeZone)
        if (typeof found === 'string') expect(found).toBe(instant.toISOString())
        else expect(found[0]).toBe('moment.twice')
      }),
      { numRuns: rounds(300) },
    )
  })
})

test('a zone is one of those that IANA names', () => {
  for (const zone of ['UTC', 'Europe/Madrid', 'Asia/Kolkata']) expect([zone, isZone(zone)]).toEqual([zone, true])
  for (const zone of ['', '+01:00', 'Mars/Olympus', 'Madrid']) expect([zone, isZone(zone)]).toEqual([zone, false])
})
