import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { fileOf, revisionsIn } from '../../src/briefings/revisions'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { aHistory } from '../support/generated'
import { everythingOf, openToPrograms, type Programs } from '../support/programs'

let programs: Programs
let editor: string

beforeEach(async () => {
  programs = await openToPrograms()
  editor = (await programs.issue({ locales: 'all', mayWrite: true, mayEdit: true, mayPublish: true, seesGated: true })).secret
})

interface Sent {
  readonly briefing: BriefingFile
  readonly translations?: readonly LocaleFile[]
}

async function fetchSource(slug: string) {
  const response = await programs.call(`/api/v1/sources/${slug}`, { token: editor })
  expect(response.status).toBe(200)
  return { etag: response.headers.get('ETag') ?? '', value: (await response.json()) as Sent }
}

async function put(sent: Sent, headers: Record<string, string>, query = '', token = editor) {
  const response = await programs.call(`/api/v1/sources/${sent.briefing.slug}${query}`, {
    method: 'PUT',
    body: JSON.stringify(sent),
    headers,
    token,
  })
  return { response, told: (await response.json()) as Readonly<Record<string, unknown>> }
}

const retitled = (briefing: BriefingFile, title: string, savedAt = '2025-03-02T08:00:00Z') =>
  revised(briefing, 'material', savedAt, (each) => ({ ...each, title }))

const isNew = { 'If-None-Match': '*' }
const quay = aBriefing({ id: 'quay', slug: 'quay-reopens', title: 'The quay reopens' })

async function revisions() {
  const { query } = programs.database
  return await query.selectFrom('source_revision').select(['briefing_id', 'revision', 'document']).execute()
}

describe('the English of a briefing', () => {
  test('is fetched as the file that it was loaded from, with its history', async () => {
    await fc.assert(
      fc.property(aHistory, ({ file }) => {
        expect(fileOf(file, revisionsIn(file))).toEqual(file)
      }),
    )
    const third = retitled(retitled(aBriefing(), 'The harbour closes early'), 'The harbour stays closed', '2025-03-03T08:00:00Z')
    await programs.load({ briefing: third })
    expect((await fetchSource('harbour-closes')).value).toEqual({ briefing: third })
  })

  test('that is sent back as it was fetched changes nothing, and prints nothing', async () => {
    const { etag, value } = await fetchSource('harbour-closes')
    const before = [await revisions(), await everythingOf(programs, ['es', 'pl'])]
    const { response, told } = await put(value, { 'If-Match': etag })
    expect([response.status, told['outcome'], response.headers.get('ETag')]).toEqual([200, 'unchanged', etag])
    expect([await revisions(), await everythingOf(programs, ['es', 'pl'])]).toEqual(before)
  })

  test('may lose, rename, move and gain parts without a word of what stood before, and comes back with its whole history', async () => {
    const { etag, value } = await fetchSource('harbour-closes')
    const { body, sources, revisions: entries, ...rest } = value.briefing
    const entry = { revision: 2, savedAt: '2025-03-02T08:00:00Z', significance: 'material' as const, note: 'Without detours' }
    const [closure] = body
    if (!closure) throw new Error('There are passages.')
    const next = {
      ...rest,
      body: [
        { ...closure, id: 'quay' },
        { id: 'cost', heading: 'The cost', text: 'A million a day.' },
      ],
      sources: sources.toReversed(),
      revisions: [...entries, entry],
    }
    expect((await put({ briefing: next }, { 'If-Match': etag }, '?publish=true')).told['outcome']).toBe('changed')
    const page = await programs.text('/es/briefings/harbour-closes')
    expect(page).toContain('es: The closure')
    expect(page).not.toContain('Ships go to Marseille')
    const { etag: now, value: whole } = await fetchSource('harbour-closes')
    expect(whole.briefing.revisions[1]).toEqual({
      ...entry,
      renamed: { 'body.closure': 'body.quay' },
      replaced: Object.fromEntries(['body.quay.heading', 'body.quay', 'body.cost.heading', 'body.cost'].map((id) => [id, null])),
      before: { body, sources: sources.map(({ id }) => ({ id })) },
    })
    expect((await put(whole, { 'If-Match': now })).told['outcome']).toBe('unchanged')
    const rewritten = { ...entry, replaced: { title: 'As if' }, before: { body } }
    const wrong = { ...whole.briefing, revisions: [...entries, rewritten] }
    expect((await put({ briefing: wrong }, { 'If-Match': now })).told['detail']).toContain(
      'revisions.1: In revision 1, title says “The harbour closes for a month” in the database and “As if” in this file.',
    )
  })

  test('is new only once: with its translations it is printed in the same write, and readers have both', async () => {
    const sent = { briefing: quay, translations: [aTranslation(quay, 'es')] }
    const first = await put(sent, isNew, '?publish=true')
    expect([first.response.status, first.told]).toEqual([
      201,
      {
        slug: 'quay-reopens',
        outcome: 'new',
        isPublic: true,
        unpublished: [],
        behind: [],
        lines: [],
        warnings: expect.any(Array),
      },
    ])
    expect(await programs.text('/es/briefings/quay-reopens')).toContain('es: The quay reopens')
    const prints = await programs.database.query.selectFrom('print').select('number').where('briefing_id', '=', 'quay').execute()
    expect(prints).toHaveLength(1)
    const again = await put(sent, isNew)
    expect([again.response.status, again.told['code']]).toEqual([412, 'precondition_failed'])
  })

  test('comes to the same as if its operator had loaded it', async () => {
    const other = await openToPrograms()
    const translations = [aTranslation(quay, 'es'), aTranslation(quay, 'ar', { state: 'draft' })]
    await put({ briefing: quay, translations }, isNew, '?publish=true')
    await other.load({ briefing: quay, translations })
    const all = ['en', 'es', 'pl', 'ar']
    expect(await everythingOf(programs, all)).toEqual(await everythingOf(other, all))
    for (const path of ['/es/briefings/quay-reopens', '/ar/briefings/quay-reopens', '/es/', '/es/feed.xml']) {
      expect(await programs.text(path)).toBe(await other.text(path))
    }
  })

  test('is not changed by whoever does not say what they build upon, nor upon what another has changed since: both are told', async () => {
    const { etag, value } = await fetchSource('harbour-closes')
    const mine = { briefing: retitled(value.briefing, 'Mine') }
    const theirs = { briefing: retitled(value.briefing, 'Theirs') }
    const unsaid = await put(mine, {})
    expect([unsaid.response.status, unsaid.told['code']]).toEqual([428, 'precondition_required'])
    expect((await put(theirs, { 'If-Match': etag })).response.status).toBe(200)
    const stale = await put(mine, { 'If-Match': etag })
    expect(stale.response.status).toBe(412)
    const now = (await fetchSource('harbour-closes')).etag
    expect(stale.told).toMatchObject({ code: 'precondition_failed', sent: etag, current: now })
    expect(stale.response.headers.get('ETag')).toBe(now)
    for (const header of ['"', '""', 'W/"1"', `W/${now}x`, 'nonsense', '']) {
      expect([header, [412, 428].includes((await put(mine, { 'If-Match': header })).response.status)]).toEqual([header, true])
    }
    expect((await fetchSource('harbour-closes')).value.briefing.title).toBe('Theirs')
    expect(await programs.text('/en/briefings/harbour-closes')).not.toContain('Theirs')
  })

  test('that two send at once is one’s alone; the other is told, and nothing of either is half there', async () => {
    const { etag, value } = await fetchSource('harbour-closes')
    const sent = ['One', 'Two'].map((title) => put({ briefing: retitled(value.briefing, title) }, { 'If-Match': etag }))
    const [taken, refused] = (await Promise.all(sent)).toSorted((one, other) => one.response.status - other.response.status)
    expect([taken?.response.status, refused?.response.status]).toEqual([200, 412])
    const now = (await fetchSource('harbour-closes')).etag
    expect(refused?.told).toMatchObject({ code: 'precondition_failed', sent: etag, current: now })
    const saved = (await revisions()).filter(({ briefing_id }) => briefing_id === 'harbour')
    expect(saved.map(({ revision }) => revision)).toEqual([1, 2])
  })

  test('cannot be rolled back by whoever saves something else of it at the same moment', async () => {
    const { etag, value } = await fetchSource('harbour-closes')
    const corrected: Sent = { briefing: retitled(value.briefing, 'Two') }
    const renamed: Sent = { briefing: { ...value.briefing, publishedAt: '2025-03-01T09:00:00Z' } }
    for (const pair of [
      [corrected, renamed],
      [renamed, corrected],
    ]) {
      programs = await openToPrograms()
      editor = (await programs.issue({ locales: 'all', mayEdit: true, mayPublish: true })).secret
      const answers = await Promise.all(pair.map((sent) => put(sent, { 'If-Match': etag }, '?publish=true')))
      expect(answers.map(({ response }) => response.status).toSorted()).toEqual([200, 412])
      const won = pair[answers.findIndex(({ response }) => response.status === 200)]
      expect((await fetchSource('harbour-closes')).value.briefing).toEqual(won?.briefing)
    }
  })

  test('is saved and not published, unless the request asks for it and its token may', async () => {
    const { etag, value } = await fetchSource('harbour-closes')
    const { secret } = await programs.issue({ locales: 'all', mayEdit: true })
    const mine = { briefing: retitled(value.briefing, 'A corrected title') }
    expect((await put(mine, { 'If-Match': etag }, '?publish=true', secret)).response.status).toBe(403)
    const saved = await put(mine, { 'If-Match': etag }, '', secret)
    expect(saved.told).toMatchObject({ outcome: 'changed', isPublic: true, unpublished: ['en'] })
    expect(await programs.text('/en/briefings/harbour-closes')).not.toContain('A corrected title')
    const now = (await fetchSource('harbour-closes')).etag
    expect((await put(mine, { 'If-Match': now }, '?publish=true')).told).toMatchObject({ outcome: 'changed', unpublished: [] })
    expect(await programs.text('/en/briefings/harbour-closes')).toContain('A corrected title')
    const draft = await put({ briefing: quay, translations: [aTranslation(quay, 'es')] }, isNew)
    expect([draft.response.status, draft.told]).toEqual([
      201,
      {
        slug: 'quay-reopens',
        outcome: 'new',
        isPublic: false,
        unpublished: ['en', 'es'],
        behind: [],
        lines: [],
        warnings: expect.any(Array),
      },
    ])
  })

  test('that two claim one address for at once is one’s; the other is told whose it is', async () => {
    const both = ['one', 'two'].map((id) => put({ briefing: aBriefing({ id, slug: 'quay-reopens' }) }, isNew))
    const answers = (await Promise.all(both)).toSorted((one, other) => one.response.status - other.response.status)
    expect(answers.map(({ response }) => response.status)).toEqual([201, 422])
    expect(answers[1]?.told['detail']).toMatch(/^.*slug: Briefing (one|two) in the database already has the slug quay-reopens/)
  })

  test('comes with one file for each language', async () => {
    const twice = [aTranslation(quay, 'fr'), aTranslation(quay, 'fr', { segments: { title: 'Autre' } })]
    for (const query of ['', '?dry-run=true']) {
      expect((await put({ briefing: quay, translations: twice }, isNew, query)).response.status).toBe(422)
    }
  })

  test('that contradicts what is there, or itself, is refused with each place, and nothing of it is kept', async () => {
    const before = await revisions()
    const { etag } = await fetchSource('harbour-closes')
    const wrong: readonly [Sent, string][] = [
      [
        { briefing: aBriefing({ title: 'Told otherwise' }) },
        'revisions: In revision 1, title says “The harbour closes for a month” in the database and “Told otherwise”',
      ],
      [{ briefing: aBriefing({ image: { ...aBriefing().image, file: 'nowhere.svg' } }) }, 'image.file'],
      [{ briefing: aBriefing(), translations: [aTranslation(aBriefing(), 'tlh')] }, 'locale'],
      [
        { briefing: aBriefing(), translations: [aTranslation(aBriefing(), 'fr', { segments: { nothing: 'Rien' } })] },
        'segments.nothing',
      ],
      [{ briefing: aBriefing({ id: 'quay' }) }, 'slug: Briefing harbour in the database already has the slug harbour-closes'],
    ]
    for (const [sent, place] of wrong) {
      const isQuay = sent.briefing.id === 'quay'
      const { response, told } = await put(sent, isQuay ? isNew : { 'If-Match': etag })
      expect([response.status, told['detail']]).toEqual([422, expect.stringContaining(place)])
    }
    expect(await revisions()).toEqual(before)
  })

  test('of a form that no briefing has is refused, whatever it is', async () => {
    const { etag } = await fetchSource('harbour-closes')
    const call = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      (
        await programs.call('/api/v1/sources/harbour-closes', {
          method: 'PUT',
          body,
          token: editor,
          headers: { 'If-Match': etag, ...headers },
        })
      ).status
    const before = await revisions()
    const whole = JSON.stringify({ briefing: aBriefing() })
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '{"briefing":{}}',
      whole.slice(0, -20),
      `${whole.slice(0, -1)},"more":1}`,
      '{"a":1,"a":2}',
    ]
    for (const body of bodies) expect([body.slice(0, 20), await call(body)]).toEqual([body.slice(0, 20), 422])
    expect(await call(new Uint8Array([0xff, 0xfe, 0x00]))).toBe(422)
    expect(await call(whole, { 'Content-Encoding': 'gzip' })).toBe(415)
    expect(await call(whole, { 'Content-Type': 'multipart/form-data; boundary=x' })).toBe(415)
    expect(await call(' '.repeat(16_000_001))).toBe(413)
    expect(await revisions()).toEqual(before)
  })

  test('sent to another address than its own is refused', async () => {
    const response = await programs.call('/api/v1/sources/elsewhere', {
      method: 'PUT',
      body: JSON.stringify({ briefing: quay }),
      token: editor,
      headers: isNew,
    })
    expect(response.status).toBe(422)
  })

  test('is only looked at on a trial, which tells what would come of it', async () => {
    const before = await revisions()
    const trial = await put({ briefing: quay }, isNew, '?dry-run=true')
    expect([trial.response.status, trial.told]).toMatchObject([201, { outcome: 'new', isPublic: false }])
    expect(await revisions()).toEqual(before)
    expect((await programs.get('/en/briefings/quay-reopens')).status).toBe(404)
  })

  test('brings no translation into a language that the token does not reach', async () => {
    const { secret } = await programs.issue({ locales: ['pl'], mayEdit: true })
    const before = await everythingOf(programs, ['es', 'pl'])
    const withSpanish = { briefing: quay, translations: [aTranslation(quay, 'es')] }
    const { response, told } = await put(withSpanish, isNew, '', secret)
    expect([response.status, told['code']]).toEqual([403, 'forbidden'])
    expect(await everythingOf(programs, ['es', 'pl'])).toEqual(before)
    const withPolish = { briefing: quay, translations: [aTranslation(quay, 'pl')] }
    expect((await put(withPolish, isNew, '', secret)).response.status).toBe(201)
  })

  test('is nobody’s who does not edit, to read or to send', async () => {
    const before = await revisions()
    for (const grant of [{}, { mayWrite: true }, { mayWrite: true, seesGated: true }]) {
      const { secret } = await programs.issue({ locales: 'all', ...grant })
      expect((await programs.call('/api/v1/sources', { token: secret })).status).toBe(403)
      expect((await programs.call('/api/v1/sources/harbour-closes', { token: secret })).status).toBe(403)
      expect((await put({ briefing: quay }, isNew, '', secret)).response.status).toBe(403)
    }
    expect(await revisions()).toEqual(before)
  })

  test('is listed with the state that a change is made upon, page by page, drafts among the rest', async () => {
    const drafts = Array.from({ length: 5 }, (_, index) =>
      aBriefing({ id: `d-${index}`, slug: `draft-${index}`, state: 'draft' }),
    )
    await programs.load(...drafts.map((briefing) => ({ briefing })))
    const slugs: string[] = []
    for (let at: string | undefined = '/api/v1/sources?limit=2'; at !== undefined; ) {
      const response: Response = await programs.call(at, { token: editor })
      const { sources } = (await response.json()) as { sources: { slug: string; published: number | null; etag: string }[] }
      for (const { slug, etag } of sources) expect(etag).toBe((await fetchSource(slug)).etag)
      for (const { slug, published } of sources) expect([slug, published]).toEqual([slug, slug === 'harbour-closes' ? 1 : null])
      slugs.push(...sources.map(({ slug }) => slug))
      at = /<https:\/\/briefings\.example([^>]+)>; rel="next"/.exec(response.headers.get('Link') ?? '')?.[1]
    }
    expect(slugs).toEqual([...drafts.map(({ slug }) => slug), 'harbour-closes'])
    const { etag, value } = await fetchSource('harbour-closes')
    await put({ briefing: retitled(value.briefing, 'Not for readers yet') }, { 'If-Match': etag })
    const listed = await (await programs.call('/api/v1/sources?after=draft-4', { token: editor })).json()
    expect(listed).toMatchObject({ sources: [{ slug: 'harbour-closes', state: 'published', revision: 2, published: 1 }] })
  })

  test('takes no language from readers without the right to publish: neither with its files nor by itself', async () => {
    const { secret } = await programs.issue({ locales: 'all', mayWrite: true, mayEdit: true })
    const { etag, value } = await fetchSource('harbour-closes')
    const file = aTranslation(value.briefing, 'es', { state: 'withdrawn' })
    const sent = { ...value, translations: [file] }
    const held = await put(sent, { 'If-Match': etag }, '', secret)
    expect([held.response.status, held.told['detail']]).toEqual([
      422,
      expect.stringContaining('The file marks harbour-closes in es as withdrawn'),
    ])
    expect((await put(sent, { 'If-Match': etag }, '?publish=true', secret)).response.status).toBe(403)
    const path = '/api/v1/translations/es/harbour-closes'
    const tag = (await programs.call(path, { token: secret })).headers.get('ETag') ?? ''
    const changed = { ...file, provenance: 'machine', credits: [], segments: { title: 'Otro título' } }
    const one = { method: 'PUT', token: secret, headers: { 'If-Match': tag }, body: JSON.stringify(changed) }
    expect(await (await programs.call(path, one)).json()).toMatchObject({ isSaved: true, isPublished: false, isWaiting: true })
    expect(await programs.text('/es/briefings/harbour-closes')).toContain('es: The harbour closes for a month')
    const withdrawing = { ...sent, translations: [{ ...file, segments: { ...file.segments, title: 'Otro título' } }] }
    expect((await put(withdrawing, { 'If-Match': etag }, '?publish=true')).response.status).toBe(200)
    expect(await programs.text('/es/briefings/harbour-closes')).not.toContain('es: The harbour closes for a month')
  })

  test('can be given another address: it is then known by both', async () => {
    const { etag, value } = await fetchSource('harbour-closes')
    const moved = { ...value.briefing, slug: 'harbour-shuts', formerSlugs: ['harbour-closes'] }
    const unpublished = await put({ briefing: moved }, { 'If-Match': etag })
    expect([unpublished.response.status, unpublished.told['detail']]).toEqual([
      422,
      expect.stringContaining('Readers know harbour-closes by its address and date.'),
    ])
    expect((await put({ briefing: moved }, { 'If-Match': etag }, '?publish=true')).response.status).toBe(200)
    expect((await programs.get('/en/briefings/harbour-closes')).headers.get('Location')).toBe('/en/briefings/harbour-shuts')
  })
})
