import { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { pingChanges } from '../../src/sitemaps/ping'
import type { SearchEngines } from '../../src/sitemaps/search-engines'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { published } from '../support/feeds'
import { type Newsroom, openNewsroom, reworded } from '../support/newsroom'

const origin = 'https://briefings.example'

/** Search engines that take what they are told, or refuse it. */
function engines() {
  const told: string[][] = []
  const state = { isRefusing: false }
  const searchEngines: SearchEngines = {
    async ping(addresses) {
      told.push(addresses.map((address) => address.slice(origin.length)))
      if (state.isRefusing) throw new Error('refused')
    },
  }
  return { searchEngines, state, told: () => told.splice(0) }
}

const briefing = aBriefing()

async function newsroomThatPings() {
  const newsroom = await openNewsroom()
  const heard = engines()
  const ping = (most = 100) => pingChanges(newsroom.site, heard.searchEngines, most)
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ca')] })
  return { newsroom, heard, ping }
}

describe('search engines', () => {
  test('are told once of each page that is an address of its own, in every language', async () => {
    const { heard, ping } = await newsroomThatPings()
    expect(await ping()).toBe(2)
    expect(heard.told()).toEqual([['/en/briefings/harbour-closes', '/es/briefings/harbour-closes']])
    expect(await ping()).toBe(0)
    expect(heard.told()).toEqual([])
  })

  test('are told of a material change where it is served, and of no typo and no new words of the site', async () => {
    const { newsroom, heard, ping } = await newsroomThatPings()
    await ping()
    heard.told()
    const typo = revised(briefing, 'typo', '2025-06-01T08:00:00Z', (each) => ({ ...each, summary: 'A dredger ran aground.' }))
    await newsroom.load({ briefing: typo })
    const next = await newsroom.deploy(reworded('es', { 'briefing.watch': 'A qué atender' }))
    await next.printWaiting()
    expect(await ping()).toBe(0)
    await newsroom.load({
      briefing: revised(typo, 'material', '2025-07-01T08:00:00Z', (each) => ({ ...each, context: 'The port was sold.' })),
    })
    await ping()
    expect(heard.told()).toEqual([['/en/briefings/harbour-closes']])
  })

  test('that refuse are told again, and nothing is lost', async () => {
    const { heard, ping } = await newsroomThatPings()
    heard.state.isRefusing = true
    await expect(ping()).rejects.toThrow('refused')
    heard.state.isRefusing = false
    const [before] = heard.told()
    expect(await ping()).toBe(2)
    expect(heard.told()).toEqual([before])
  })

  test('are told of a change that came while they were being told of the last', async () => {
    const { newsroom, heard, ping } = await newsroomThatPings()
    const changed = revised(briefing, 'material', '2025-07-01T08:00:00Z', (each) => ({ ...each, context: 'The port was sold.' }))
    const slow: SearchEngines = {
      async ping() {
        await newsroom.load({ briefing: changed })
      },
    }
    await pingChanges(newsroom.site, slow, 100)
    await ping()
    expect(heard.told()).toEqual([['/en/briefings/harbour-closes']])
  })

  test('are told of a few at a time, until they know of all', async () => {
    const { newsroom, heard, ping } = await newsroomThatPings()
    await newsroom.load(...['a', 'b', 'c'].map((id) => ({ briefing: published(id, '2025-05-01T08:00:00Z') })))
    expect([await ping(2), await ping(2), await ping(2), await ping(2)]).toEqual([2, 2, 1, 0])
    expect(new Set(heard.told().flat()).size).toBe(5)
  })
})

describe('the index of what is to be told', () => {
  test('is what is read, and not all that was ever printed', async () => {
    const { newsroom, ping }: { newsroom: Newsroom; ping: () => Promise<number> } = await newsroomThatPings()
    newsroom.forget()
    await ping()
    const { rows } = await newsroom.database.query.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${newsroom.queries[0]}`, [1]),
    )
    expect(rows.map(({ detail }) => detail).join()).toContain('appearance_by_announcement')
  })
})
