import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { hashOf } from '../../src/briefings/hash'
import type { Content } from '../../src/newsroom/content-files'
import { Refusal } from '../../src/problem'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { encode, filesOf, type Newsroom, openNewsroom } from '../support/newsroom'

/** How many rows each table has and the hash of them, so that nothing can have changed where this is equal. */
async function everythingIn({ database: { query } }: Newsroom) {
  const tables = [
    'briefing',
    'former_slug',
    'source_revision',
    'translation',
    'translation_revision',
    'print',
    'edition',
    'resolution',
    'facet',
    'moved',
  ] as const
  const rows = tables.map(async (table) => {
    const all = await query.selectFrom(table).selectAll().execute()
    return [table, `${all.length} rows, ${await hashOf(JSON.stringify(all))}`] as const
  })
  return Object.fromEntries(await Promise.all(rows))
}

/** Loads this and returns the lines that the one who loaded it reads. */
async function problemsOf(newsroom: Newsroom, content: Content): Promise<readonly string[]> {
  const before = await everythingIn(newsroom)
  const error = await newsroom.loadFiles(content).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(await everythingIn(newsroom)).toEqual(before)
  if (error instanceof Refusal) return error.message.split('\n')
  throw error ?? new Error('Nothing was refused.')
}

const one = aBriefing({ id: 'one', slug: 'one' })
const two = aBriefing({ id: 'two', slug: 'two' })
const three = aBriefing({ id: 'three', slug: 'three' })

/** The files of a briefing and its Spanish translation, as changed. */
const withTranslation = (changes: Partial<LocaleFile>, briefing: BriefingFile = one): Content =>
  filesOf([{ briefing, translations: [{ ...aTranslation(briefing, 'es'), ...changes }] }])

describe('loading the same files again', () => {
  test('changes nothing, not even the number of the print', async () => {
    const newsroom = await openNewsroom()
    const content = [{ briefing: one, translations: [aTranslation(one, 'es'), aTranslation(one, 'ar')] }, { briefing: two }]
    expect((await newsroom.load(...content)).map(({ outcome }) => outcome)).toEqual(['new', 'new'])
    const before = await everythingIn(newsroom)
    newsroom.clock.now = '2026-02-01T00:00:00Z'
    expect((await newsroom.load(...content)).map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged'])
    expect(await everythingIn(newsroom)).toEqual(before)
  })

  test('in another order of keys, former addresses or translations is the same', async () => {
    const newsroom = await openNewsroom()
    const briefing = { ...one, formerSlugs: ['b-old', 'a-old'] }
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ar')] })
    const { title, ...rest } = { ...briefing, formerSlugs: ['a-old', 'b-old'] }
    const reordered = aTranslation(briefing, 'es')
    const segments = Object.fromEntries(Object.entries(reordered.segments).reverse())
    const receipts = await newsroom.load({
      briefing: { ...rest, title },
      translations: [aTranslation(briefing, 'ar'), { ...reordered, segments }],
    })
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['unchanged'])
  })

  test('with another word on who translated reaches readers, though no text has changed', async () => {
    const newsroom = await openNewsroom()
    const said = { provenance: 'human' as const, credits: ['Ada Traductrice'] }
    await newsroom.load({ briefing: one, translations: [aTranslation(one, 'es', said)] })
    const { t } = newsroom.site.speak('es')
    const before = await newsroom.text('/es/briefings/one')
    expect([before.includes('Ada Traductrice'), before.includes(t('notice.machine'))]).toEqual([true, false])
    const [receipt] = await newsroom.load({
      briefing: one,
      translations: [aTranslation(one, 'es', { provenance: 'machine', credits: [] })],
    })
    expect(receipt).toMatchObject({ outcome: 'changed', behind: [] })
    const after = await newsroom.text('/es/briefings/one')
    expect([after.includes('Ada Traductrice'), after.includes(t('notice.machine'))]).toEqual([false, true])
  })

  test('tells truly whether readers can see each briefing', async () => {
    const newsroom = await openNewsroom()
    const content = [
      { briefing: one },
      { briefing: { ...two, state: 'draft' as const } },
      { briefing: { ...three, confidence: 0.05 } },
      { briefing: aBriefing({ publishedAt: '2027-01-01T00:00:00Z' }) },
    ]
    for (const outcome of ['new', 'unchanged']) {
      const receipts = await newsroom.load(...content)
      expect(receipts.map((each) => [each.outcome, each.isPublic])).toEqual(
        [true, false, false, false].map((isPublic) => [outcome, isPublic]),
      )
    }
  })

  test('keeps every revision, and adds those that are new', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: one, translations: [aTranslation(one, 'es')] })
    const next = revised(one, 'minor', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'Another title' }))
    await newsroom.load({ briefing: next, translations: [aTranslation(next, 'es')] })
    const { query } = newsroom.database
    const sources = await query.selectFrom('source_revision').select(['revision', 'document']).orderBy('revision').execute()
    expect(sources.map(({ document }) => (JSON.parse(document) as BriefingFile).title)).toEqual([
      'The harbour closes for a month',
      'Another title',
    ])
    const translations = await query
      .selectFrom('translation_revision')
      .select(['revision', 'segments'])
      .orderBy('revision')
      .execute()
    expect(translations.map(({ segments }) => (JSON.parse(segments) as { title: { text: string } }).title.text)).toEqual([
      'es: The harbour closes for a month',
      'es: Another title',
    ])
  })
})

describe('where anything in any file is wrong, nothing is changed and each problem is named by its file and place', () => {
  test('one bad briefing of three', async () => {
    const newsroom = await openNewsroom()
    const bad = { ...two, confidence: 'high', title: '' } as unknown as BriefingFile
    expect(await problemsOf(newsroom, filesOf([{ briefing: one }, { briefing: bad }, { briefing: three }]))).toEqual([
      'db/briefings/two.json: confidence: This must be a number from 0 to 1.',
      'db/briefings/two.json: title: This is empty. Enter some text.',
    ])
    expect((await newsroom.get('/en/briefings/one')).status).toBe(404)
  })

  test('one bad translation of three, and all its problems at once', async () => {
    const newsroom = await openNewsroom()
    const bad = { ...aTranslation(one, 'fr'), sourceRevision: 2, source: 'de', segments: { nonsense: 'x' } }
    const content = filesOf([{ briefing: one, translations: [aTranslation(one, 'es'), bad, aTranslation(one, 'ar')] }])
    expect(await problemsOf(newsroom, content)).toEqual([
      'locales/fr/briefings/one.json: source: This must be en.',
      'locales/fr/briefings/one.json: sourceRevision: This must be 1 or less.',
      'locales/fr/briefings/one.json: segments.nonsense: This briefing has no segment with this id. Correct or remove it.',
    ])
  })

  test('on top of what was there before', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: one, translations: [aTranslation(one, 'es')] })
    const bad = { ...two, regions: ['Europe'] }
    const lines = await problemsOf(newsroom, filesOf([{ briefing: { ...one, state: 'draft' } }, { briefing: bad }]))
    expect(lines).toEqual(['db/briefings/two.json: regions.0: This must be a CLDR region code such as FR, EU or 001.'])
    expect((await newsroom.get('/es/briefings/one')).status).toBe(200)
  })

  test.each([
    [
      'a segment that there is not',
      { segments: { 'body.elsewhere': 'x' } },
      'segments.body.elsewhere: This briefing has no segment with this id. Correct or remove it.',
    ],
    [
      'a segment named like a method',
      { segments: { toString: 'x' } },
      'segments.toString: This briefing has no segment with this id. Correct or remove it.',
    ],
    ['a language that is not its folder’s', { locale: 'fr' }, 'locale: This must be es, the name of the file’s folder.'],
    ['a revision that there is not yet', { sourceRevision: 2 }, 'sourceRevision: This must be 1 or less.'],
    ['another source', { source: 'fr' }, 'source: This must be en.'],
    ['a state that there is not', { state: 'public' as 'draft' }, 'state: This must be draft, in-review, approved or withdrawn.'],
    [
      'a provenance that there is not',
      { provenance: 'oracle' as 'human' },
      'provenance: This must be human, machine or machine-reviewed.',
    ],
    ['a key that there is not', { note: 'x' } as object, ': “note” is not allowed here. Remove it.'],
    [
      'a text that reorders the line',
      { segments: { title: 'a\u202eb' } },
      'segments.title: The text contains an invisible character that reorders text. Retype it.',
    ],
  ])('a translation with %s', async (_name, changes, problem) => {
    const newsroom = await openNewsroom()
    const content = withTranslation(changes)
    const path = 'locales/es/briefings/one.json'
    const lines = await problemsOf(newsroom, {
      ...content,
      translations: content.translations.map(({ bytes }) => ({ path, bytes })),
    })
    expect(lines).toContain(`${path}:${problem.startsWith(':') ? problem.slice(1) : ` ${problem}`}`)
  })

  test.each([
    ['en', 'This site is not translated into en.'],
    ['sv', 'This site is not translated into sv.'],
    ['ES', 'This must be ES, the name of the file’s folder.'],
    ['zh-CN', 'This site is not translated into zh-CN.'],
    ['../es', 'This site is not translated into ../es.'],
  ])('a translation into %s', async (locale, problem) => {
    const newsroom = await openNewsroom()
    const lines = await problemsOf(newsroom, filesOf([{ briefing: one, translations: [aTranslation(one, locale)] }]))
    expect(lines).toContain(
      `locales/${locale}/briefings/one.json: locale: ${problem.startsWith('is') ? `${locale} ` : ''}${problem}`,
    )
  })

  test('a translation of a briefing that there is not', async () => {
    const newsroom = await openNewsroom()
    const { translations } = filesOf([{ briefing: two, translations: [aTranslation(two, 'es')] }])
    expect(await problemsOf(newsroom, { ...filesOf([{ briefing: one }]), translations })).toEqual([
      'locales/es/briefings/two.json: There is no briefing for this translation. Check the name of the file.',
    ])
  })

  test.each([
    ['an id', { id: 'one' }, 'db/briefings/one.json already uses the id one. Choose another.'],
    ['an address', { formerSlugs: ['one'] }, 'db/briefings/one.json already uses the slug one. Choose another.'],
    ['a former address', { formerSlugs: ['one-old'] }, 'db/briefings/one.json already uses the slug one-old. Choose another.'],
    [
      'an address that was another’s',
      { slug: 'one-old' },
      'db/briefings/one.json already uses the slug one-old. Choose another.',
    ],
  ])('two briefings that claim %s', async (_name, changes, problem) => {
    const newsroom = await openNewsroom()
    const second = { ...two, ...changes }
    const lines = await problemsOf(newsroom, filesOf([{ briefing: { ...one, formerSlugs: ['one-old'] } }, { briefing: second }]))
    expect(lines).toEqual([`db/briefings/${second.slug}.json: ${problem}`])
  })

  test('a briefing that claims the address of one that is in the store alone', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: { ...one, formerSlugs: ['one-old'] } })
    const lines = await problemsOf(
      newsroom,
      filesOf([{ briefing: three }, { briefing: { ...two, slug: 'one', formerSlugs: ['one-old'] } }]),
    )
    expect(lines).toEqual([
      'db/briefings/one.json: slug: Briefing one in the database already has the slug one. Choose another.',
      'db/briefings/one.json: formerSlugs: Briefing one in the database already has the slug one-old. Choose another.',
    ])
  })

  test('a file that is not named as its briefing', async () => {
    const newsroom = await openNewsroom()
    const lines = await problemsOf(newsroom, {
      briefings: [{ path: 'db/briefings/other.json', bytes: encode(one) }],
      translations: [],
      images: [one.image.file],
    })
    expect(lines).toEqual(['db/briefings/other.json: slug: The file must be named one.json. Rename it.'])
  })

  test('a picture that there is not', async () => {
    const newsroom = await openNewsroom()
    expect(await problemsOf(newsroom, { ...filesOf([{ briefing: one }]), images: [] })).toEqual([
      `db/briefings/one.json: image.file: There is no file db/images/${one.image.file}. Add the image or name another.`,
    ])
  })

  test.each(['../../etc/passwd.svg', 'picture.html', 'https://evil.example/x.svg', 'a/b.svg'])(
    'a picture at %s',
    async (file) => {
      const newsroom = await openNewsroom()
      const briefing = { ...one, image: { ...one.image, file } }
      expect(await problemsOf(newsroom, filesOf([{ briefing }]))).toEqual([
        'db/briefings/one.json: image.file: This must be the name of a file in db/images.',
      ])
    },
  )

  test.each(['wаter', 'Water', 'water--gate', '-water', 'wa/ter', 'water.json', '__proto__', 'w'.repeat(61)])(
    'the address %s',
    async (slug) => {
      const newsroom = await openNewsroom()
      const lines = await problemsOf(newsroom, filesOf([{ briefing: { ...one, slug } }]))
      expect(lines[0]).toMatch(/: slug: /)
    },
  )

  test.each(['javascript:alert(1)', 'ftp://a.example/', '//a.example', 'https://', 'https://a b.example/', 'file:///etc/passwd'])(
    'a source at %s',
    async (url) => {
      const newsroom = await openNewsroom()
      const [source] = one.sources
      if (!source) throw new Error('The briefing has no sources.')
      const lines = await problemsOf(newsroom, filesOf([{ briefing: { ...one, sources: [{ ...source, url }] } }]))
      expect(lines).toEqual(['db/briefings/one.json: sources.0.url: This must be an address that begins with http or https.'])
    },
  )
})

describe('what was saved once stays as it was saved', () => {
  const next = revised(one, 'material', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'Another title' }))
  const again = 'Never change a revision. Add a new one.'
  const undo = 'A revision never changes. Undo this, or add a revision.'

  test('a text changed without a revision is refused', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: one })
    expect(await problemsOf(newsroom, filesOf([{ briefing: { ...one, title: 'Another title' } }]))).toEqual([
      `db/briefings/one.json: revisions: In revision 1, title says “${one.title}” in the database and “Another title” in this file. ${undo}`,
    ])
  })

  test('a past revision changed is refused', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: next })
    const [first, second] = next.revisions
    if (!first || !second) throw new Error('There are two revisions.')
    const rewritten = { ...next, revisions: [first, { ...second, replaced: { title: 'As if it had been so' } }] }
    expect(await problemsOf(newsroom, filesOf([{ briefing: rewritten }]))).toEqual([
      `db/briefings/one.json: revisions.1.replaced.title: In revision 1, title says “${one.title}” in the database and “As if it had been so” in this file. ${undo}`,
    ])
  })

  test('a past change called less than it was is refused', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: next, translations: [aTranslation(next, 'es', { sourceRevision: 1 })] })
    const revisions = next.revisions.map((each) => ({ ...each, significance: 'typo' as const }))
    expect((await problemsOf(newsroom, filesOf([{ briefing: { ...next, revisions } }])))[0]).toContain(again)
  })

  test('a past change of one segment called less than it was is refused', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: next })
    const revisions = next.revisions.map((each, index) =>
      index === 1 ? { ...each, significances: { title: 'typo' as const } } : each,
    )
    expect((await problemsOf(newsroom, filesOf([{ briefing: { ...next, revisions } }])))[0]).toContain(again)
  })

  test('a change of one segment may be called more or less than its revision, and only of one that the revision replaced', async () => {
    const newsroom = await openNewsroom()
    const { t } = newsroom.site.speak('es')
    const said = (significances: Record<string, 'typo' | 'minor' | 'material'>) => ({
      ...next,
      revisions: next.revisions.map((each, index) => (index === 1 ? { ...each, significances } : each)),
    })
    await newsroom.load({ briefing: said({ title: 'typo' }), translations: [aTranslation(next, 'es', { sourceRevision: 1 })] })
    expect(await newsroom.text(`/es/briefings/${next.slug}`)).not.toContain(t('notice.outdated'))
    expect(await problemsOf(await openNewsroom(), filesOf([{ briefing: said({ summary: 'typo' }) }]))).toEqual([
      'db/briefings/one.json: revisions.1.significances.summary: This revision did not replace this segment. Remove the segment from this list.',
    ])
  })

  test.each([
    ['confidence', { confidence: 0.9 }],
    ['impact', { impact: 'low' as const }],
    ['access to a section', { sections: one.sections.map((each) => ({ ...each, access: 'public' as const })) }],
    ['a source’s address', { sources: one.sources.map((each) => ({ ...each, url: 'https://other.example/' })) }],
  ])('facts changed without a revision are refused: %s', async (_name, changes) => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: one })
    expect((await problemsOf(newsroom, filesOf([{ briefing: { ...one, ...changes } }])))[0]).toContain(again)
  })

  test('facts changed with a revision are taken', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: one })
    const surer = revised(one, 'minor', '2025-04-01T00:00:00Z', (each) => ({ ...each, confidence: 0.95 }))
    expect((await newsroom.load({ briefing: surer }))[0]?.outcome).toBe('changed')
  })

  test('an older file than the store has is refused', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: next })
    expect(await problemsOf(newsroom, filesOf([{ briefing: one }]))).toEqual([
      'db/briefings/one.json: revisions: The database is at revision 2, this file at 1. Bring the file up to date.',
    ])
  })

  test('a revision that says it was saved in the future is refused', async () => {
    const newsroom = await openNewsroom({ now: '2025-04-01T00:00:00Z' })
    const early = revised(one, 'minor', '2025-04-01T00:00:01Z', (each) => ({ ...each, title: 'Another title' }))
    expect(await problemsOf(newsroom, filesOf([{ briefing: early }]))).toEqual([
      'db/briefings/one.json: revisions.1.savedAt: This time is in the future. Use the time when the revision was saved.',
    ])
  })
})

describe('a file that is not what it seems', () => {
  const file = (text: string | Uint8Array): Content => ({
    briefings: [{ path: 'db/briefings/one.json', bytes: typeof text === 'string' ? encode(text) : text }],
    translations: [],
    images: [one.image.file],
  })
  const json = JSON.stringify(one)

  test.each([
    ['invalid UTF-8', new Uint8Array([...encode(json.slice(0, -1)), 0xff, 0xfe, 0x7d]), 'is not in UTF-8'],
    ['UTF-16', new Uint8Array(new Uint16Array([...json].map((each) => each.charCodeAt(0))).buffer), 'is not in UTF-8'],
    ['nothing', '', 'is not valid JSON'],
    ['half of it', json.slice(0, 500), 'is not valid JSON'],
    ['more than it may be', ' '.repeat(2_000_001), 'is larger than 2,000,000 bytes'],
    ['a number too large', json.replace('0.82', '1e400'), 'confidence'],
    ['a list', '[]', 'This must be an object'],
    ['null', 'null', 'This must be an object'],
    ['depth without end', '['.repeat(200_000), 'is '],
    ['a key __proto__', json.replace('"image":{', '"image":{"__proto__":{"file":"x"},'), '“__proto__”'],
    ['a key __proto__ in disguise', json.replace('"image":{', '"image":{"\\u005f_proto__":{"file":"x"},'), '“__proto__”'],
    ['a key constructor', json.replace('"reasons":{', '"reasons":{"constructor":{"prototype":{}},'), '“constructor”'],
    ['a key written twice', json.replace('"title":', '"title":"Another","title":'), 'twice'],
    [
      'half of a character',
      json.replace('The harbour closes', 'The harbour \\ud800'),
      'title: The text contains half a character',
    ],
    [
      'a zero byte',
      json.replace('The harbour closes', 'The harbour \\u0000'),
      'title: The text contains a control character. Retype it.',
    ],
  ])('is refused with a sentence that says what it is: %s', async (_name, content, problem) => {
    const newsroom = await openNewsroom()
    const lines = await problemsOf(newsroom, file(content))
    expect(lines.join('\n')).toContain(problem)
    expect(lines[0]).toMatch(/^db\/briefings\/one\.json: /)
    expect(({} as Record<string, unknown>)['file']).toBeUndefined()
  })

  test.each(['__proto__', '\\u005f_proto__', 'constructor', 'prototype'])(
    'a translation with the segment %s is refused',
    async (key) => {
      const newsroom = await openNewsroom()
      const content = withTranslation({})
      const text = new TextDecoder().decode(content.translations[0]?.bytes).replace('"segments":{', `"segments":{"${key}":"x",`)
      const lines = await problemsOf(newsroom, {
        ...content,
        translations: [{ path: 'locales/es/briefings/one.json', bytes: encode(text) }],
      })
      expect(lines[0]).toMatch(/^locales\/es\/briefings\/one\.json: .*(proto|constructor)/)
    },
  )
})
