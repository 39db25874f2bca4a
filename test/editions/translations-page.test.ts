import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { saveViews } from '../../src/demand/store'
import { type Standing, standings } from '../../src/editions/standing'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { aTally } from '../support/demand'
import { attributesOf, find, part, shown, tagsOf } from '../support/html'
import { type Loaded, type Newsroom, openNewsroom, withLocales } from '../support/newsroom'

const path = '/es/translations'
const briefing = (slug: string, changes: Partial<BriefingFile> = {}) => aBriefing({ id: slug, slug, ...changes })

/** A briefing whose English has materially changed since it was translated. */
function changedSince(slug: string, segments = {}): Loaded {
  const first = briefing(slug)
  const now = revised(first, 'material', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'The harbour is shut' }))
  return { briefing: now, translations: [aTranslation(now, 'es', { sourceRevision: 1, segments })] }
}

const translated = (slug: string, changes: Parameters<typeof aTranslation>[2] = {}): Loaded => {
  const english = briefing(slug)
  return { briefing: english, translations: [aTranslation(english, 'es', changes)] }
}

/** Briefings of every standing that Spanish has, and which of them stand where. */
const content: readonly Loaded[] = [
  translated('whole'),
  translated('whole-too', { provenance: 'machine' }),
  translated('half', { segments: { summary: '' } }),
  changedSince('old'),
  changedSince('old-and-half', { summary: '' }),
  translated('begun', { state: 'draft' }),
  translated('nearly', { state: 'in-review' }),
  translated('taken-back', { state: 'withdrawn' }),
  { briefing: briefing('english-only') },
]
const where: Readonly<Record<Standing, readonly string[]>> = {
  current: ['whole', 'whole-too'],
  partial: ['half'],
  outdated: ['old', 'old-and-half'],
  neighbour: [],
  'in-translation': ['begun', 'nearly'],
  withdrawn: ['taken-back'],
  'not-yet': ['english-only'],
}

/** The numbers of a page's own language, by their names in that language. */
function numbersOn(page: string): Readonly<Record<string, string>> {
  const items = part(page, '<ul class="standings">', '</ul>').split('<li').slice(1)
  return Object.fromEntries(items.map((item) => [shown(part(item, '<span>', '</span>')), shown(part(item, '<b>', '</b>'))]))
}

/** The same, from how many briefings have each standing; those not named have none. */
function named(newsroom: Newsroom, locale: string, counts: Partial<Record<Standing, number>>) {
  const { t } = newsroom.site.speak(locale)
  const possible = standings.filter((each) => each !== 'neighbour' || locale === 'ca')
  return Object.fromEntries(possible.map((each) => [t(`standing.${each}`), String(counts[each] ?? 0)]))
}

const slugsOn = (page: string) =>
  new Set([...part(page, '<main', '</main>').matchAll(/href="\/es\/briefings\/([a-z0-9-]+)"/g)].map(([, slug]) => slug ?? ''))

const sentenceOn = (page: string) => shown(part(page, '<p class="reach">', '</p>'))

describe('the page of translations', () => {
  test('counts each briefing once, where it stands in the language of the page', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(...content)
    const page = await newsroom.text(path)
    const counts = Object.fromEntries(standings.map((each) => [each, where[each].length]))
    expect(numbersOn(page)).toEqual(named(newsroom, 'es', counts))
    expect(sentenceOn(page)).toBe('Puedes leer en español 5 de 9 informes.')
  })

  test('leads from each number to exactly the briefings that it counts, and from none of nothing', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(...content)
    const list = part(await newsroom.text(path), '<ul class="standings">', '</ul>')
    expect(attributesOf(list, 'a', 'href')).toEqual(
      standings.filter((each) => where[each].length > 0).map((each) => `/es/?standing=${each}`),
    )
    for (const standing of standings) {
      const index = await newsroom.text(`/es/?standing=${standing}`)
      expect(slugsOn(index)).toEqual(new Set(where[standing]))
    }
  })

  test('follows what the newsroom does: a translation, a revision, a translation of it, a withdrawal', async () => {
    const newsroom = await openNewsroom()
    const first = briefing('harbour')
    const now = revised(first, 'material', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'The harbour is shut' }))
    const steps: readonly (readonly [Loaded, Standing])[] = [
      [{ briefing: first }, 'not-yet'],
      [{ briefing: first, translations: [aTranslation(first, 'es', { state: 'draft' })] }, 'in-translation'],
      [{ briefing: first, translations: [aTranslation(first, 'es')] }, 'current'],
      [{ briefing: now }, 'outdated'],
      [{ briefing: now, translations: [aTranslation(now, 'es', { segments: { title: 'es: Nuevo' } })] }, 'current'],
      [{ briefing: now, translations: [aTranslation(now, 'es', { state: 'withdrawn' })] }, 'withdrawn'],
    ]
    for (const [loaded, standing] of steps) {
      await newsroom.load(loaded)
      expect(numbersOn(await newsroom.text(path))).toEqual(named(newsroom, 'es', { [standing]: 1 }))
    }
  })

  test.each([
    ['a draft', { state: 'draft' }],
    ['a briefing whose time has not come', { publishedAt: '2026-06-01T08:00:00Z' }],
    ['a briefing for internal monitoring', { confidence: 0.09 }],
  ] as const)('says nothing of %s, in any language', async (_name, changes) => {
    const empty = await openNewsroom()
    const absent = new Map<string, string>()
    const tags = empty.site.locales.locales.map(({ tag }) => tag)
    for (const tag of tags) absent.set(tag, await empty.text(`/${tag}/translations`))
    const newsroom = await openNewsroom()
    const english = briefing('kept', changes)
    await newsroom.load({ briefing: english, translations: [aTranslation(english, 'es')] })
    for (const tag of tags) expect(await newsroom.text(`/${tag}/translations`)).toBe(absent.get(tag))
  })

  test('counts a briefing from the moment on that it appears', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: briefing('later', { publishedAt: '2026-06-01T08:00:00Z' }) })
    expect(numbersOn(await newsroom.text(path))).toEqual({})
    newsroom.clock.now = '2026-06-01T08:00:00Z'
    await newsroom.printWaiting()
    expect(numbersOn(await newsroom.text(path))).toEqual(named(newsroom, 'es', { 'not-yet': 1 }))
  })

  test('of no briefings says so, and still how to help', async () => {
    const newsroom = await openNewsroom()
    for (const { tag } of newsroom.site.locales.locales) {
      const page = await newsroom.text(`/${tag}/translations`)
      const { t } = newsroom.site.speak(tag)
      expect(shown(page)).toContain(t('translations.empty'))
      expect(shown(page)).toContain(t('translations.help-people'))
      expect(find(page, 'table')).toEqual([])
    }
  })

  test('counts what is read in a neighbour’s language apart, and not among what can be read in one’s own', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(translated('whole'), { briefing: briefing('english-only') })
    const page = await newsroom.text('/ca/translations')
    expect(numbersOn(page)).toEqual(named(newsroom, 'ca', { neighbour: 1, 'not-yet': 1 }))
    expect(sentenceOn(page)).toBe('Pots llegir en català 0 de 2 informes.')
    expect(numbersOn(await newsroom.text(path))).not.toHaveProperty(newsroom.site.speak('es').t('standing.neighbour'))
  })

  test('of a language that was opened a moment ago knows how many briefings there are', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(translated('whole'), { briefing: briefing('english-only') })
    const next = await newsroom.deploy(withLocales({ tag: 'nl', state: 'public', fallback: [] }))
    expect(sentenceOn(await next.text('/nl/translations'))).toContain('0 of 2')
    await next.printWaiting()
    expect(numbersOn(await next.text('/nl/translations'))).toMatchObject({ 'Not yet translated': '2' })
  })

  test.each([
    ['pl', 1, 'Po polsku możesz przeczytać 0 z 1 analizy.'],
    ['pl', 3, 'Po polsku możesz przeczytać 0 z 3 analiz.'],
    ['ar', 1, 'يمكنك أن تقرأ بالعربية 0 من إحاطة واحدة.'],
    ['ar', 2, 'يمكنك أن تقرأ بالعربية 0 من إحاطتين.'],
    ['ar', 3, 'يمكنك أن تقرأ بالعربية 0 من 3 إحاطات.'],
    ['ar', 11, 'يمكنك أن تقرأ بالعربية 0 من 11 إحاطة.'],
  ])('counts in the grammar of %s: %i', async (locale, count, sentence) => {
    const newsroom = await openNewsroom()
    await newsroom.load(...Array.from({ length: count }, (_, index) => ({ briefing: briefing(`briefing-${index}`) })))
    expect(sentenceOn(await newsroom.text(`/${locale}/translations`))).toBe(sentence)
  })

  test('costs three small statements, however many briefings there are', async () => {
    const newsroom = await openNewsroom()
    for (const load of [content.slice(0, 1), content]) {
      await newsroom.load(...load)
      newsroom.forget()
      expect((await newsroom.get(path)).status).toBe(200)
      expect(newsroom.queries).toHaveLength(3)
      const [print = '', tallies = ''] = newsroom.queries
      expect(print + tallies).not.toMatch(/"(facet|resolution|edition|briefing|translation)"/)
    }
    const rows = await newsroom.database.query.selectFrom('standing').selectAll().execute()
    expect(rows.length).toBeLessThanOrEqual(newsroom.site.locales.locales.length * standings.length)
  })

  test('is answered 304 until something is printed', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(translated('whole'))
    const etag = (await newsroom.get(path)).headers.get('ETag') ?? ''
    expect((await newsroom.get(path, { 'If-None-Match': etag })).status).toBe(304)
    await newsroom.load({ briefing: briefing('english-only') })
    expect((await newsroom.get(path, { 'If-None-Match': etag })).status).toBe(200)
  })
})

describe('what is most asked for', () => {
  const wantedOn = (page: string) =>
    part(page, '<ol class="wanted">', '</ol>')
      .split('<li')
      .slice(1)
      .map((item) => shown(`<li${item}`).trim())

  test('is told in the order in which readers of the language were shown it in another, with a link, until it is there', async () => {
    const newsroom = await openNewsroom({ now: '2026-11-20T00:00:00Z' })
    await newsroom.load(translated('whole'), { briefing: briefing('first') }, { briefing: briefing('second') })
    expect(await newsroom.text(path)).not.toContain('class="wanted"')
    await saveViews(newsroom.database, aTally({ 'es first': 3, 'es second': 12, 'pl first': 40 }), newsroom.site.now())
    const page = await newsroom.text(path)
    expect(wantedOn(page)).toEqual(['The harbour closes for a month 12 veces', 'The harbour closes for a month 3 veces'])
    expect(attributesOf(part(page, '<ol class="wanted">', '</ol>'), 'a', 'lang')).toEqual(['en', 'en'])
    await newsroom.load(translated('second'))
    expect(wantedOn(await newsroom.text(path))).toEqual(['The harbour closes for a month 3 veces'])
  })

  test('is never told of a draft, nor in English, and is held by none of our caches', async () => {
    const newsroom = await openNewsroom({ now: '2026-11-20T00:00:00Z' })
    await newsroom.load({ briefing: briefing('first') })
    await saveViews(newsroom.database, aTally({ 'es first': 3 }), newsroom.site.now())
    expect(await newsroom.text('/en/translations')).not.toContain('class="wanted"')
    const told = await newsroom.get(path)
    expect(told.headers.get('Cache-Control')).toBe('public, max-age=60')
    await saveViews(newsroom.database, aTally({ 'es first': 1 }), newsroom.site.now())
    const since = await newsroom.get(path, { 'If-None-Match': told.headers.get('ETag') ?? '' })
    expect(since.status).toBe(200)
    await newsroom.takeBack('first')
    expect(await newsroom.text(path)).not.toContain('class="wanted"')
  })
})

describe('the table of languages', () => {
  const tableIn = (page: string) => part(page, '<table', '</table>')

  test('has a row for each public language but the source, under its names, that leads to its page', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(...content)
    const table = tableIn(await newsroom.text(path))
    const tags = ['es', 'fr', 'de', 'it', 'pt-BR', 'pl', 'ar', 'zh-Hans', 'ja']
    expect(attributesOf(table, 'a', 'href')).toEqual(tags.map((tag) => `/${tag}/translations`))
    expect(attributesOf(table, 'a', 'aria-current')).toEqual(['page'])
    expect(find(table, 'a', { hreflang: 'ar' })[0]?.text).toBe('Árabe')
    expect(find(table, 'span', { lang: 'ar', dir: 'rtl' })[0]?.text).toBe('العربية')
    expect(find(table, 'span', { lang: 'es' })).toEqual([])
    expect(find(table, 'th', { scope: 'row' })).toHaveLength(tags.length)
  })

  test('says in words and numbers what its pictures show', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(...content)
    const { t } = newsroom.site.speak('de')
    const table = tableIn(await newsroom.text('/de/translations'))
    const heads = part(table, '<thead>', '</thead>').split('<th ').slice(1)
    const shownStandings = standings.filter((each) => each !== 'neighbour').map((each) => t(`standing.${each}`))
    expect(heads.map((head) => shown(`<th ${head}`).trim())).toEqual([
      t('translations.language'),
      t('translations.readable'),
      ...shownStandings,
    ])
    const [spanish = '', , german = ''] = table.split('<tbody>').slice(1)
    const cells = (row: string) => find(part(row, '<tr>', '</tr>'), 'td').map(({ text }) => text)
    expect(cells(spanish)).toEqual(['5', '2', '1', '2', '2', '1', '1'])
    expect(cells(german)).toEqual(['0', '0', '0', '0', '0', '0', '9'])
    expect(shown(part(table, '<caption>', '</caption>'))).toBe(t('translations.table', { count: 9 }))
  })

  test('draws each language as one bar of its shares, whole and from the best on, which no reader of words meets', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(...content)
    const page = await newsroom.text('/en/translations')
    const drawings = tagsOf(part(page, '<main', '</main>')).filter(({ name }) => name === 'svg')
    expect(drawings.length).toBeGreaterThan(10)
    expect(drawings.filter(({ attributes }) => attributes.get('aria-hidden') !== 'true')).toEqual([])
    const bars = tableIn(page).split('<tbody>').slice(1)
    expect(bars).toHaveLength(9)
    for (const bar of bars) {
      const widths = attributesOf(bar, 'rect', 'width').map(Number.parseFloat)
      const starts = attributesOf(bar, 'rect', 'x').map(Number.parseFloat)
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100, 0)
      expect(starts[0]).toBe(0)
      for (const [index, start] of starts.slice(1).entries()) {
        expect(start).toBeCloseTo((starts[index] ?? 0) + (widths[index] ?? 0), 1)
      }
    }
    expect(attributesOf(bars[0] ?? '', 'rect', 'class')).toEqual(standings.filter((each) => where[each].length > 0))
  })

  test('stands alone on the page of the source, whose index has nothing to narrow by translation', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(...content)
    const page = await newsroom.text('/en/translations')
    expect(find(page, 'table')).toHaveLength(1)
    expect(numbersOn(page)).toEqual({})
    expect(sentenceOn(page)).toBe('')
    expect(find(await newsroom.text('/en/'), 'select', { name: 'standing' })).toEqual([])
  })

  test('shows a language in preview on its own page alone, which says that it is one and is not to be found', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(...content)
    const page = await newsroom.text('/ca/translations')
    expect(attributesOf(tableIn(page), 'a', 'href')).toContain('/ca/translations')
    expect(shown(page)).toContain(newsroom.site.speak('ca').t('preview.notice'))
    expect(find(page, 'meta', { name: 'robots', content: 'noindex' })).toHaveLength(1)
    expect(attributesOf(page, 'link', 'hreflang', { rel: 'alternate' })).toEqual([])
    expect(await newsroom.text(path)).not.toContain('/ca/translations')
  })

  test('is absent where the site has no language but its source, and a hidden language has no page', async () => {
    const newsroom = await openNewsroom({
      kit: {
        locales: {
          source: 'en',
          locales: [
            { tag: 'en', state: 'public', fallback: [] },
            { tag: 'es', state: 'hidden', fallback: [] },
          ],
        },
      },
    })
    await newsroom.load({ briefing: briefing('english-only') })
    expect(find(await newsroom.text('/en/translations'), 'table')).toEqual([])
    expect((await newsroom.get(path)).status).toBe(404)
  })
})

describe('the index', () => {
  test('offers the standings that the language can have, and shows which is chosen', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load(...content)
    const choice = part(await newsroom.text('/es/?standing=outdated'), '<select name="standing"', '</select>')
    expect(attributesOf(choice, 'option', 'value')).toEqual(['', ...standings.filter((each) => each !== 'neighbour')])
    expect(find(choice, 'option').filter(({ attributes }) => attributes.has('selected'))[0]?.text).toBe('Desactualizada')
    const catalan = part(await newsroom.text('/ca/'), '<select name="standing"', '</select>')
    expect(attributesOf(catalan, 'option', 'value')).toContain('neighbour')
  })

  test('goes through all briefings of one standing, page by page, and narrows them further', async () => {
    const newsroom = await openNewsroom()
    const untranslated = Array.from({ length: 23 }, (_, index) => ({
      briefing: briefing(`b-${index}`, { impact: index < 3 ? 'low' : 'high' }),
    }))
    await newsroom.load(translated('whole'), ...untranslated)
    const first = await newsroom.text('/es/?standing=not-yet')
    const [next = ''] = attributesOf(first, 'a', 'href', { rel: 'next' })
    const found = [...slugsOn(first), ...slugsOn(await newsroom.text(next))]
    expect(found).toHaveLength(23)
    expect(new Set(found)).toEqual(new Set(untranslated.map((each) => each.briefing.slug)))
    expect(slugsOn(await newsroom.text('/es/?standing=not-yet&impact=low'))).toEqual(new Set(['b-0', 'b-1', 'b-2']))
    const program = await newsroom.deploy() // It keeps no card yet.
    newsroom.forget()
    await program.get('/es/?standing=not-yet&impact=low')
    expect(newsroom.queries).toHaveLength(2)
  })
})

test('every page leads to where its language stands', async () => {
  const newsroom = await openNewsroom()
  await newsroom.load(...content)
  for (const page of ['/es/', '/es/confidence', path, '/es/briefings/whole', '/es/briefings/english-only', '/es/nothing']) {
    const foot = part(await newsroom.text(page), '<footer', '</footer>')
    expect(attributesOf(foot, 'a', 'href')).toContain(path)
  }
})
