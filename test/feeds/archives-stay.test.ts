import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { archivist } from '../support/archives'
import { aTranslation, revised } from '../support/briefings'
import { published } from '../support/feeds'
import { inLocales, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

/** A briefing as its newsroom knows it. */
interface Known {
  readonly briefing: BriefingFile
  readonly isLive: boolean
  readonly french: 'none' | 'approved' | 'withdrawn'
}

const few = inLocales('en', 'fr')

const feeds: Readonly<Record<string, (known: Known) => boolean>> = {
  '/en/feed.xml': () => true,
  '/en/feed.xml?region=DE': ({ briefing }) => briefing.regions.includes('DE'),
  '/en/feed.xml?impact=low&region=FR': ({ briefing }) => briefing.impact === 'low' && briefing.regions.includes('FR'),
  '/fr/feed.xml': ({ french }) => french === 'approved',
  '/fr/feed.xml?include=fallback': () => true,
  '/fr/feed.xml?impact=low&include=fallback': ({ briefing }) => briefing.impact === 'low',
}

const secondAt = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z')

const briefingOf = (number: number, day: number, isLow: boolean): BriefingFile =>
  published(`b${number}`, secondAt(Date.UTC(2025, 0, 1 + day, 8)), {
    impact: isLow ? 'low' : 'high',
    regions: number % 3 === 0 ? ['FR', 'DE'] : ['FR'],
  })

/** A newsroom that remembers what it did, and one who reads each of its feeds. */
async function openWatched() {
  const newsroom = await openNewsroom({ now: '2025-12-01T00:00:00Z', kit: few })
  const known = new Map<string, Known>()
  const readers = Object.entries(feeds).map(([path, lists]) => ({ lists, look: archivist(newsroom, path) }))

  const keep = async (...all: readonly Known[]) => {
    await newsroom.load(
      ...all.map(({ briefing, french }) => ({
        briefing,
        translations: french === 'none' ? [] : [aTranslation(briefing, 'fr', { state: french })],
      })),
    )
    for (const each of all) known.set(each.briefing.slug, each)
  }

  return {
    newsroom,
    known,
    keep,
    takeBack: async (each: Known) => {
      await newsroom.takeBack(each.briefing.slug)
      known.set(each.briefing.slug, { ...each, isLive: false })
    },
    publishAgain: async (each: Known) => {
      await newsroom.publish(each.briefing.slug, 'en')
      known.set(each.briefing.slug, { ...each, isLive: true })
    },
    /** What the readers find wrong after these briefings were touched. */
    look: async (...touched: readonly string[]): Promise<readonly string[]> => {
      const live = [...known.values()].filter(({ isLive }) => isLive)
      const found: string[] = []
      for (const { lists, look } of readers) {
        const wanted = live.filter(lists).map(({ briefing }) => briefing.slug)
        found.push(...(await look(new Set(touched), wanted)))
      }
      return found
    },
  }
}

type Watched = Awaited<ReturnType<typeof openWatched>>

/** One act of the newsroom on a briefing that it has or, beyond those, on a new one. Returns the slugs that it touched. */
interface Act {
  readonly what: 'publish' | 'translate' | 'take back' | 'add a region' | 'correct'
  readonly which: number
  readonly day: number
  readonly isLow: boolean
}

async function perform(
  { known, keep, takeBack, publishAgain }: Watched,
  { what, which, day, isLow }: Act,
): Promise<readonly string[]> {
  const list = [...known.values()]
  const each = list[which % list.length]
  if (what === 'publish' || !each) {
    const fresh = Array.from({ length: 1 + (which % 7) }, (_, index) => briefingOf(known.size + index, day + index, isLow))
    await keep(...fresh.map((briefing) => ({ briefing, isLive: true, french: isLow ? 'approved' : 'none' }) as const))
    return []
  }
  if (!each.isLive) await publishAgain(each)
  else if (what === 'take back') await takeBack(each)
  else if (what === 'translate' && each.french !== 'withdrawn')
    await keep({ ...each, french: each.french === 'approved' ? 'withdrawn' : 'approved' })
  else await keep({ ...each, briefing: changed(each.briefing, what) })
  return [each.briefing.slug]
}

/** Each correction is an hour later than the one before. */
const changed = (briefing: BriefingFile, what: Act['what']) =>
  revised(briefing, 'material', secondAt(Date.UTC(2025, 10, 10, briefing.revisions.length)), (before) =>
    what === 'correct'
      ? { ...before, context: `${before.context} Corrected.` }
      : { ...before, regions: ['FR', 'DE'], context: `${before.context} In Germany as well.` },
  )

const anAct = fc.record<Act>({
  what: fc.constantFrom('publish', 'publish', 'translate', 'take back', 'add a region', 'correct'),
  which: fc.nat(60),
  day: fc.nat(300),
  isLow: fc.boolean(),
})

/** A site of some age: two archives are full in most of its feeds. */
async function ofSomeAge(): Promise<Watched> {
  const watched = await openWatched()
  await watched.keep(
    ...Array.from({ length: 62 }, (_, number) => {
      const isLow = number % 7 !== 0
      return { briefing: briefingOf(number, number, isLow), isLive: true, french: isLow ? 'approved' : 'none' } as const
    }),
  )
  return watched
}

describe('a full archive', () => {
  test('keeps its bytes whatever is published, dated back, translated, taken back and published again; all is reached once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 4, maxLength: 8 }), async (acts) => {
        const watched = await ofSomeAge()
        expect(await watched.look()).toEqual([])
        for (const act of acts) {
          const touched = await perform(watched, act)
          expect([act, await watched.look(...touched)]).toEqual([act, []])
        }
      }),
      { numRuns: rounds(4) },
    )
  })

  test('is found to change by those who watch it, as soon as two places are exchanged or one is given to another', async () => {
    const { newsroom, look } = await ofSomeAge()
    expect(await look()).toEqual([])
    const places = () =>
      newsroom.database.query
        .updateTable('feed_place')
        .where('asked', '=', 'en')
        .where('with_fallback', '=', 0)
        .where('name', '=', 'all')
    await places().set({ briefing_id: 'b50' }).where('number', '=', 3).execute()
    await places().set({ briefing_id: 'b3' }).where('number', '=', 50).execute()
    expect(await look()).toContain('/en/feed.xml?archive=1 is not as it was')
    await places().set({ briefing_id: null }).where('number', '=', 7).execute()
    expect((await look()).join('\n')).toMatch(/^\/en\/feed\.xml lists /)
  })
})
