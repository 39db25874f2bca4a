import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Announcer } from '../../src/sitemaps/announcer'
import { announceChanges } from '../../src/sitemaps/ping'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { published } from '../support/feeds'
import { type Newsroom, openNewsroom, reworded } from '../support/newsroom'

const origin = 'https://briefings.example'

/** Search engines that take what they are told, or refuse it. */
function engines() {
  const told: string[][] = []
  const state = { isRefusing: false }
  const announcer: Announcer = {
    async announce(addresses) {
      told.push(addresses.map((address) => address.slice(origin.length)))
      if (state.isRefusing) throw new Error('refused')
    },
  }
  return { announcer, state, told: () => told.splice(0) }
}

const briefing = aBriefing()

async function newsroomThatAnnounces() {
  const newsroom = await openNewsroom()
  const heard = engines()
  const announce = (most = 100) => announceChanges(newsroom.site, heard.announcer, most)
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ca')] })
  return { newsroom, heard, announce }
}

describe('search engines', () => {
  test('are told once of each page that is an address of its own, in every language', async () => {
    const { heard, announce } = await newsroomThatAnnounces()
    expect(await announce()).toBe(2)
    expect(heard.told()).toEqual([['/en/briefings/harbour-closes', '/es/briefings/harbour-closes']])
    expect(await announce()).toBe(0)
    expect(heard.told()).toEqual([])
  })

  test('are told of a material change where it is served, and of no typo and no new words of the site', async () => {
    const { newsroom, heard, announce } = await newsroomThatAnnounces()
    await announce()
    heard.told()
    const typo = revised(briefing, 'typo', '2025-06-01T08:00:00Z', (each) => ({ ...each, summary: 'A dredger ran aground.' }))
    await newsroom.load({ briefing: typo })
    const next = await newsroom.deploy(reworded('es', { 'briefing.watch': 'A qué atender' }))
    await next.printWaiting()
    expect(await announce()).toBe(0)
    await newsroom.load({
      briefing: revised(typo, 'material', '2025-07-01T08:00:00Z', (each) => ({ ...each, context: 'The port was sold.' })),
    })
    await announce()
    expect(heard.told()).toEqual([['/en/briefings/harbour-closes']])
  })

  test('that refuse are told again, and nothing is lost', async () => {
    const { heard, announce } = await newsroomThatAnnounces()
    heard.state.isRefusing = true
    await expect(announce()).rejects.toThrow('refused')
    heard.state.isRefusing = false
    const [before] = heard.told()
    expect(await announce()).toBe(2)
    expect(heard.told()).toEqual([before])
  })

  test('are told of a change that came while they were being told of the last', async () => {
    const { newsroom, heard, announce } = await newsroomThatAnnounces()
    const changed = revised(briefing, 'material', '2025-07-01T08:00:00Z', (each) => ({ ...each, context: 'The port was sold.' }))
    const slow: Announcer = {
      async announce() {
        await newsroom.load({ briefing: changed })
      },
    }
    await announceChanges(newsroom.site, slow, 100)
    await announce()
    expect(heard.told()).toEqual([['/en/briefings/harbour-closes']])
  })

  test('are told of a few at a time, until they know of all', async () => {
    const { newsroom, heard, announce } = await newsroomThatAnnounces()
    await newsroom.load(...['a', 'b', 'c'].map((id) => ({ briefing: published(id, '2025-05-01T08:00:00Z') })))
    expect([await announce(2), await announce(2), await announce(2), await announce(2)]).toEqual([2, 2, 1, 0])
    expect(new Set(heard.told().flat()).size).toBe(5)
  })
})

describe('the index of what is to be told', () => {
  test('is what is read, and not all that was ever printed', async () => {
    const { newsroom, announce }: { newsroom: Newsroom; announce: () => Promise<number> } = await newsroomThatAnnounces()
    newsroom.forget()
    await announce()
    const { rows } = await newsroom.database.query.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${newsroom.queries[0]}`, [1]),
    )
    expect(rows.map(({ detail }) => detail).join()).toContain('appearance_by_announcement')
  })
})
