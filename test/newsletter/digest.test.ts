import { beforeEach, describe, expect, test } from 'vitest'
import { sendDigests } from '../../src/newsletter/send-digests'
import { subscribe } from '../../src/newsletter/store'
import type { Write } from '../../src/storage/database'
import { aTranslation, revised } from '../support/briefings'
import { interrupted } from '../support/interrupted'
import { news, openToSubscribers, type Subscribers } from '../support/subscribers'

const ada = 'ada@example.com'

let site: Subscribers
beforeEach(async () => {
  site = await openToSubscribers()
})

/** The briefings that a mail lists, in its order. */
const listed = (mail: { readonly text: string } | undefined) =>
  [...(mail?.text.matchAll(/\/briefings\/news-(\d+)\n/g) ?? [])].map(([, number]) => Number(number))

/** What the mails to an address list, a list for each. */
const allListed = async (address = ada) => (await site.mails(address)).map(listed)

describe('a digest', () => {
  test('comes when it is due, once, with what has appeared since its reader asked for it', async () => {
    await site.publish(1, 'es')
    await site.confirmed(ada)
    await site.publish(2, 'es')
    expect(await site.digest()).toBe(0)
    site.clock.now = '2025-11-19T05:59:59Z'
    expect(await site.digest()).toBe(0)
    site.clock.now = '2025-11-19T06:00:00Z'
    expect([await site.digest(), await site.digest()]).toEqual([1, 0])
    expect(await allListed()).toEqual([[2]])
    expect(await site.mails(ada)).toMatchObject([{ locale: 'es', subject: 'Vernacular: es: News 2' }])
  })

  test('comes at the hour that its operator set, weekly on Mondays', async () => {
    const late = await site.deploy({}, { DIGEST_HOUR: '21' })
    await site.admit(ada, 'es', 'weekly')
    await site.admit('eve@example.com', 'es', 'daily')
    await site.publish(1)
    const sentBy = async (now: string) => {
      site.clock.now = now
      return await sendDigests(late.site, 200)
    }
    expect(await sentBy('2025-11-18T20:59:59Z')).toBe(0)
    expect(await sentBy('2025-11-18T21:00:00Z')).toBe(1)
    expect(await sentBy('2025-11-24T20:59:59Z')).toBe(0)
    expect(await sentBy('2025-11-24T21:00:00Z')).toBe(1)
    expect([await allListed(), await allListed('eve@example.com')]).toEqual([[[1]], [[1]]])
  })

  test('does not come where nothing has appeared: a correction is nothing new, nor are other words of the site', async () => {
    await site.publish(1, 'es')
    await site.confirmed(ada)
    const changed = revised(news(1), 'material', '2025-11-18T09:00:00Z', (each) => ({ ...each, summary: 'Two dredgers.' }))
    await site.load({ briefing: changed, translations: [aTranslation(changed, 'es')] })
    await site.load({ briefing: news(2, { state: 'draft' }) })
    await site.load({ briefing: news(3, { publishedAt: '2026-01-01T00:00:00Z' }) })
    const later = await site.deploy({ version: 'the next' })
    await later.printWaiting()
    site.wait(24)
    expect(await site.digest()).toBe(0)
    await site.publish(4)
    site.wait(24)
    await site.digest()
    expect(await allListed()).toEqual([[4]])
  })

  test('tells of a translation when it comes, also of what it told in English before; and of none twice', async () => {
    await site.confirmed(ada)
    await site.publish(1)
    for (const locales of [[], ['pl'], ['pl', 'es'], ['pl', 'es', 'fr']]) {
      await site.publish(1, ...locales)
      site.wait(24)
      await site.digest()
    }
    expect((await site.mails(ada)).map(({ subject }) => subject)).toEqual(['Vernacular: News 1', 'Vernacular: es: News 1'])
  })

  test('misses nothing that is dated earlier than it was printed, nor what was printed late', async () => {
    await site.confirmed(ada)
    await site.publish(1)
    site.clock.now = '2025-11-19T06:00:00Z'
    await site.digest()
    await site.load({ briefing: news(2, { publishedAt: '2025-11-19T00:00:00Z' }) })
    await site.load({ briefing: news(3, { publishedAt: '2025-11-19T06:00:00Z' }) })
    expect(await site.digest()).toBe(0)
    site.wait(24)
    await site.digest()
    expect(await allListed()).toEqual([[1], [3, 2]])
  })

  test('says the same to all whom it is sent, however long sending takes', async () => {
    for (const name of ['a', 'b', 'c']) await site.admit(`${name}@example.com`)
    await site.publish(1)
    site.clock.now = '2025-11-19T06:00:00Z'
    expect(await site.digest(1)).toBe(1)
    site.clock.now = '2025-11-19T06:00:30Z'
    await site.publish(2)
    expect([await site.digest(1), await site.digest(1), await site.digest(1)]).toEqual([1, 1, 0])
    site.wait(24)
    await site.digest()
    for (const name of ['a', 'b', 'c']) expect(await allListed(`${name}@example.com`)).toEqual([[1], [2]])
  })

  test('is one where the schedule stood still for days, not one for each', async () => {
    await site.confirmed(ada)
    for (const number of [1, 2, 3]) {
      await site.publish(number)
      site.wait(24)
    }
    site.wait(24 * 4)
    expect([await site.digest(), await site.digest()]).toEqual([1, 0])
    expect(await allListed()).toEqual([[3, 2, 1]])
  })

  test('leaves archives alone that are brought in', async () => {
    await site.confirmed(ada)
    await site.load({ briefing: news(99, { publishedAt: '2025-10-19T05:00:00Z' }) })
    site.wait(24)
    expect(await site.digest()).toBe(0)
    await site.load({ briefing: news(98, { publishedAt: '2025-10-21T05:00:00Z' }) })
    site.wait(24)
    expect([await site.digest(), await allListed()]).toEqual([1, [[98]]])
  })

  test('lists twenty at the most, those in its language first', async () => {
    await site.confirmed(ada)
    for (let number = 1; number <= 21; number += 1) await site.publish(number, ...(number === 1 ? ['es'] : []))
    site.wait(24)
    await site.digest()
    const [mail] = await site.mails(ada)
    expect(listed(mail)).toEqual([1, ...Array.from({ length: 19 }, (_, index) => 21 - index)])
    expect(mail?.text).toContain(site.site.speak('es').t('newsletter.mail.more'))
    expect(mail?.text).toContain('https://briefings.example/es/\n')
    expect(mail?.html.length).toBeLessThan(100_000) // Some programs that show mail cut it off there.
  })

  test('goes on where it was when its reader changes language or rhythm: nothing is missed and nothing told again', async () => {
    await site.admit(ada, 'es', 'daily')
    await site.publish(1)
    site.clock.now = '2025-11-19T07:00:00Z'
    await site.digest()
    await site.publish(2)
    await site.admit(ada, 'pl', 'weekly')
    site.wait(24)
    expect(await site.digest()).toBe(0)
    await site.publish(3)
    site.clock.now = '2025-11-24T07:00:00Z'
    await site.digest()
    await site.publish(4)
    await site.admit(ada, 'pl', 'daily')
    expect(await site.digest()).toBe(0)
    site.wait(24)
    await site.digest()
    expect(await allListed()).toEqual([[1], [3, 2], [4]])
    expect((await site.mails(ada)).map(({ locale }) => locale)).toEqual(['es', 'pl', 'pl'])
  })

  test('is not sent in a language that the site has no more', async () => {
    await site.admit(ada, 'pl')
    await site.publish(1)
    site.wait(24)
    const { locales } = site.site.locales
    const hidden = locales.map((each) => (each.tag === 'pl' ? { ...each, state: 'hidden' as const } : each))
    const without = await site.deploy({ locales: { ...site.site.locales, locales: hidden } })
    expect(await sendDigests(without.site, 200)).toBe(0)
    expect(await site.digest()).toBe(1)
  })
})

describe('a digest is queued once', () => {
  const readers = Array.from({ length: 45 }, (_, index) => `reader-${index}@example.com`)

  test('by three senders at once, and by one that starts again', async () => {
    for (const each of readers) await site.admit(each)
    await site.publish(1)
    site.wait(24)
    const runs = await Promise.all([site.digest(), site.digest(), site.digest()])
    const after = await site.digest()
    expect(runs.reduce((sum, each) => sum + each, after)).toBe(readers.length)
    expect((await site.mails()).map(({ to }) => to).toSorted()).toEqual(readers.toSorted())
  })

  test('where the sender dies between any two of its writes', async () => {
    let writesLeft = Number.POSITIVE_INFINITY
    const dying = await openToSubscribers({
      disturbed: (database) => ({
        ...database,
        atomically: async (writes: readonly Write[]) => {
          writesLeft -= 1
          if (writesLeft < 0) throw new Error('The process is gone.')
          return await database.atomically(writes)
        },
      }),
    })
    for (const each of readers) await dying.admit(each)
    await dying.publish(1)
    dying.wait(24)
    for (const most of [1, 0, 1]) {
      writesLeft = most
      await expect(dying.digest()).rejects.toThrow()
    }
    expect(await dying.mails()).toHaveLength(40)
    writesLeft = Number.POSITIVE_INFINITY
    await dying.digest()
    expect((await dying.mails()).map(({ to }) => to).toSorted()).toEqual(readers.toSorted())
  })

  test('a bounded number at a time; the next run goes on', async () => {
    for (const each of readers.slice(0, 7)) await site.admit(each)
    await site.publish(1)
    site.wait(24)
    const runs: number[] = []
    for (let count = 0; count < 4; count += 1) runs.push(await site.digest(3))
    expect(runs).toEqual([3, 3, 1, 0])
  })

  test('and not at all to who stops it, chooses otherwise, or is sent it by another while it is being made', async () => {
    const { meanwhile, ...disturbance } = interrupted()
    const disturbed = await openToSubscribers(disturbance)
    const { database } = disturbed
    const at = () => disturbed.site.now()
    let number = 0
    for (const [turn, change] of [
      async () => await database.query.deleteFrom('subscription').execute(),
      async () => await subscribe(database, { address: ada, locale: 'pl', rhythm: 'daily' }, at()),
      async () => await subscribe(database, { address: ada, locale: 'es', rhythm: 'weekly' }, at()),
      async () => await sendDigests({ ...disturbed.site, database }, 200),
      async () => await disturbed.takeBack(news(number).slug),
    ].entries()) {
      number += 1
      await disturbed.admit(ada)
      await disturbed.publish(number)
      disturbed.wait(24)
      meanwhile(change)
      expect([turn, await disturbed.digest()]).toEqual([turn, 0])
      await disturbed.digest()
      const mails = await disturbed.read(ada)
      expect([turn, mails.map((mail) => [mail.locale, listed(mail)])]).toEqual([turn, sentAtLast[turn]])
      await disturbed.database.query.deleteFrom('subscription').execute()
    }
  })

  /** To who meanwhile stopped it, chose Polish, chose Mondays, was sent it by another, and would have read what was taken back. */
  const sentAtLast = [[], [['pl', [2]]], [], [['es', [4]]], []]

  test('made once for all who are told the same, whatever number they are', async () => {
    const counted = async (many: number) => {
      const newsroom = await openToSubscribers()
      for (const each of readers.slice(0, many)) await newsroom.admit(each)
      await newsroom.publish(1)
      newsroom.wait(24)
      newsroom.forget()
      expect(await newsroom.digest()).toBe(many)
      return newsroom.queries.filter((each) => /appearance/.test(each)).length
    }
    expect(await counted(45)).toBe(await counted(1))
  })

  test('to others where one language cannot be written in; that is told, and made good later', async () => {
    await site.admit(ada, 'pl')
    await site.admit('eve@example.com', 'ar')
    await site.publish(1)
    site.wait(24)
    const speak = (locale: string) => {
      if (locale === 'ar') throw new Error('The words are gone.')
      return site.site.speak(locale)
    }
    await expect(sendDigests({ ...site.site, speak }, 200)).rejects.toThrow('1 round')
    expect((await site.mails()).map(({ to }) => to)).toEqual([ada])
    expect(await site.digest()).toBe(1)
  })
})
