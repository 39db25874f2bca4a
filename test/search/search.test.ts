import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { openLocales } from '../../src/language/locale'
import { aBriefing, aTranslation } from '../support/briefings'
import { attributesOf, find, part, shown } from '../support/html'
import { signedIn } from '../support/members'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'
import { tiers } from '../support/tiers'

interface Answer {
  readonly results: readonly {
    readonly slug: string
    readonly served: string
    readonly native: boolean
    readonly title: { readonly lang: string; readonly pieces: readonly { text: string; isMatch: boolean }[] }
    readonly excerpt: { readonly lang: string; readonly pieces: readonly { text: string; isMatch: boolean }[] }
  }[]
  readonly next: string | null
  readonly suggestion: string | null
}

const searchFor = (typed: string, more: Record<string, string> = {}) =>
  `search.json?${new URLSearchParams({ q: typed, ...more })}`

async function found(
  newsroom: Newsroom,
  locale: string,
  typed: string,
  more: Record<string, string> = {},
  cookie = '',
): Promise<Answer> {
  const response = await newsroom.get(`/${locale}/${searchFor(typed, more)}`, cookie === '' ? {} : { Cookie: cookie })
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}

const slugs = ({ results }: Answer) => results.map(({ slug }) => slug)

const named = (slug: string, changes: Parameters<typeof aBriefing>[0] = {}) => aBriefing({ id: slug, slug, ...changes })
const body = (text: string) => [{ id: 'closure', heading: 'Heading', text }]

describe('what is found', () => {
  let newsroom: Newsroom
  const inTitle = named('in-title', { title: 'Tariffs on copper', publishedAt: '2024-01-01T00:00:00Z' })
  const inSummary = named('in-summary', { summary: 'A word on tariffs, and copper.', publishedAt: '2024-02-01T00:00:00Z' })
  const inBody = named('in-body', {
    body: body('Copper is hit by **tariffs** of [the port](https://p.example/zebra).'),
    publishedAt: '2024-04-01T00:00:00Z',
  })
  const inBodyBefore = named('in-body-before', {
    body: body('Tariffs and copper & \\<b>tin\\</b>.'),
    publishedAt: '2024-03-01T00:00:00Z',
    category: 'product',
    regions: ['DE'],
  })
  beforeAll(async () => {
    newsroom = await openNewsroom()
    await newsroom.load(
      { briefing: inTitle },
      {
        briefing: inSummary,
        translations: [
          aTranslation(inSummary, 'es', { segments: { title: 'Los aranceles', summary: 'El copper y los tariffs.' } }),
        ],
      },
      { briefing: inBody },
      { briefing: inBodyBefore, translations: [aTranslation(inBodyBefore, 'fr')] },
    )
  })

  test('is told by the title first, then the summary, then the rest, and within each the newest first', async () => {
    expect(slugs(await found(newsroom, 'en', 'tariff copper'))).toEqual(['in-title', 'in-summary', 'in-body', 'in-body-before'])
  })

  test('is in the reader’s language first, each briefing once, and the English is labelled and marked as such', async () => {
    const answer = await found(newsroom, 'es', 'tariffs')
    expect(slugs(answer)).toEqual(['in-summary', 'in-title', 'in-body', 'in-body-before'])
    expect(answer.results.map(({ native, served }) => [native, served])).toEqual([
      [true, 'es'],
      [false, 'en'],
      [false, 'en'],
      [false, 'en'],
    ])
    const page = await newsroom.text('/es/search?q=tariffs')
    const label = newsroom.site.speak('es').t('card.in-source-language')
    expect(shown(part(page, 'aria-labelledby="native"', '</section>'))).not.toContain(label)
    expect(part(page, 'aria-labelledby="elsewhere"', '</section>').split(label)).toHaveLength(4)
    expect(find(part(page, 'aria-labelledby="elsewhere"', '</section>'), 'a', { lang: 'en', dir: 'ltr' })).toHaveLength(3)
  })

  test('in a neighbour’s language is found by its words', async () => {
    expect(slugs(await found(newsroom, 'ca', 'aranceles'))).toEqual(['in-summary'])
  })

  test('is marked in text that stays text', async () => {
    const page = await newsroom.text('/en/search?q=tin')
    expect(page).toContain('Tariffs and copper &amp; &lt;b&gt;<mark>tin</mark>&lt;/b&gt;.')
    expect((await found(newsroom, 'en', 'copper tariffs port')).results[0]?.excerpt.pieces.map(({ text }) => text).join('')).toBe(
      'Copper is hit by tariffs of the port.',
    )
  })

  test('is not what only an address says', async () => {
    expect(slugs(await found(newsroom, 'en', 'zebra'))).toEqual([])
  })

  test.each([
    [{ category: 'product' }, ['in-body-before']],
    [{ region: 'DE' }, ['in-body-before']],
    [{ region: 'FR' }, ['in-title', 'in-summary', 'in-body']],
    [{ category: 'infrastructure', region: 'DE' }, []],
    [{ standing: 'current' }, ['in-body-before']],
    [{ only: 'fr' }, ['in-body-before']],
  ])('narrowed by %j is what fits', async (filter, expected) => {
    expect(slugs(await found(newsroom, 'fr', '"tariffs" -aranceles', filter)).toSorted()).toEqual(expected.toSorted())
  })

  test('can be told by a phrase, and without what has a word or a phrase', async () => {
    expect(slugs(await found(newsroom, 'en', '"tariffs and copper"'))).toEqual(['in-summary', 'in-body-before'])
    expect(slugs(await found(newsroom, 'en', '"copper and tariffs"'))).toEqual([])
    expect(slugs(await found(newsroom, 'en', 'tariffs -tin'))).toEqual(['in-title', 'in-summary', 'in-body'])
    expect(slugs(await found(newsroom, 'en', 'tariffs -"on copper" -"hit by"'))).toEqual(['in-summary', 'in-body-before'])
  })

  test('a phrase does not run from one paragraph into the next', async () => {
    expect(slugs(await found(newsroom, 'en', '"Heading copper"'))).toEqual([])
  })

  test('costs three statements, and eight at most if nothing is found and words are corrected', async () => {
    for (const [query, most] of [
      ['tariffs', 3],
      ['tariffs%20copper%20a%20b%20c%20d%20e%20f%20g%20h', 8],
      ['', 1],
      ['-tin', 1],
      ['tarifs%20coppre', 8],
      ['tarifs%20qqqqqq', 6],
    ] as const) {
      newsroom.forget()
      expect((await newsroom.get(`/es/search?q=${query}`)).status).toBe(200)
      expect(newsroom.queries.length, query).toBeLessThanOrEqual(most)
    }
  })
})

describe('the index', () => {
  test('is not English where the reader has it in their language and it says otherwise there', async () => {
    const briefing = named('said-otherwise', { title: 'A quokka' })
    const fresh = await openNewsroom()
    await fresh.load({ briefing, translations: [aTranslation(briefing, 'es', { segments: { title: 'Un animal' } })] })
    expect(slugs(await found(fresh, 'es', 'quokka'))).toEqual([])
    expect(slugs(await found(fresh, 'fr', 'quokka'))).toEqual(['said-otherwise'])
  })

  test('goes with what is withdrawn, and comes with what is published', async () => {
    const fresh = await openNewsroom()
    await fresh.load({ briefing: named('volatile', { title: 'A quokka' }) })
    expect(slugs(await found(fresh, 'en', 'quokka'))).toEqual(['volatile'])
    await fresh.takeBack('volatile')
    expect(slugs(await found(fresh, 'en', 'quokka'))).toEqual([])
    for (const table of ['search_entry', 'search_text'] as const) {
      expect(
        await fresh.database.query
          .selectFrom(table)
          .select('rowid' as never)
          .execute(),
      ).toEqual([])
    }
  })

  test('has what is printed at once, also where the same was just searched for', async () => {
    const fresh = await openNewsroom()
    for (const slug of ['one', 'other']) await fresh.load({ briefing: named(slug, { title: 'A quokka' }) })
    const before = await fresh.text('/en/search?q=quokka')
    fresh.forget()
    expect(await fresh.text('/en/search?q=quokka')).toBe(before)
    expect(fresh.queries).toHaveLength(1)
    await fresh.load({ briefing: named('third', { title: 'A quokka' }) })
    const after = await fresh.text('/en/search?q=quokka')
    expect(after).toContain('/en/briefings/third')
    expect(before).not.toContain('/en/briefings/third')
  })

  test('is what was printed before there was an index, after the first printing of a new deployment', async () => {
    const fresh = await openNewsroom()
    await fresh.load({ briefing: named('before', { title: 'A quokka' }) })
    await fresh.database.atomically([
      fresh.database.query.deleteFrom('search_text'),
      fresh.database.query.deleteFrom('search_entry'),
      fresh.database.query.updateTable('edition').set({ fingerprint: 'of the program before' }),
    ])
    expect(slugs(await found(fresh, 'en', 'quokka'))).toEqual([])
    await fresh.printWaiting()
    expect(slugs(await found(fresh, 'en', 'quokka'))).toEqual(['before'])
  })

  test('of words as the program before kept them is found as before, and by the new rules once it is printed again', async () => {
    const fresh = await openNewsroom()
    const briefing = named('before', { title: 'A quokka' })
    await fresh.load({ briefing, translations: [aTranslation(briefing, 'fr', { segments: { title: 'Rachat de l’éditeur' } })] })
    const { query } = fresh.database
    const { id } = await query.selectFrom('search_entry').select('id').where('locale', '=', 'fr').executeTakeFirstOrThrow()
    await fresh.database.atomically([
      query.deleteFrom('search_text').where('rowid', '=', sql<number>`${id}`),
      query.insertInto('search_text').values({
        rowid: sql<number>`${id}`,
        words: 'native=fr fr/t.rachat fr/t.de fr/t.l fr/t.editeur | fr/t~rach fr/t~de fr/t~l fr/t~edite',
      }),
      query.updateTable('search_entry').set({ fingerprint: '' }), // As a program leaves it that knows none.
    ])
    expect(slugs(await found(fresh, 'fr', 'l’éditeur'))).toEqual(['before'])
    expect(slugs(await found(fresh, 'fr', '"rachat de l’éditeur"'))).toEqual([])
    await fresh.printWaiting()
    expect(slugs(await found(fresh, 'fr', '"rachat de l’éditeur"'))).toEqual(['before'])
  })
})

describe('the pages of results', () => {
  test('show each briefing once, in one order, and lead on and back', async () => {
    const newsroom = await openNewsroom()
    const many = Array.from({ length: 33 }, (_, at) =>
      named(`b${String(at).padStart(2, '0')}`, {
        publishedAt: `2024-01-${String(1 + (at % 9)).padStart(2, '0')}T00:00:00Z`,
        ...(at % 5 === 0
          ? { title: 'Wombat' }
          : at % 5 === 1
            ? { summary: 'A wombat.' }
            : { watch: [{ id: 'w', text: 'The wombats' }] }),
      }),
    )
    await newsroom.load(...many.map((briefing, at) => ({ briefing, translations: at % 2 ? [aTranslation(briefing, 'es')] : [] })))
    const seen: string[] = []
    const sizes: number[] = []
    for (let next: string | null = '/es/search.json?q=wombat&category=infrastructure'; next !== null && sizes.length < 9; ) {
      const answer = (await (await newsroom.get(next.replace(newsroom.origin, ''))).json()) as Answer
      seen.push(...slugs(answer))
      sizes.push(answer.results.length)
      next = answer.next
    }
    expect(sizes).toEqual([10, 10, 10, 3])
    const classOf = (slug: string) => {
      const at = many.findIndex((each) => each.slug === slug)
      return [at % 2 ? 0 : 1, at % 5 === 0 ? 0 : at % 5 === 1 ? 1 : 2, 99 - (at % 9)]
        .map((n) => String(n).padStart(2, '0'))
        .join()
    }
    expect(new Set(seen).size).toBe(33)
    expect(seen.map(classOf)).toEqual(seen.map(classOf).toSorted())
    const second = attributesOf(await newsroom.text('/es/search?q=wombat'), 'a', 'href', { rel: 'next' })[0] ?? ''
    expect(attributesOf(await newsroom.text(second), 'a', 'href')).toContain('/es/search?q=wombat')
  })

  test.each([
    'after=1',
    'after=2~title~5',
    'after=1~titel~5',
    'after=1~title~99999999999999999',
    'category=weather',
    'region=%00',
  ])('answer 400 to what is no filter and no page: %s', async (query) => {
    const newsroom = await openNewsroom()
    expect((await newsroom.get(`/es/search?q=x&${query}`)).status).toBe(400)
  })
})

describe('whatever is typed', () => {
  test('is answered, on both databases, and never by a fault', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'ar'), aTranslation(briefing, 'ja')] })
    const operators = fc.constantFrom(
      '"',
      ' AND ',
      ' OR ',
      ' NOT ',
      'NEAR(',
      ')',
      '(',
      '*',
      '^',
      ':',
      '{',
      '}',
      '-',
      '+',
      '.',
      '~',
      '/',
      '|',
      '\\',
      "'",
      ';',
      '\0',
      '\uD800',
      '😀',
      'en/0.canary',
      'title:',
      '字',
      'ー',
    )
    const typed = fc.oneof(
      fc
        .array(fc.oneof(operators, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 20 })
        .map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 300 }),
    )
    await fc.assert(
      fc.asyncProperty(typed, fc.constantFrom('en', 'ar', 'ja', 'de'), async (text, locale) => {
        const response = await newsroom.get(`/${locale}/search?${new URLSearchParams({ q: text })}`)
        expect(response.status).toBe(200)
        await response.text()
      }),
      { numRuns: rounds(200) },
    )
    expect(newsroom.logged).toEqual([])
  })

  test.each([['a'.repeat(100_000)], ['"'.repeat(100_000)], ['a b '.repeat(25_000)], ['字'.repeat(20_000)], ['-'.repeat(5000)]])(
    'is bounded, however long',
    async (text) => {
      const newsroom = await openNewsroom()
      await newsroom.load({ briefing: aBriefing() })
      expect((await newsroom.get(`/ja/search?${new URLSearchParams({ q: text })}`)).status).toBe(200)
    },
  )

  test('is bounded for those who may read the most, too', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    const reader = await signedIn(newsroom, 'reader@example.org')
    await newsroom.database.query.updateTable('person').set({ tier_id: 'alliance' }).execute()
    const words = Array.from('abcdefgh', (letter) => letter.repeat(24)).join(' ')
    for (const typed of [
      words,
      `${words.slice(0, 100)} -${words.slice(100)}`,
      '字'.repeat(200),
      Array.from('猫犬鳥魚馬牛羊虎').join(' '),
      Array.from('אבגדזחטי', (letter) => `ה${letter.repeat(14)}`).join(' '),
      '가나'.repeat(100),
    ]) {
      expect(await found(newsroom, 'ca', typed, {}, reader.cookie)).toMatchObject({ results: [] })
    }
  })

  test('half-encoded and repeated parameters are text too', async () => {
    const newsroom = await openNewsroom()
    for (const query of ['q=%', 'q=%ED%A0%80', 'q=%00', 'q=a&q=b', 'q', 'q=%F0%9F']) {
      expect((await newsroom.get(`/en/search?${query}`)).status, query).toBe(200)
    }
  })
})

describe('members’ words', () => {
  async function newsroomWithCanaries() {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({
      briefing,
      translations: [
        aTranslation(briefing, 'es', { segments: { 'sections.insurers': 'canario-circle' } }),
        aTranslation(briefing, 'ja', { segments: { 'sections.repairs': '秘密' } }),
      ],
    })
    return newsroom
  }
  const secrets = [
    'canary',
    'canary-circle',
    'canary-alliance',
    '"canary circle"',
    'canari',
    'canry',
    'canrey',
    'insurers expect claims',
    'genoa',
    'Dredgers SA',
    'canario',
    '秘密',
    '秘',
    'dredger sa owns',
  ]

  test('are found by nobody who may not read them: not in results, excerpts, nor suggestions', async () => {
    const newsroom = await newsroomWithCanaries()
    for (const locale of openLocales(newsroom.site.locales)) {
      for (const typed of secrets) {
        const answer = await found(newsroom, locale, typed)
        expect(
          JSON.stringify({ ...answer, query: '', next: '' }).replaceAll(/"(query|slug)":"[^"]*"/g, ''),
          `${locale} ${typed}`,
        ).not.toMatch(/canar|genoa|Dredgers SA|秘密|expect claims/i)
        if (typed !== 'canari') expect(slugs(answer), `${locale} ${typed}`).toEqual([])
      }
    }
  })

  test('are not shown around what everyone may find', async () => {
    const newsroom = await openNewsroom()
    const sections = aBriefing().sections.map((each) => ({ ...each, text: 'canary: the quayside is closed.' }))
    await newsroom.load({ briefing: aBriefing({ title: 'The quayside', sections }) })
    const answer = await found(newsroom, 'en', 'quayside')
    expect(slugs(answer)).toEqual(['harbour-closes'])
    expect(JSON.stringify(answer)).not.toContain('canary')
    expect(await newsroom.text('/en/search?q=quayside')).not.toContain('canary')
  })

  test('decide nothing for them either: what is left out for having a word is not left out for a member’s', async () => {
    const newsroom = await newsroomWithCanaries()
    expect(slugs(await found(newsroom, 'en', 'harbour -canary'))).toEqual(['harbour-closes'])
  })

  test('are found by those who may read them, each tier its own, privately', async () => {
    const newsroom = await newsroomWithCanaries()
    const reader = await signedIn(newsroom, 'reader@example.org')
    const seen: Record<string, readonly boolean[]> = {}
    for (const tier of tiers) {
      const isMember = tier !== 'public'
      if (isMember)
        await newsroom.database.query.updateTable('person').set({ tier_id: tier }).where('id', '=', reader.person.id).execute()
      const finds = async (locale: string, typed: string) =>
        slugs(await found(newsroom, locale, typed, {}, isMember ? reader.cookie : '')).length > 0
      seen[tier] = [
        await finds('en', 'canary-circle'),
        await finds('es', 'canario'),
        await finds('en', 'genoa'),
        await finds('ja', '秘密'),
        await finds('en', 'harbour genoa'),
      ]
    }
    expect(seen).toEqual({
      public: [false, false, false, false, false],
      circle: [true, true, false, false, false],
      alliance: [true, true, true, true, true],
    })
    const { results } = await found(newsroom, 'en', 'genoa', {}, reader.cookie)
    expect(results[0]?.excerpt.pieces.map(({ text }) => text).join('')).toContain('A yard in Genoa has room.')
    expect((await found(newsroom, 'en', 'genoa')).results).toEqual([]) // It was the last thing that was searched for.
  })
})

describe('a search', () => {
  test('is kept by no cache, found by no search engine, and answered in the reader’s language', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    for (const path of ['/ar/search', '/ar/search?q=harbour', '/ar/search.json?q=harbour']) {
      const response = await newsroom.get(path)
      expect(response.headers.get('Cache-Control')).toBe('private, no-store')
      expect(response.headers.get('Content-Language')).toBe('ar')
      expect(response.headers.get('ETag')).toBeNull()
      if (!path.includes('json')) expect(await response.text()).toContain('<meta name="robots" content="noindex"/>')
    }
  })

  test('without words is the form, labelled, which keeps what was typed', async () => {
    const newsroom = await openNewsroom()
    for (const locale of openLocales(newsroom.site.locales)) {
      const page = await newsroom.text(`/${locale}/search`)
      const [input] = find(page, 'input', { type: 'search' })
      expect(attributesOf(page, 'label', 'for')).toContain(input?.attributes.get('id'))
      expect(find(page, 'form', { method: 'get', action: `/${locale}/search` })).toHaveLength(1)
      expect(find(page, 'mark')).toEqual([])
      expect(page).not.toContain('id="nothing"')
    }
    const page = await newsroom.text(`/en/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(find(page, 'input', { type: 'search' })[0]?.attributes.get('value')).toBe('"><script>alert(1)</script>')
    expect(page).not.toContain('<script>alert')
  })

  test('can be begun on the index and from the menu of every page', async () => {
    const newsroom = await openNewsroom()
    const page = await newsroom.text('/pl/')
    expect(find(page, 'form', { action: '/pl/search' })).toHaveLength(1)
    expect(attributesOf(part(page, '<nav class="menu"', '</nav>'), 'a', 'href')).toContain('/pl/search')
  })

  test('that finds nothing says so, and offers what can be done', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    const { t } = newsroom.site.speak('de')
    const page = await newsroom.text('/de/search?q=xylophon&impact=high')
    expect(shown(page)).toContain(t('search.nothing'))
    expect(attributesOf(page, 'a', 'href')).toEqual(expect.arrayContaining(['/de/', '/de/search?q=xylophon']))
  })

  test('for a misspelt word offers the word as texts spell it, in the reader’s language or in English', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({
      briefing,
      translations: [aTranslation(briefing, 'es', { segments: { summary: 'La Comisión está varada.' } })],
    })
    expect((await found(newsroom, 'en', 'harbuor dreger')).suggestion).toBe('harbour dredger')
    expect((await found(newsroom, 'es', 'comsion')).suggestion).toBe('Comisión')
    expect((await found(newsroom, 'de', 'harbuor')).suggestion).toBe('harbour')
    expect((await found(newsroom, 'en', 'harbour')).suggestion).toBeNull()
    expect((await found(newsroom, 'en', 'qqqqqqq')).suggestion).toBeNull()
    const page = await newsroom.text('/en/search?q=harbuor')
    expect(attributesOf(page, 'a', 'href')).toContain('/en/search?q=harbour')
  })

  test('offers a correction only if it finds something for this reader, and spells it as what it finds', async () => {
    const newsroom = await openNewsroom()
    const apart = [
      named('copper', { title: 'Régulateurs of copper', category: 'product' }),
      named('quokkas', { title: 'Quokkas asleep', category: 'infrastructure' }),
    ]
    await newsroom.load(...apart.map((briefing) => ({ briefing })))
    const suggested = async (typed: string, filter: Record<string, string> = {}) =>
      (await found(newsroom, 'en', typed, filter)).suggestion
    for (const [typed, filter, suggestion] of [
      ['coper', {}, 'copper'],
      ['coper reglateurs', {}, 'copper Régulateurs'],
      ['"reglateurs of coper"', {}, '"Régulateurs of copper"'],
      ['coper -qoukkas', {}, 'copper -qoukkas'],
      ['l’coper', {}, 'l’copper'],
      ['coper quokkas', {}, null],
      ['coper qqqqqqq', {}, null],
      ['"coper of regulateurs"', {}, null],
      ['coper', { category: 'product' }, 'copper'],
      ['coper', { category: 'infrastructure' }, null],
    ] as const) {
      expect(await suggested(typed, filter), typed).toBe(suggestion)
      if (suggestion) expect(slugs(await found(newsroom, 'en', suggestion, filter)), suggestion).not.toEqual([])
    }
  })

  test('offers nothing in place of a word that a text has, in any form and any language that is searched', async () => {
    const newsroom = await openNewsroom()
    const briefing = named('tariffs', { title: 'Tariffs of the harbour', summary: 'A summary.' })
    const other = named('quay', { title: 'Copper on the quay' })
    await newsroom.load(
      { briefing, translations: [aTranslation(briefing, 'fr', { segments: { title: 'Les tarifs du port' } })] },
      { briefing: other, translations: [aTranslation(other, 'fr', { segments: { title: 'Du cuivre sur le quai' } })] },
    )
    const suggested = async (locale: string, typed: string) => {
      const answer = await found(newsroom, locale, typed)
      expect(slugs(answer), typed).toEqual([])
      return answer.suggestion
    }
    expect(await suggested('en', 'tariff coppers')).toBeNull()
    expect(await suggested('fr', 'tariffs cuivre')).toBeNull()
    expect(await suggested('en', 'tarrifs copper')).toBeNull()
    expect(await suggested('fr', 'tarfis')).toBe('tarifs')
  })

  test('knows a word among more than are looked at for a correction', async () => {
    const newsroom = await openNewsroom()
    const letters = Array.from('abcdefghijklmnopqrstuvwxy')
    const many = letters.flatMap((one) => letters.flatMap((two) => ['q', 'w'].map((three) => `co${one}${two}${three}x`)))
    await newsroom.load(
      { briefing: named('many', { body: body(`${many.join(' ')} cozzzz`) }) },
      { briefing: named('other', { title: 'A quokka, coazzz' }) },
    )
    expect(await found(newsroom, 'en', 'cozzzz quokka')).toMatchObject({ results: [], suggestion: null })
    expect((await found(newsroom, 'en', 'cozazz quokka')).suggestion).toBe('coazzz quokka')
  })

  test('answers programs with plain values at the same address', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    const asked = await newsroom.get('/en/search?q=harbour', { Accept: 'application/json' })
    expect(asked.headers.get('Content-Type')).toBe('application/json; charset=utf-8')
    expect(asked.headers.get('Vary')).toContain('Accept')
    expect(await asked.json()).toEqual(await (await newsroom.get('/en/search.json?q=harbour')).json())
  })

  test('in a language that is spelled otherwise leads to the right spelling, its words kept', async () => {
    const newsroom = await openNewsroom()
    const response = await newsroom.get('/PT-br/search?q=porto')
    expect([response.status, response.headers.get('Location')]).toEqual([301, '/pt-BR/search?q=porto'])
    expect((await newsroom.get('/xx/search?q=porto')).status).toBe(404)
  })
})
