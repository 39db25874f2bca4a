import { beforeAll, describe, expect, test } from 'vitest'
import { findSourceBySlug } from '../../src/briefings/store'
import { openLocales } from '../../src/language/locale'
import { importPack } from '../../src/newsroom/import'
import type { StatusLine } from '../../src/newsroom/status'
import { progressOf } from '../../src/translations/progress'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { openToPrograms, type Programs } from '../support/programs'

let programs: Programs
const numbered = Array.from({ length: 6 }, (_, index) => `briefing-${index}`)
const slugs = [...numbered, 'harbour-closes']

beforeAll(async () => {
  programs = await openToPrograms()
  const briefings = numbered.map((slug) =>
    aBriefing({ id: `of-${slug}`, slug, state: slug.endsWith('3') ? 'draft' : 'published' }),
  )
  await programs.load(
    ...briefings.map((briefing) => ({ briefing, translations: [aTranslation(briefing, 'ar', { state: 'draft' })] })),
  )
  const [first = aBriefing()] = briefings
  const retitled = revised(first, 'material', '2025-03-02T08:00:00Z', (each) => ({ ...each, title: 'The harbour reopens' }))
  await programs.load({ briefing: retitled })
})

async function pageAt(path: string, token: string) {
  const response = await programs.call(path, { token })
  expect(response.status).toBe(200)
  expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8')
  const link = response.headers.get('Link')
  const [, next] =
    link === null ? [] : (/^<https:\/\/briefings\.example(\/api\/v1\/status\?[^>]+)>; rel="next"$/.exec(link) ?? ['', link])
  return { rows: (await response.json()) as readonly StatusLine[], next }
}

async function everyRow(path: string, token: string) {
  const pages: (readonly StatusLine[])[] = []
  for (let at: string | undefined = path; at !== undefined; ) {
    const page: Awaited<ReturnType<typeof pageAt>> = await pageAt(at, token)
    pages.push(page.rows)
    at = page.next
  }
  return { pages: pages.length, rows: pages.flat() }
}

describe('where translations stand', () => {
  test('is told page by page, each briefing once in each language, the same however long the pages are', async () => {
    const { secret } = await programs.issue({ locales: 'all', seesGated: true })
    const { rows: all } = await everyRow('/api/v1/status?limit=50', secret)
    const targets = openLocales(programs.site.locales).filter((tag) => tag !== 'en')
    expect(all.map(({ slug, locale }) => `${slug} ${locale}`)).toEqual(
      slugs.flatMap((slug) => targets.map((locale) => `${slug} ${locale}`)),
    )
    for (const [limit, pages] of [
      [1, 7],
      [3, 3],
      [6, 2],
      [7, 1],
      [8, 1],
    ]) {
      expect(await everyRow(`/api/v1/status?limit=${limit}`, secret)).toEqual({ pages, rows: all })
    }
  })

  test('is worked out as the command line does, draft briefings among them', async () => {
    const { secret } = await programs.issue({ locales: ['ar'], seesGated: true })
    const { rows } = await everyRow('/api/v1/status', secret)
    for (const slug of slugs) {
      const source = await findSourceBySlug(programs.database, slug)
      if (!source) throw new Error(`${slug} is not there.`)
      const translation = await findTranslation(programs.database, source.id, 'ar')
      const expected = progressOf(slug, source.briefing, source.history, 'ar', translation)
      const english = slug.endsWith('3') ? 'nothing' : 'newest'
      const readers = { published: 'nothing', english, demand: 0, requests: 0, aside: [], reports: 0 }
      expect(rows.find((row) => row.slug === slug)).toEqual({ ...expected, ...readers })
    }
    expect(rows[0]).toMatchObject({ state: 'draft', coverage: 1, behind: { material: ['title'] } })
    expect(rows.at(-1)).toMatchObject({ slug: 'harbour-closes', state: 'none', coverage: 0 })
  })

  test('says what readers have: the newest, an earlier one, or nothing, of the translation and of the English', async () => {
    const desk = await openToPrograms()
    const { secret } = await desk.issue({ locales: ['es', 'pl', 'fr'] })
    const readers = async () => {
      const rows = (await (await desk.call('/api/v1/status', { token: secret })).json()) as readonly StatusLine[]
      return rows.map(({ locale, state, published, english }) => [locale, state, published, english])
    }
    const saved = { name: 'harbour-closes', source: 'en', sourceRevision: 1, targets: new Map([['title', 'Otro título']]) }
    await importPack(desk.site, { ...saved, locale: 'es' })
    await importPack(desk.site, { ...saved, locale: 'fr' })
    expect(await readers()).toEqual([
      ['es', 'draft', 'earlier', 'newest'],
      ['fr', 'draft', 'nothing', 'newest'],
      ['pl', 'approved', 'newest', 'newest'],
    ])
    const retitled = revised(aBriefing(), 'minor', '2025-03-02T08:00:00Z', (each) => ({ ...each, title: 'Not yet' }))
    await desk.load({ briefing: { ...retitled, state: 'draft' } })
    await desk.publish('harbour-closes', 'es')
    expect(await readers()).toEqual([
      ['es', 'approved', 'newest', 'earlier'],
      ['fr', 'draft', 'nothing', 'earlier'],
      ['pl', 'approved', 'newest', 'earlier'],
    ])
    await desk.takeBack('harbour-closes')
    expect((await readers()).map(([, , ...those]) => those)).toEqual(Array(3).fill(['nothing', 'nothing']))
  })

  test('is told of the languages that a token reaches, or of the one that is asked for', async () => {
    const { secret } = await programs.issue({ locales: ['es', 'pl'] })
    const { rows } = await everyRow('/api/v1/status', secret)
    expect(new Set(rows.map(({ locale }) => locale))).toEqual(new Set(['es', 'pl']))
    const { rows: polish } = await everyRow('/api/v1/status?locale=pl&limit=2', secret)
    expect(polish).toEqual(rows.filter(({ locale }) => locale === 'pl'))
    const status = async (locale: string) => (await programs.call(`/api/v1/status?locale=${locale}`, { token: secret })).status
    expect(await Promise.all(['fr', 'sv', 'en', '__proto__', ''].map(status))).toEqual([403, 404, 404, 404, 404])
  })

  test('is asked for in numbers that there are', async () => {
    const { secret } = await programs.issue()
    for (const query of ['limit=0', 'limit=51', 'limit=-1', 'limit=1.5', 'limit=x', `after=${'x'.repeat(61)}`]) {
      expect([query, (await programs.call(`/api/v1/status?${query}`, { token: secret })).status]).toEqual([query, 400])
    }
    expect((await pageAt('/api/v1/status?after=zzz', secret)).rows).toEqual([])
  })

  test('costs the same few questions to the database, however many briefings there are', async () => {
    const { secret } = await programs.issue({ locales: 'all' })
    await pageAt('/api/v1/status?limit=1', secret)
    const costOf = async (limit: number) => {
      programs.forget()
      await pageAt(`/api/v1/status?limit=${limit}`, secret)
      return programs.queries.length
    }
    expect(await costOf(1)).toBe(10)
    expect(await costOf(7)).toBe(10)
  })
})
