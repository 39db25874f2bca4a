import { beforeEach, describe, expect, test } from 'vitest'
import { findTranslation } from '../../src/translations/store'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { openToPrograms, type Programs } from '../support/programs'

let programs: Programs
let desk: string

beforeEach(async () => {
  programs = await openToPrograms()
  desk = (await programs.issue({ locales: ['es'], mayWrite: true, seesGated: true })).secret
})

const address = '/api/v1/translations/es/harbour-closes'

async function fetchFile(token = desk) {
  const response = await programs.call(address, { token })
  expect(response.status).toBe(200)
  return { etag: response.headers.get('ETag') ?? '', file: (await response.json()) as LocaleFile }
}

async function put(file: unknown, headers: Record<string, string>, query = '', token = desk) {
  const response = await programs.call(address + query, { method: 'PUT', body: JSON.stringify(file), headers, token })
  const etag = response.headers.get('ETag')
  return { status: response.status, etag: etag ?? '', told: (await response.json()) as Readonly<Record<string, unknown>> }
}

const titled = (file: LocaleFile, title: string): LocaleFile => ({ ...file, segments: { ...file.segments, title } })
const stored = () => findTranslation(programs.database, 'harbour', 'es')

describe('a translation as a locale file', () => {
  test('has every text that its token sees; sent back as it is, it changes nothing', async () => {
    const { etag, file } = await fetchFile()
    expect(file).toEqual(aTranslation(aBriefing(), 'es', { revision: 1 }))
    const before = await stored()
    const { status, told } = await put(file, { 'If-Match': etag })
    expect([status, told['isSaved']]).toEqual([200, false])
    expect(await stored()).toEqual(before)
    const { secret } = await programs.issue({ locales: ['es'] })
    expect(JSON.stringify((await fetchFile(secret)).file)).not.toContain('canary')
  })

  test('of what is not begun is there too, with every text empty, and is changed as any other', async () => {
    const { secret } = await programs.issue({ locales: ['fr'], mayWrite: true, seesGated: true })
    const path = address.replace('/es/', '/fr/')
    const response = await programs.call(path, { token: secret })
    const file = (await response.json()) as LocaleFile
    expect([file.state, new Set(Object.values(file.segments))]).toEqual(['draft', new Set([''])])
    const sent = await programs.call(path, {
      method: 'PUT',
      body: JSON.stringify(titled(file, 'Le port ferme un mois')),
      headers: { 'If-Match': response.headers.get('ETag') ?? '' },
      token: secret,
    })
    expect([sent.status, (await findTranslation(programs.database, 'harbour', 'fr'))?.segments['title']?.text]).toEqual([
      200,
      'Le port ferme un mois',
    ])
  })

  test('may name the language with a region or an underscore wherever it names one, and reaches no more by that', async () => {
    const { secret } = await programs.issue({ locales: ['es'], mayWrite: true, mayPublish: true, seesGated: true })
    const call = async (path: string, init: RequestInit = {}) =>
      await programs.call(`/api/v1/${path}`, { ...init, token: secret })
    const reads = ['translations/es_MX', 'translations/ES/harbour-closes', 'packs/es-419/harbour-closes', 'status?locale=es_es']
    for (const path of reads) expect([path, (await call(path)).status]).toEqual([path, 200])
    const { etag, file } = await fetchFile()
    const changed = { body: JSON.stringify(titled(file, 'Cerrado')), headers: { 'If-Match': etag } }
    expect((await call('translations/es_MX/harbour-closes', { method: 'PUT', ...changed })).status).toBe(200)
    const published = await call('publish/harbour-closes', { method: 'POST', body: '{"locales":["es_MX"]}' })
    expect(await published.json()).toMatchObject({ locales: ['es'] })
    expect(await (await call('withdraw/ES/harbour-closes', { method: 'POST' })).json()).toMatchObject({ locales: ['es'] })
    expect((await call('translations/pl_PL')).status).toBe(403)
    const unknown = await call('translations/pt_PT')
    expect(unknown.status).toBe(404)
    expect(await unknown.json()).toMatchObject({
      detail: expect.stringMatching(/^This site is not translated into pt_PT\. .*\bpt-BR\?$/),
    })
  })

  test('may spell its language as a tool does, but not name another', async () => {
    const { etag, file } = await fetchFile()
    const as = async (locale: string) => (await put({ ...file, locale }, { 'If-Match': etag }, '?dry-run=true')).status
    expect([await as('es-ES'), await as('es'), await as('fr')]).toEqual([200, 200, 422])
  })

  test('is saved beside what is approved, and reaches readers once it is published', async () => {
    const { etag, file } = await fetchFile()
    const sent = titled(file, 'El puerto cierra un mes')
    expect((await put(sent, { 'If-Match': etag }, '?dry-run=true')).told).toMatchObject({ isSaved: false })
    expect(await programs.text('/es/briefings/harbour-closes')).not.toContain('El puerto cierra un mes')
    expect((await put(sent, { 'If-Match': etag })).told).toMatchObject({ isSaved: true, isPublished: false })
    expect(await programs.text('/es/briefings/harbour-closes')).not.toContain('El puerto cierra un mes')
    const { secret } = await programs.issue({ locales: ['es'], mayWrite: true, mayPublish: true })
    const init = { method: 'POST', body: JSON.stringify({ locales: ['es'] }), token: secret }
    expect((await programs.call('/api/v1/publish/harbour-closes', init)).status).toBe(200)
    expect(await programs.text('/es/briefings/harbour-closes')).toContain('El puerto cierra un mes')
  })

  test('overwrites nobody: who was overtaken is told both revisions, and the other’s text stands', async () => {
    const { etag, file } = await fetchFile()
    expect((await put(titled(file, 'Uno'), { 'If-Match': etag })).status).toBe(200)
    const now = (await fetchFile()).etag
    const { status, told } = await put(titled(file, 'Dos'), { 'If-Match': etag })
    expect([status, told]).toEqual([412, expect.objectContaining({ code: 'precondition_failed', sent: etag, current: now })])
    expect(told).toMatchObject({ detail: expect.stringContaining('If-Match: *, which stands for any state.') })
    const unsaid = await put(titled(file, 'Dos'), {})
    expect(unsaid.status).toBe(428)
    expect(unsaid.told).toMatchObject({ detail: expect.stringContaining('"If-Match: *" for any state') })
    expect((await put(titled(file, 'Dos'), { 'If-None-Match': '*' })).status).toBe(412)
    expect((await stored())?.segments['title']?.text).toBe('Uno')
  })

  test('answers with the tag of what now stands, so that the next text needs no fetching between, nor on a trial', async () => {
    const { etag, file } = await fetchFile()
    const first = await put(titled(file, 'Uno'), { 'If-Match': etag })
    expect([first.etag, first.told['revision']]).toEqual([(await fetchFile()).etag, 2])
    const second = await put(titled(file, 'Dos'), { 'If-Match': first.etag })
    expect([second.status, second.etag, (await stored())?.segments['title']?.text]).toEqual([
      200,
      (await fetchFile()).etag,
      'Dos',
    ])
    const trial = await put(titled(file, 'Tres'), { 'If-Match': second.etag }, '?dry-run=true')
    expect([trial.etag, (await stored())?.revision]).toEqual([second.etag, 3])
  })

  test('is merged by segment where its sender asks for that, and a clash is told with both texts', async () => {
    const { etag, file } = await fetchFile()
    await put(titled(file, 'Uno'), { 'If-Match': etag })
    const late = { ...titled(file, 'Dos'), segments: { ...titled(file, 'Dos').segments, summary: 'Nada se mueve.' } }
    const { secret } = await programs.issue({ locales: ['es'], mayWrite: true })
    const asOther = { body: JSON.stringify(late), headers: { 'If-Match': '*' }, token: secret }
    const answer = await programs.call(address, { method: 'PUT', ...asOther })
    expect(answer.status).toBe(200)
    expect(((await answer.json()) as { lines: unknown }).lines).toContainEqual(
      expect.objectContaining({ segment: 'title', outcome: 'conflict', text: 'Dos', stands: 'Uno' }),
    )
    expect((await stored())?.segments).toMatchObject({ title: { text: 'Uno' }, summary: { text: 'Nada se mueve.' } })
  })

  test('that two send at once is accepted once', async () => {
    const { etag, file } = await fetchFile()
    const sent = await Promise.all(['Uno', 'Dos', 'Tres'].map((title) => put(titled(file, title), { 'If-Match': etag })))
    expect(sent.map(({ status }) => status).toSorted()).toEqual([200, 412, 412])
    expect((await stored())?.revision).toBe(2)
  })

  test('made from English that has since changed makes nothing of it look current', async () => {
    const { file } = await fetchFile()
    const retitled = revised(aBriefing(), 'material', '2025-03-02T08:00:00Z', (each) => ({
      ...each,
      title: 'The harbour reopens',
    }))
    await programs.load({ briefing: retitled })
    const now = await fetchFile()
    expect(now.file.outdated).toEqual(['title'])
    const { told } = await put(titled(file, 'El puerto cierra'), { 'If-Match': now.etag })
    expect(told['lines']).toContainEqual(expect.objectContaining({ segment: 'title', outcome: 'outdated-saved' }))
    expect((await fetchFile()).file.outdated).toEqual(['title'])
  })

  test('keeps its state and its credits, whatever the file says of them', async () => {
    const { etag, file } = await fetchFile()
    await put({ ...titled(file, 'Uno'), state: 'withdrawn', provenance: 'machine', credits: ['Mallory'] }, { 'If-Match': etag })
    expect(await stored()).toMatchObject({ state: 'draft', published: 1, provenance: 'human', credits: ['Ada Traductrice'] })
  })

  test('of another language or briefing than its address is refused', async () => {
    const { etag, file } = await fetchFile()
    expect((await put({ ...file, locale: 'pl' }, { 'If-Match': etag })).status).toBe(422)
    const elsewhere = await programs.call('/api/v1/translations/es/nowhere', {
      method: 'PUT',
      body: JSON.stringify(file),
      headers: { 'If-Match': etag },
      token: desk,
    })
    expect(elsewhere.status).toBe(404)
  })
})

describe('the list of translations', () => {
  test('says of every briefing what its translation is at: the tag that fetching it gives', async () => {
    await programs.load({ briefing: aBriefing({ id: 'quay', slug: 'quay-reopens', state: 'draft' }) })
    const response = await programs.call('/api/v1/translations/es?limit=1', { token: desk })
    const { translations } = (await response.json()) as { translations: { slug: string; etag: string; revision: number }[] }
    const etag = (await fetchFile()).etag
    expect(translations).toEqual([
      { slug: 'harbour-closes', revision: 1, published: 1, sourceRevision: 1, state: 'approved', etag },
    ])
    const next = /<https:\/\/briefings\.example([^>]+)>; rel="next"/.exec(response.headers.get('Link') ?? '')?.[1] ?? ''
    const second = await programs.call(next, { token: desk })
    expect(await second.json()).toMatchObject({
      translations: [{ slug: 'quay-reopens', revision: 0, published: null, state: 'none' }],
    })
    expect(second.headers.get('Link')).toBe(null)
    await put(titled((await fetchFile()).file, 'Uno'), { 'If-Match': etag })
    const saved = await (await programs.call('/api/v1/translations/es?limit=1', { token: desk })).json()
    expect(saved).toMatchObject({ translations: [{ revision: 2, published: 1, state: 'draft', etag: '"2-1"' }] })
  })
})

describe('the translation memory', () => {
  test('is asked how a text was translated, by those who see all texts', async () => {
    const ask = async (text: string, token = desk) => {
      const response = await programs.call(`/api/v1/memory/es?${new URLSearchParams({ text })}`, { token })
      return { status: response.status, value: (await response.json()) as { candidates: { target: string; score: number }[] } }
    }
    const known = 'A dredger has run aground and nothing moves.'
    expect((await ask(known)).value.candidates).toEqual([{ source: known, target: `es: ${known}`, score: 100 }])
    expect((await ask('A dredger has run aground and nothing moves at all.')).value.candidates[0]).toMatchObject({
      source: known,
    })
    expect((await ask('Something else altogether.')).value.candidates).toEqual([])
    const { secret } = await programs.issue({ locales: ['es'], mayWrite: true })
    expect((await ask(known, secret)).status).toBe(403)
  })
})

describe('the glossary', () => {
  test('is what translators of a language agreed upon; a language without one has an empty one', async () => {
    const terms = async (locale: string) => {
      const response = await programs.call(`/api/v1/glossary/${locale}`)
      return response.status === 200
        ? ((await response.json()) as { terms: { term: string }[] }).terms.map(({ term }) => term)
        : []
    }
    expect(await terms('es')).toContain('Mistral AI')
    const { it: _, ...others } = programs.site.glossaries
    programs = await openToPrograms({ kit: { glossaries: others } })
    expect(await terms('it')).toEqual([])
    expect((await programs.call('/api/v1/glossary/it')).status).toBe(200)
    expect(await terms('es_MX')).toContain('Mistral AI')
    for (const locale of ['en', 'sv', 'constructor']) {
      expect([locale, (await programs.call(`/api/v1/glossary/${locale}`)).status]).toEqual([locale, 404])
    }
  })
})
