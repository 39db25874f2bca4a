import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { listStates, readEarlierSegments } from '../../src/briefings/revision-store'
import { findSource, listSources } from '../../src/briefings/store'
import { condense } from '../../src/newsroom/condense'
import { exportPack } from '../../src/newsroom/export'
import { importPack } from '../../src/newsroom/import'
import { findStanding } from '../../src/printing/published-store'
import { condensedText, wholeText } from '../../src/storage/condensed'
import type { Database } from '../../src/storage/database'
import { listAside } from '../../src/translations/aside-store'
import { listRevisions } from '../../src/translations/revision-store'
import { listTranslations } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { formerNewsroom } from '../support/former-newsroom'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const slug = 'harbour-closes'

/** A briefing of several revisions, with renamed and removed parts, and two translations, one of which has work beside what readers have. */
async function withHistory(until = '') {
  const newsroom = await openNewsroom()
  await newsroom.database.query.updateTable('former_program').set({ until }).execute()
  const first = aBriefing()
  await newsroom.load({
    briefing: first,
    translations: [aTranslation(first, 'es'), aTranslation(first, 'ar', { state: 'draft' })],
  })
  let file: BriefingFile = first
  for (const [index, title] of ['Ein Hafen “schließt”', 'مرفأ يُغلق, "حقًا"', 'A \\"harbour\\", 港'].entries()) {
    const at = `2025-04-0${index + 1}T08:00:00Z`
    file = revised(file, 'material', at, (each) => ({
      ...each,
      title,
      body: index === 1 ? each.body.map((part) => ({ ...part, id: `${part.id}-anew` })) : each.body,
    }))
    await newsroom.load({ briefing: file })
    await sends(newsroom, 'es', { title: `es ${index}, "${title}"`, topic: `Tema ${index}` })
  }
  await newsroom.publish(slug, 'es')
  await sends(newsroom, 'es', { title: 'Trabajo en curso' })
  return { ...newsroom, file }
}

async function sends({ site, database }: Pick<Newsroom, 'site' | 'database'>, locale: string, texts: Record<string, string>) {
  const source = await findSource(database, 'harbour')
  const targets = new Map(Object.entries(texts))
  await importPack(site, { name: slug, source: 'en', locale, sourceRevision: source?.revision ?? 1, targets })
}

/** All that is answered from revisions: history, presence, what is printed, packs, what English said before. */
async function answers({ site, database }: Pick<Newsroom, 'site' | 'database'>): Promise<string> {
  const states = await listStates(database, 'harbour')
  const earlier = await readEarlierSegments(database, 'harbour')
  const source = await findSource(database, 'harbour')
  const hashes = source?.history.flatMap((each) => Object.entries(each.hashes)) ?? []
  const packs = await Promise.all(['es', 'ar'].map((locale) => exportPack(site, locale, slug, 'all')))
  return JSON.stringify([
    states,
    source,
    await listSources(database, '', 10),
    hashes.map(([id, hash]) => earlier(id, hash)?.text),
    await listTranslations(database, 'harbour'),
    await Promise.all(['es', 'ar'].map((locale) => listRevisions(database, 'harbour', locale))),
    { ...(await findStanding(database, 'harbour')), work: undefined },
    packs.map((each) => each?.pack),
    await listAside(database, ['harbour'], ['es', 'ar']),
  ])
}

/** How many revisions are kept as they are, whole and deflated, and as a difference. */
async function kept({ query }: Database) {
  const { rows } = await sql<{ plain: number; whole: number; differences: number }>`
    select sum(deflated is null) as plain, sum(deflated is not null and base is null) as whole, sum(base is not null) as differences
    from (
      select deflated, base from source_revision union all select deflated, base from translation_revision
    )`.execute(query)
  return rows[0] ?? { plain: 0, whole: 0, differences: 0 }
}

describe('revisions in fewer bytes', () => {
  test('say the same before, while, and after they are condensed, and when more is saved', async () => {
    const newsroom = await withHistory()
    const { site, database } = newsroom
    const before = await answers(newsroom)
    expect(before).toContain('مرفأ يُغلق')
    let { plain } = await kept(database)
    expect(plain).toBeGreaterThan(8)
    while (plain > 0) {
      await condense(site, 1)
      expect(await answers(newsroom)).toBe(before)
      const now = await kept(database)
      expect(now.plain).toBeLessThan(plain)
      plain = now.plain
    }
    expect(await kept(database)).toMatchObject({ whole: 3 })
    const hashes = await database.query.selectFrom('source_revision').select('hashes').orderBy('revision').execute()
    const [whole = 0, ...differences] = hashes.map((each) => each.hashes.length)
    for (const each of differences) expect(each * 4).toBeLessThan(whole)

    const more = async (here: Newsroom, file: BriefingFile) => {
      await here.load({ briefing: revised(file, 'minor', '2025-06-01T08:00:00Z', (each) => ({ ...each, topic: 'Later' })) })
      await sends(here, 'ar', { title: 'لاحقًا' })
      await here.publish(slug, 'es')
      return await answers(here)
    }
    const after = await more(newsroom, newsroom.file)
    const twin = await withHistory()
    expect(await more(twin, twin.file)).toBe(after)
  })

  test('are left alone as long as a program of before may run, and what that one saves is taken over', async () => {
    const { site, database, clock } = await withHistory('2026-01-01T01:00:00Z')
    const former = formerNewsroom(database)
    await former.saves('harbour', 'ar', { title: 'من البرنامج السابق' })
    const [{ plain }, printed] = [await kept(database), await former.prints('harbour')]
    await condense(site, 1000)
    expect(await kept(database)).toEqual({ plain, whole: 0, differences: 0 })
    expect(await former.prints('harbour')).toEqual(printed)
    clock.now = '2026-01-01T02:00:00Z'
    await condense(site, 1000)
    expect((await kept(database)).plain).toBe(0)
    const saved = await listRevisions(database, 'harbour', 'ar')
    expect(saved.at(-1)?.segments['title']?.text).toBe('من البرنامج السابق')
  })

  test('are condensed as far as it came if it is interrupted, and the next run goes on', async () => {
    let left = 2
    const disturbed = (database: Database): Database => ({
      ...database,
      atomically: async (writes) => {
        if (left === 0) throw new Error('killed')
        left -= 1
        return await database.atomically(writes)
      },
    })
    const newsroom = await withHistory()
    const { site, database } = newsroom
    const before = await answers(newsroom)
    const { plain } = await kept(database)
    const killed = { ...site, database: disturbed(database) }
    const run = async () => {
      for (;;) await condense(killed, 40)
    }
    await expect(run()).rejects.toThrow('killed')
    const half = await kept(database)
    expect(half.plain).toBeGreaterThan(0)
    expect(half.plain).toBeLessThan(plain)
    expect(await answers(newsroom)).toBe(before)
    for (let at = 0; at < plain; at += 1) await condense(site, 40)
    expect((await kept(database)).plain).toBe(0)
    expect(await answers(newsroom)).toBe(before)
  })

  test('cost what has changed in them, also if the text is longer than what deflating looks back on', () => {
    const word = (at: number) => `w${(at * 7919) % 10007}`
    const segments = Array.from({ length: 400 }, (_, at) => [
      `body.${at}`,
      { text: Array.from({ length: 40 }, (_, n) => word(at * 40 + n)).join(' ') },
    ])
    const text = JSON.stringify(Object.fromEntries(segments))
    expect(text.length).toBeGreaterThan(65_536)
    const changed = text.replace(word(40 * 200), 'Changed')
    const base = condensedText(text, null)
    const difference = condensedText(changed, base.bytes)
    expect([base.isDifference, difference.isDifference]).toEqual([false, true])
    expect(difference.bytes.length * 50).toBeLessThan(base.bytes.length)
    expect(wholeText({ text: '{}', deflated: difference.bytes, base: base.bytes })).toBe(changed)
  })

  test('are what they were, whatever they say', () => {
    const segments = fc.dictionary(
      fc.string({ unit: 'binary' }),
      fc.record({ text: fc.string({ unit: 'binary', maxLength: 80 }), seen: fc.constantFrom('a', 'b') }),
    )
    let differences = 0
    fc.assert(
      fc.property(segments, segments, fc.boolean(), (one, other, isLike) => {
        const [first, second] = [JSON.stringify(one), JSON.stringify(isLike ? { ...one, ...other, more: 1 } : other)]
        const base = condensedText(first, null).bytes
        const { bytes, isDifference } = condensedText(second, base)
        expect(wholeText({ text: '{}', deflated: base, base: null })).toBe(first)
        expect(wholeText({ text: '{}', deflated: bytes, base: isDifference ? base : null })).toBe(second)
        if (isDifference) differences += 1
      }),
      { numRuns: rounds(100) },
    )
    expect(differences).toBeGreaterThan(0)
  })
})
