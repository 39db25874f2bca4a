import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heldOn, type Ladder } from '../../src/briefings/ladder'
import { findAnswer } from '../../src/editions/store'
import { textsOf } from '../../src/editions/texts'
import { noteLadder, printWaiting } from '../../src/printing/print-waiting'
import { findResults } from '../../src/search/store'
import { revised } from '../support/briefings'
import { aBriefingFor, sectionsFor, withLadder, withTiers } from '../support/ladders'
import { signedIn } from '../support/members'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import '../support/properties'
import { rounds } from '../support/rounds'

const ids = ['bronze', 'silver', 'gold', 'press', 'board']
const slug = 'harbour-closes'

type Deployed = Pick<Newsroom, 'site' | 'database'>

/** The parts that a person of this tier reads or finds, by their places. */
async function readBy({ site, database }: Deployed, ladder: Ladder, given: string, places: readonly number[]) {
  const tier = heldOn(ladder, given)
  const answer = await findAnswer(database, 'en', slug, tier)
  const said = JSON.stringify(answer ? textsOf(answer.reading) : [])
  const found = async (at: number) =>
    ((await findResults(database, site, 'en', { typed: `canary${at}`, filter: {} }, tier))?.results ?? []).length > 0
  const read = await Promise.all(places.map(async (at) => said.includes(`canary${at}`) || (await found(at))))
  return places.filter((at) => read[at])
}

const everybody = async (at: Deployed, ladder: Ladder, places: readonly number[]) =>
  new Map(await Promise.all(ids.map(async (given) => [given, await readBy(at, ladder, given, places)] as const)))

const aLadder = fc.shuffledSubarray(ids, { maxLength: 4 })
const aStep = fc.record({
  ladder: aLadder,
  prints: fc.boolean(),
  saves: fc.boolean(),
  choice: fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
})

describe('a site that changes its tiers', () => {
  test('opens no text to anybody before and after the reprint, unless an editor saved it anew', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(aLadder, fc.array(aStep, { minLength: 1, maxLength: 4 }), async (first, steps) => {
        const newsroom = await openNewsroom()
        const accesses = (ladder: Ladder, choice: readonly number[]) =>
          choice.map((at) => ['public', ...ladder][at % (ladder.length + 1)] ?? '')
        const places = [0, 1, 2]
        let at = await newsroom.deploy(withLadder(first))
        let briefing = aBriefingFor(accesses(first, [1, 2, 3]))
        await at.load({ briefing })
        const had = new Set<string>(first)
        let before = await everybody({ ...newsroom, site: at.site }, first, places)
        for (const [index, { ladder, prints, saves, choice }] of steps.entries()) {
          at = await newsroom.deploy(withLadder(ladder))
          if (prints) await printWaiting(at.site, 10)
          else await noteLadder(at.site)
          const after = await everybody({ ...newsroom, site: at.site }, ladder, places)
          for (const given of had)
            expect([given, before.get(given)]).toEqual([given, expect.arrayContaining([...(after.get(given) ?? [])])])
          for (const tier of ladder) had.add(tier)
          if (saves) {
            const sections = sectionsFor(accesses(ladder, choice))
            briefing = revised(briefing, 'minor', `2025-04-0${index + 1}T08:00:00Z`, (each) => ({ ...each, sections }))
            await at.load({ briefing })
          }
          before = await everybody({ ...newsroom, site: at.site }, ladder, places)
        }
      }),
      { numRuns: rounds(12) },
    )
  })

  test('shows each tier what it may read, with any number of tiers', async () => {
    for (const ladder of [
      [],
      ['bronze'],
      ['bronze', 'silver'],
      ['bronze', 'silver', 'gold'],
      ['bronze', 'silver', 'gold', 'board'],
    ]) {
      const newsroom = await openNewsroom()
      const at = await newsroom.deploy(withLadder(ladder))
      await at.load({ briefing: aBriefingFor(['public', ...ladder]) })
      const places = [0, ...ladder.map((_, rank) => rank + 1)]
      const site = { ...newsroom, site: at.site }
      expect(await readBy(site, ladder, 'public', places)).toEqual([0])
      for (const [rank, tier] of ladder.entries()) {
        expect([tier, await readBy(site, ladder, tier, places)]).toEqual([tier, places.slice(0, rank + 2)])
      }
    }
  })

  test('closes a removed tier at once, and keeps its texts from all but the highest when it is printed again', async () => {
    const newsroom = await openNewsroom()
    const first = await newsroom.deploy(withLadder(['bronze', 'silver', 'gold']))
    await first.load({ briefing: aBriefingFor(['bronze', 'silver']) })
    const ada = await signedIn({ ...newsroom, site: first.site }, 'ada@example.org', { tier: 'bronze' })
    expect(await first.text(`/en/briefings/${slug}`, { Cookie: ada.cookie })).toContain('canary0')
    const next = await newsroom.deploy(withLadder(['silver', 'gold']))
    const read = async () => await next.text(`/en/briefings/${slug}`, { Cookie: ada.cookie })
    expect(await read()).not.toContain('canary0')
    await printWaiting(next.site, 10)
    expect(await read()).not.toContain('canary0')
    const site = { ...newsroom, site: next.site }
    expect(await readBy(site, ['silver', 'gold'], 'silver', [0, 1])).toEqual([1])
    expect(await readBy(site, ['silver', 'gold'], 'gold', [0, 1])).toEqual([0, 1])
  })
})

describe('a site without tiers', () => {
  test('has no pages for joining, no box for members, and no membership on the page of an account', async () => {
    const newsroom = await openNewsroom()
    const at = await newsroom.deploy(withTiers([]))
    await at.load({ briefing: aBriefingFor([]) })
    const ada = await signedIn({ ...newsroom, site: at.site }, 'ada@example.org', { tier: 'public' })
    for (const path of ['/en/join/circle', '/join/circle']) expect((await at.get(path)).status).toBe(404)
    expect(await at.text(`/en/briefings/${slug}`)).not.toMatch(/id="members"|\/join\//)
    const account = await at.text('/en/account', { Cookie: ada.cookie })
    expect(account).not.toMatch(/Membership|\/join\//)
  })
})

describe('a tier of the site’s own', () => {
  const tiers = [
    { id: 'reader', entry: 'sign-in' },
    { id: 'supporter', entry: 'request' },
    { id: 'guest', entry: 'invitation' },
    { id: 'patron', entry: 'call' },
  ] as const

  test('without sentences of its own is named in general ones, and leads only to what a reader can begin', async () => {
    const newsroom = await openNewsroom()
    const at = await newsroom.deploy(withTiers(tiers))
    await at.load({ briefing: aBriefingFor(tiers.map(({ id }) => id)) })
    const page = await at.text(`/en/briefings/${slug}`)
    expect(page).toContain('Open to members of “reader”. To join, sign in.')
    expect(page).toContain('Open to members of “supporter”. You can ask to join; the editors decide.')
    expect(page).toContain('Open to members of “guest”. The editors invite members.')
    expect(page).toContain('Open to members of “patron”.')
    expect([...page.matchAll(/href="(\/join\/\w+)"/g)].map(([, href]) => href)).toEqual(['/join/reader', '/join/supporter'])
    for (const { id, entry } of tiers) {
      expect([id, (await at.get(`/en/join/${id}`)).status]).toEqual([id, entry === 'sign-in' || entry === 'request' ? 200 : 404])
    }
  })

  test('that one joins by signing in is joined by whoever signs in, and by who had none with a button', async () => {
    const newsroom = await openNewsroom()
    const before = await newsroom.deploy(withTiers([]))
    const ada = await signedIn({ ...newsroom, site: before.site }, 'ada@example.org', { tier: 'public' })
    const at = await newsroom.deploy(withTiers(tiers))
    await newsroom.database.query.updateTable('person').set({ tier_id: 'public' }).execute()
    const account = await at.text('/en/account', { Cookie: ada.cookie })
    expect(account).toContain('You can read the sections that are open to everyone.')
    expect(account).toContain('/en/join/reader')
    const response = await at.ask('/en/join/reader', {
      method: 'POST',
      headers: { Accept: 'text/html', Origin: newsroom.origin, Cookie: ada.cookie },
      body: new URLSearchParams({ next: `/en/briefings/${slug}` }),
    })
    expect([response.status, response.headers.get('Location')]).toEqual([303, `/en/briefings/${slug}`])
    expect(await at.text('/en/account', { Cookie: ada.cookie })).toContain('You can read the sections for members of “reader”.')
  })
})

describe('a briefing that names a tier which the site does not have', () => {
  test('is not saved: the site’s tiers are named', async () => {
    const newsroom = await openNewsroom()
    const at = await newsroom.deploy(withLadder(['bronze', 'silver']))
    await expect(at.load({ briefing: aBriefingFor(['gold']) })).rejects.toThrow(
      'no tier gold. The tiers are public, bronze and silver',
    )
  })
})
