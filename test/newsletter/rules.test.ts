import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLocales } from '../../src/language/locale'
import { lastIssue, type Rhythm, rhythms } from '../../src/newsletter/newsletter'
import { sendDigests } from '../../src/newsletter/send-digests'
import type { Write } from '../../src/storage/database'
import { newsroomWithCanaries } from '../support/canaries'
import { rounds } from '../support/rounds'
import { openToSubscribers } from '../support/subscribers'

const locales = ['es', 'ar'] as const
const readers = ['ada@example.com', 'eve@example.com', 'kim@example.com'] as const

/** What may happen in a newsroom, and to those who send its digests. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('publish' as const), number: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('translate' as const),
      number: fc.integer({ min: 1, max: 6 }),
      locale: fc.constantFrom(...locales),
    }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 80 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('send' as const),
      dies: fc.integer({ min: 0, max: 3 }),
      at: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('subscribe' as const),
      reader: fc.constantFrom(...readers),
      locale: fc.constantFrom(...locales),
      rhythm: fc.constantFrom(...rhythms),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('stop' as const), reader: fc.constantFrom(...readers) }) },
)

describe('whatever happens', () => {
  test('each reader is told once of what appears in their language while they subscribe, at an issue, and nobody else is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 14 }), async (happenings) => {
        let writesLeft = Number.POSITIVE_INFINITY
        const site = await openToSubscribers({
          disturbed: (database) => ({
            ...database,
            atomically: async (writes: readonly Write[]) => {
              writesLeft -= 1
              if (writesLeft < 0) throw new Error('The process is gone.')
              return await database.atomically(writes)
            },
          }),
        })
        const printed = new Map<number, Set<string>>()
        /** What appeared while each reader subscribed; and of that, what was new to them in the language that they have now. */
        const heard = new Map<string, Set<string>>()
        const owed = new Map<string, Set<string>>()
        const subscribed = new Map<string, { locale: string; rhythm: Rhythm }>()
        const told = new Map<string, string[]>()
        const issues = new Map<string, Set<string>>()
        const collect = async () => {
          for (const { to, text, locale } of await site.mails()) {
            const reader = subscribed.get(to)
            expect(reader?.locale).toBe(locale)
            const issue = lastIssue(reader?.rhythm ?? 'daily', site.site.now(), 6).toISOString()
            const seen = issues.get(to) ?? new Set()
            expect(seen.has(issue)).toBe(false)
            issues.set(to, seen.add(issue))
            told.set(to, [...(told.get(to) ?? []), ...(text.match(/^((es|ar): )?News \d+$/gm) ?? [])])
          }
          await site.database.query.deleteFrom('mail').execute()
        }
        const change = async (number: number, locale?: string) => {
          const before = printed.get(number)
          if (locale !== undefined && before?.has(locale)) return
          if (locale === undefined && before) return
          printed.set(number, new Set([...(before ?? []), ...(locale === undefined ? [] : [locale])]))
          await site.publish(number, ...(printed.get(number) ?? []))
          for (const [reader, { locale: theirs }] of subscribed) {
            heard.set(reader, (heard.get(reader) ?? new Set()).add(`${number}`))
            if (!before || locale === theirs) owed.set(reader, (owed.get(reader) ?? new Set()).add(`${number}`))
          }
        }
        for (const each of happenings) {
          if (each.what === 'publish') await change(each.number)
          else if (each.what === 'translate') await change(each.number, each.locale)
          else if (each.what === 'wait') site.wait(each.hours)
          else if (each.what === 'subscribe') {
            await site.admit(each.reader, each.locale, each.rhythm)
            if (subscribed.get(each.reader)?.locale !== each.locale) owed.delete(each.reader)
            subscribed.set(each.reader, each)
          } else if (each.what === 'stop') {
            await site.database.query.deleteFrom('subscription').where('address', '=', each.reader).execute()
            for (const known of [subscribed, heard, owed, told, issues]) known.delete(each.reader)
          } else {
            if (each.dies > 0) {
              writesLeft = each.dies - 1
              await site.digest(each.at).catch(() => {})
              writesLeft = Number.POSITIVE_INFINITY
            }
            await Promise.all([site.digest(each.at), site.digest()])
            await site.digest()
            await collect()
          }
        }
        site.wait(24 * 8)
        await site.digest()
        await collect()
        for (const reader of subscribed.keys()) {
          const names = told.get(reader) ?? []
          expect(new Set(names).size).toBe(names.length)
          const numbers = new Set(names.map((name) => name.split(' ').at(-1)))
          expect([...(owed.get(reader) ?? [])].filter((number) => !numbers.has(number))).toEqual([])
          expect([...numbers].filter((number) => !heard.get(reader)?.has(number ?? ''))).toEqual([])
        }
        expect(await site.mails()).toEqual([])
      }),
      { numRuns: rounds(30) },
    )
  })
})

test('no word for members is in a digest, in any language, whoever gets it', async () => {
  const newsroom = await newsroomWithCanaries()
  const { database, site, clock } = newsroom
  clock.now = '2025-03-03T10:00:00Z'
  const tiers = ['circle@example.org', 'alliance@example.org', 'editor@example.org', 'nobody@example.org']
  const subscribers = openLocales(site.locales).flatMap((locale) =>
    tiers.map((address) => ({ locale, address: `${locale}.${address}` })),
  )
  for (const { locale, address } of subscribers) {
    await database.query
      .insertInto('subscription')
      .values({
        id: address,
        address,
        locale,
        rhythm: 'daily',
        began_at: clock.now,
        issue: '2025-03-01',
        print: 0,
        sent_at: null,
      })
      .execute()
  }
  await database.query.updateTable('print').set({ printed_at: '2025-03-02T09:00:00Z' }).execute()
  expect(await sendDigests(site, 200)).toBe(subscribers.length)
  const mails = await database.query.selectFrom('mail').select(['subject', 'text', 'html']).execute()
  expect(mails.filter(({ text }) => text.includes('/briefings/harbour-closes'))).toHaveLength(subscribers.length)
  const said = JSON.stringify(mails)
  for (const word of ['canary', 'Dredgers SA', 'What insurers say', 'Repair options']) expect(said).not.toContain(word)
})
