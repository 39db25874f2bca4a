import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { openLocales } from '../../src/language/locale'
import { aBriefing, aTranslation } from '../support/briefings'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const kept: readonly (readonly [string, Partial<BriefingFile>])[] = [
  ['a draft', { state: 'draft' }],
  ['a briefing whose time has not come', { publishedAt: '2026-06-01T08:00:00Z' }],
  ['a briefing for internal monitoring', { confidence: 0.09 }],
  ['a briefing graded just below what is printed', { confidence: 0.0949 }],
]
const forms = ['', '.json', '.md', '/bilingual']

async function newsroomKeeping(changes: Partial<BriefingFile>) {
  const newsroom = await openNewsroom()
  const shown = aBriefing({ id: 'shown', slug: 'shown', title: 'Shown' })
  const briefing = aBriefing({ title: 'Unprinted words', formerSlugs: ['harbour-old'], ...changes })
  await newsroom.load(
    { briefing: shown },
    { briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ar')] },
  )
  return { newsroom, briefing }
}

/** Everything of an answer that a reader could compare. */
async function everythingOf(newsroom: Newsroom, path: string, headers: Record<string, string>) {
  const response = await newsroom.get(path, headers)
  return { status: response.status, headers: [...response.headers].sort(), body: await response.text() }
}

describe.each(kept)('%s', (_name, changes) => {
  test('answers as a briefing that never was, whoever asks, in every language and form', async () => {
    const { newsroom } = await newsroomKeeping(changes)
    const askers = [
      {},
      { Accept: 'application/json' },
      { 'Accept-Language': 'ar' },
      { Cookie: 'locale=es' },
      { Authorization: 'Bearer x' },
    ]
    for (const locale of openLocales(newsroom.site.locales)) {
      for (const form of forms) {
        for (const headers of locale === 'es' ? askers : [{}]) {
          const absent = await everythingOf(newsroom, `/${locale}/briefings/never-was-here${form}`, headers)
          expect(absent.status).toBe(404)
          for (const slug of ['harbour-closes', 'harbour-old']) {
            expect(await everythingOf(newsroom, `/${locale}/briefings/${slug}${form}`, headers)).toEqual(absent)
          }
        }
      }
    }
  })

  test('is negotiated as one that never was', async () => {
    const { newsroom } = await newsroomKeeping(changes)
    const there = await newsroom.get('/briefings/harbour-closes', { 'Accept-Language': 'es' })
    const absent = await newsroom.get('/briefings/never-was-here', { 'Accept-Language': 'es' })
    expect(there.status).toBe(absent.status)
    expect(there.headers.get('Location')?.replace('harbour-closes', 'never-was-here')).toBe(absent.headers.get('Location'))
  })

  test('is in no list, however it is narrowed', async () => {
    const { newsroom } = await newsroomKeeping(changes)
    for (const locale of openLocales(newsroom.site.locales)) {
      for (const query of ['', '?category=infrastructure', '?impact=high&region=FR', `?only=${locale}`]) {
        const page = await newsroom.text(`/${locale}/${query}`)
        expect(page).not.toContain('Unprinted words')
        expect(page).not.toContain('harbour-closes')
      }
    }
    expect(await newsroom.text('/es/')).toContain('Shown')
  })

  test('has no edition in the database, and its regions are in no filter', async () => {
    const { newsroom } = await newsroomKeeping({ ...changes, regions: ['JP'] })
    const editions = await newsroom.database.query.selectFrom('edition').select('briefing_id').distinct().execute()
    expect(editions).toEqual([{ briefing_id: 'shown' }])
    expect(await newsroom.text('/en/')).not.toContain('value="JP"')
  })
})

/** A file that says draft takes nothing back. */
const hiding = kept.filter(([, { state }]) => state !== 'draft')

test.each(hiding)('%s leaves no trace where it was once public', async (_name, changes) => {
  const { newsroom, briefing } = await newsroomKeeping({})
  expect((await newsroom.get('/es/briefings/harbour-closes')).status).toBe(200)
  expect((await newsroom.get('/es/briefings/harbour-old')).status).toBe(301)
  const facts = changes.confidence === undefined ? {} : { revisions: [...briefing.revisions, anotherRevision] }
  await newsroom.load({ briefing: { ...briefing, ...changes, ...facts } })
  const absent = await everythingOf(newsroom, '/es/briefings/never-was-here', {})
  expect(await everythingOf(newsroom, '/es/briefings/harbour-closes', {})).toEqual(absent)
  expect(await everythingOf(newsroom, '/es/briefings/harbour-old', {})).toEqual(absent)
  expect(await newsroom.text('/es/')).not.toContain('harbour-closes')
})

const anotherRevision = {
  revision: 2,
  savedAt: '2025-04-01T08:00:00Z',
  significance: 'minor',
  note: 'Less sure',
  replaced: {},
} as const

describe('a briefing with a time in the future', () => {
  const scheduled = { publishedAt: '2026-06-01T08:00:00Z' }

  test('appears once its time has come and what waits has been printed, and not before', async () => {
    const { newsroom } = await newsroomKeeping(scheduled)
    newsroom.clock.now = '2026-06-01T07:59:59Z'
    expect(await newsroom.printWaiting()).toBe(0)
    expect((await newsroom.get('/es/briefings/harbour-closes')).status).toBe(404)
    newsroom.clock.now = '2026-06-01T08:00:00Z'
    expect(await newsroom.printWaiting()).toBe(1)
    expect(await newsroom.text('/es/briefings/harbour-closes')).toContain('es: Unprinted words')
    expect(await newsroom.text('/es/')).toContain('es: Unprinted words')
  })

  test('is printed once: nothing waits after it, and nothing waits for ever', async () => {
    for (const [, changes] of kept) {
      const { newsroom } = await newsroomKeeping(changes)
      newsroom.clock.now = '2026-06-02T00:00:00Z'
      await newsroom.printWaiting()
      expect(await newsroom.printWaiting()).toBe(0)
    }
  })

  test('is not read from the newsroom’s tables by whoever asks for its page early', async () => {
    const { newsroom } = await newsroomKeeping(scheduled)
    newsroom.forget()
    await newsroom.get('/es/briefings/harbour-closes')
    await newsroom.get('/es/')
    expect(newsroom.queries.join('\n')).not.toMatch(/"(briefing|source_revision|translation|translation_revision)"/)
  })
})

describe('a briefing that was withdrawn while its print was lost', () => {
  test.each([
    ['made a draft', { state: 'draft' as const }],
    ['put off', { published_at: '2026-06-01T08:00:00Z' }],
  ])('%s: disappears when what waits is next printed', async (_name, change) => {
    const { newsroom, briefing } = await newsroomKeeping({})
    await newsroom.database.query
      .updateTable('briefing')
      .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
      .where('id', '=', briefing.id)
      .execute()
    expect((await newsroom.get('/es/briefings/harbour-closes')).status).toBe(200)
    expect(await newsroom.printWaiting()).toBe(1)
    expect((await newsroom.get('/es/briefings/harbour-closes')).status).toBe(404)
    expect(await newsroom.printWaiting()).toBe(0)
  })
})
