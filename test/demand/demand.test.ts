import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Count, fallbackIn, fallbackView, isView, monthOf, monthsBefore, Tally } from '../../src/demand/demand'
import { openLocales, writtenForm } from '../../src/language/locale'
import { aBriefing, aTranslation } from '../support/briefings'
import { aView } from '../support/demand'
import { openNewsroom, withLocales } from '../support/newsroom'

const origin = 'https://briefings.example'
const page = `${origin}/es/briefings/harbour-closes`

describe('a fallback view', () => {
  test('is a briefing’s page in another language than its address asks for', () => {
    const view = { address: '/es/briefings/harbour-closes', asked: 'es', slug: 'harbour-closes' }
    expect(fallbackView(page, 'en')).toEqual(view)
    expect(fallbackView(`${page}?utm_source=letter`, 'en')).toEqual(view)
    expect(fallbackView('http://127.0.0.1:8787/ca/briefings/harbour-closes', 'es')).toMatchObject({ asked: 'ca' })
  })

  test.each([
    ['in the language asked for', page, 'es'],
    ['of which nobody knows the language', page, ''],
    ['that is data', `${page}.json`, 'en'],
    ['that is text', `${page}.md`, 'en'],
    ['that shows both languages', `${page}/bilingual`, 'en'],
    ['that lists briefings', `${origin}/es/`, 'en'],
    ['without a locale', `${origin}/briefings/harbour-closes`, 'en'],
    ['below another', `${origin}/x/es/briefings/harbour-closes`, 'en'],
    ['that a parameter names', `${origin}/es/?page=${page}`, 'en'],
  ])('is no answer %s', (_, url, language) => {
    expect(fallbackView(url, language)).toBeUndefined()
  })

  test('is one exactly where the reader’s language, or its script, is another', () => {
    const tags = [
      'en',
      'en-GB',
      'es',
      'es-MX',
      'pt',
      'pt-BR',
      'pt-PT',
      'zh',
      'zh-Hans',
      'zh-Hant',
      'zh-TW',
      'sr',
      'sr-Latn',
      'ca',
    ]
    for (const asked of tags) {
      for (const served of tags) {
        const isOne = fallbackView(`${origin}/${asked}/briefings/harbour-closes`, served) !== undefined
        expect(`${asked} ${served} ${isOne}`).toBe(`${asked} ${served} ${writtenForm(asked) !== writtenForm(served)}`)
      }
    }
  })

  test('is told of any address and language without failing', () => {
    const aPart = fc.oneof(fc.string(), fc.constantFrom('es', 'en-x', 'en-us-us', 'und', 'briefings', 'harbour-closes', ''))
    const anAddress = fc.array(aPart, { maxLength: 5 }).map((parts) => `${origin}/${parts.join('/')}`)
    fc.assert(fc.property(anAddress, aPart, (url, language) => void fallbackView(url, language)))
    expect(fallbackView(`${origin}/en-us-us/briefings/harbour-closes`, 'en')).toBeUndefined()
  })

  test('is every page of the site that says so to its reader, and no other', async () => {
    const locales = withLocales(
      { tag: 'es-MX', state: 'public', fallback: ['es'] },
      { tag: 'zh-Hant', state: 'public', fallback: [] },
    )
    const newsroom = await openNewsroom({ kit: locales })
    const briefing = aBriefing()
    const stale = aTranslation(briefing, 'fr', { segments: { 'body.detours': '' } })
    const draft = aTranslation(briefing, 'pl', { state: 'draft' })
    const taken = aTranslation(briefing, 'it', { state: 'withdrawn' })
    const translations = [stale, draft, taken, aTranslation(briefing, 'es'), aTranslation(briefing, 'zh-Hans')]
    await newsroom.load({ briefing, translations })
    const reasons: Record<string, string> = {}
    for (const locale of openLocales(newsroom.site.locales)) {
      const path = `/${locale}/briefings/harbour-closes`
      const first = await newsroom.get(path)
      const again = await newsroom.get(path, { 'If-None-Match': first.headers.get('ETag') ?? '' })
      const { resolution } = (await (await newsroom.get(`${path}.json`)).json()) as { resolution: { reason: string } }
      const isOne = fallbackIn(newsroom.origin + path, first) !== undefined
      expect(again.status).toBe(304)
      expect(fallbackIn(newsroom.origin + path, again) !== undefined).toBe(isOne)
      // As a cache hands it over: the same answer, but not the same object.
      expect(fallbackIn(newsroom.origin + path, new Response(null, first)) !== undefined).toBe(isOne)
      reasons[locale] = `${resolution.reason} ${isOne}`
    }
    expect(reasons).toEqual({
      en: 'exact false',
      es: 'exact false',
      fr: 'exact false',
      de: 'not-yet-available true',
      it: 'withdrawn true',
      'pt-BR': 'not-yet-available true',
      pl: 'in-translation true',
      ar: 'not-yet-available true',
      'zh-Hans': 'exact false',
      ja: 'not-yet-available true',
      ca: 'fallback-language true',
      'es-MX': 'regional false',
      'zh-Hant': 'not-yet-available true',
    })
  })

  test('is none where there is no such page, or it has moved', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing({ formerSlugs: ['harbour-shut'] }) })
    for (const [path, status] of [
      ['/es/briefings/nothing', 404],
      ['/es/briefings/harbour-shut', 301],
    ] as const) {
      const response = await newsroom.get(path, { 'Accept-Language': 'en' })
      expect(response.status).toBe(status)
      expect(fallbackIn(newsroom.origin + path, response)).toBeUndefined()
    }
    expect(fallbackIn(page, new Response('', { status: 404, headers: { 'Content-Language': 'en' } }))).toBeUndefined()
  })

  test('is somebody’s who opens the page: not of its headers alone, and not a browser’s that guesses ahead', () => {
    expect([isView('GET', undefined), isView('GET', null), isView('GET', 'navigate')]).toEqual([true, true, true])
    for (const purpose of ['prefetch', 'prefetch;prerender', 'Prefetch', ['prefetch']]) expect(isView('GET', purpose)).toBe(false)
    for (const method of ['HEAD', 'POST', undefined]) expect(isView(method, undefined)).toBe(false)
  })
})

describe('a tally', () => {
  const views = (counts: readonly Count[]) => counts.reduce((sum, each) => sum + each.views, 0)

  test('loses no view, whatever is written down, and whatever fails to be', () => {
    const aStep = fc.oneof(
      fc.record({ page: fc.nat(12), views: fc.integer({ min: 1, max: 9 }) }),
      fc.constantFrom('written down', 'failed'),
    )
    fc.assert(
      fc.property(fc.array(aStep, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (steps, pagesMax) => {
        const tally = new Tally(pagesMax)
        let added = 0
        let told = 0
        const collect = () => {
          const { counts, dropped } = tally.take()
          expect(counts.length).toBeLessThanOrEqual(pagesMax)
          expect(new Set(counts.map(({ view }) => view.address)).size).toBe(counts.length)
          told += views(counts) + dropped
        }
        for (const step of steps) {
          if (step === 'written down') collect()
          else if (step === 'failed') {
            const taken = tally.take()
            tally.add(aView('es', 'meanwhile'))
            added += 1
            tally.putBack(taken)
          } else {
            tally.add(aView('es', `page-${step.page}`), step.views)
            added += step.views
          }
        }
        collect()
        expect(told).toBe(added)
        expect(tally.take()).toEqual({ counts: [], dropped: 0 })
      }),
    )
  })

  test('tells no more pages apart than it may, and says how many views it dropped', () => {
    const tally = new Tally(2)
    for (const slug of ['one', 'two', 'three', 'one', 'four', 'two', 'one']) tally.add(aView('es', slug))
    expect(tally.take()).toEqual({
      counts: [
        { view: aView('es', 'one'), views: 3 },
        { view: aView('es', 'two'), views: 2 },
      ],
      dropped: 2,
    })
  })

  test('keeps apart what it handed over and what it counts since', () => {
    const tally = new Tally(2)
    tally.add(aView('es', 'one'))
    const taken = tally.take()
    tally.add(aView('es', 'one'))
    expect(views(taken.counts)).toBe(1)
  })
})

describe('a month', () => {
  test('is that of the calendar in UTC', () => {
    expect(monthOf(new Date('2026-11-30T23:59:59.999Z'))).toBe('2026-11')
    expect(monthOf(new Date('2026-12-01T00:30:00+01:00'))).toBe('2026-11')
  })

  test('comes before another across the turn of a year', () => {
    expect([0, 1, 10, 11, 12, 13].map((count) => monthsBefore('2026-11', count))).toEqual([
      '2026-11',
      '2026-10',
      '2026-01',
      '2025-12',
      '2025-11',
      '2025-10',
    ])
  })
})
