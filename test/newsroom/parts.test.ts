import { beforeEach, describe, expect, test } from 'vitest'
import type { Briefing, BriefingFile } from '../../src/briefings/briefing'
import { listStates } from '../../src/briefings/revision-store'
import { fileOf } from '../../src/briefings/revisions'
import { findSource } from '../../src/briefings/store'
import { exportEnglish } from '../../src/newsroom/export-english'
import { savePack } from '../../src/newsroom/import'
import { progressOf } from '../../src/translations/progress'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation } from '../support/briefings'
import { openNewsroom } from '../support/newsroom'

type Newsroom = Awaited<ReturnType<typeof openNewsroom>>
type Entry = BriefingFile['revisions'][number]

const one = aBriefing({
  keyPoints: [
    { id: 'duration', text: 'The closure lasts thirty days.' },
    { id: 'cause', text: 'A dredger has run aground.' },
  ],
})
const spanish = aTranslation(one, 'es', { sourceRevision: 1 })

/** The file after an author changed it: with an entry that says how much the change matters, and nothing of what stood before. */
function edited(file: BriefingFile, change: Partial<Briefing>, entry: Partial<Entry> = {}): BriefingFile {
  const revision = file.revisions.length + 1
  const savedAt = `2025-04-${String(revision).padStart(2, '0')}T08:00:00Z`
  const added = { revision, savedAt, significance: 'material' as const, note: 'A revision', ...entry }
  return { ...file, ...change, revisions: [...file.revisions, added] }
}

const [duration, cause] = one.keyPoints as [Briefing['keyPoints'][number], Briefing['keyPoints'][number]]
const [closure, detours] = one.body as [Briefing['body'][number], Briefing['body'][number]]
const withoutCause = { keyPoints: [duration] }
const renamedCause = { keyPoints: [duration, { ...cause, id: 'grounding' }] }

let newsroom: Newsroom

beforeEach(async () => {
  newsroom = await openNewsroom()
  await newsroom.load({ briefing: one, translations: [spanish] })
})

const page = (locale: string) => newsroom.text(`/${locale}/briefings/${one.slug}`)

async function progress(id = one.id) {
  const source = await findSource(newsroom.database, id)
  if (!source) throw new Error('There is no briefing.')
  return progressOf(source.slug, source.briefing, source.history, 'es', await findTranslation(newsroom.database, id, 'es'))
}

async function pulled() {
  const source = await findSource(newsroom.database, one.id)
  if (!source) throw new Error('There is no briefing.')
  return fileOf(source, await listStates(newsroom.database, source.id))
}

async function exported(slugs: readonly string[]) {
  const files: { readonly name: string; readonly content: string; readonly ending: string }[] = []
  for await (const file of exportEnglish(newsroom.site, slugs)) files.push(file)
  return files
}

const send = (targets: Record<string, string>, sourceRevision: number) =>
  savePack(newsroom.site, {
    ...{ name: one.slug, source: 'en', locale: 'es', sourceRevision },
    targets: new Map(Object.entries(targets)),
  }).then(({ lines }) => lines.map(({ segment, outcome }) => `${segment} ${outcome}`))

async function refusal(file: BriefingFile): Promise<string> {
  try {
    await newsroom.load({ briefing: file })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('It was loaded.')
}

describe('a part that is removed', () => {
  test('is gone for readers in every language, and a late file’s text for it is unknown', async () => {
    expect(await page('es')).toContain('es: A dredger has run aground.')
    await newsroom.load({ briefing: edited(one, withoutCause) })
    expect(await page('en')).not.toContain('A dredger has run aground.')
    expect(await page('es')).not.toContain('A dredger has run aground.')
    expect(await send({ 'keyPoints.cause': 'Otro', title: 'Otro título' }, 1)).toEqual([
      'keyPoints.cause unknown',
      'title accepted',
    ])
    expect(await progress()).toMatchObject({ missing: [], behind: { material: [] } })
  })

  test.each([
    ['body', { body: [closure] }],
    ['sources', { sources: one.sources.slice(1) }],
    ['watch', { watch: [] }],
    ['affectedAreas', { affectedAreas: [] }],
    ['sections', { sections: one.sections.slice(1) }],
    ['linkedOrganisations', { linkedOrganisations: { access: 'circle' as const, notes: [] } }],
    ['organisations', { organisations: [] }],
    ['byline', { byline: ['Another desk'] }],
    ['image', { image: { ...one.image, by: 'Another desk', caption: 'The quay on Tuesday' } }],
  ])('may be of any kind, also where an editor typed that nothing was replaced: %s', async (_name, change) => {
    const next = edited(one, change, { replaced: {} })
    expect((await newsroom.load({ briefing: next, translations: [spanish] }))[0]?.outcome).toBe('changed')
    const whole = await pulled()
    expect((await newsroom.load({ briefing: whole, translations: [spanish] }))[0]?.outcome).toBe('unchanged')
    const another = await openNewsroom()
    await another.load({ briefing: whole })
    expect(await listStates(another.database, one.id)).toEqual(await listStates(newsroom.database, one.id))
  })

  test('that comes back finds its translation: current if it says the same, and else outdated', async () => {
    const without = edited(one, withoutCause, { significance: 'typo' })
    await newsroom.load({ briefing: without, translations: [spanish] })
    const same = edited(without, { keyPoints: one.keyPoints }, { significance: 'typo' })
    await newsroom.load({ briefing: same, translations: [spanish] })
    expect(await progress()).toMatchObject({ missing: [], behind: { typo: [], minor: [], material: [] } })
    expect(await page('es')).toContain('es: A dredger has run aground.')
    const gone = edited(same, withoutCause)
    await newsroom.load({ briefing: gone })
    const other = { keyPoints: [duration, { id: 'cause', text: 'A ferry has run aground.' }] }
    await newsroom.load({ briefing: edited(gone, other, { significance: 'typo' }) })
    expect(await progress()).toMatchObject({ missing: [], behind: { material: ['keyPoints.cause'] } })
  })

  test('stays with readers until its removal is published', async () => {
    await newsroom.load({ briefing: { ...edited(one, withoutCause), state: 'draft' } })
    expect(await page('es')).toContain('es: A dredger has run aground.')
    await newsroom.publish(one.slug, 'en')
    expect(await page('es')).not.toContain('A dredger has run aground.')
  })
})

describe('a part that gets another id', () => {
  test('keeps its translation if its text is the same, without a word in the file', async () => {
    await newsroom.load({ briefing: edited(one, renamedCause), translations: [spanish] })
    expect(await progress()).toMatchObject({ missing: [], behind: { material: [] } })
    expect(await page('es')).toContain('es: A dredger has run aground.')
    expect(await send({ 'keyPoints.cause': 'Ha encallado una draga.' }, 1)).toEqual(['keyPoints.grounding accepted'])
    await newsroom.publish(one.slug, 'es')
    expect(await page('es')).toContain('Ha encallado una draga.')
  })

  test('keeps what the program of before saved, which says no revision of the English: its text for the earlier id is read', async () => {
    const { query } = newsroom.database
    await newsroom.load({ briefing: edited(one, renamedCause) })
    const rows = await query.selectFrom('translation_revision').select('segments').where('locale', '=', 'es').execute()
    const segments = JSON.parse(rows[0]?.segments ?? '{}') as Record<string, object>
    const both = { ...segments, 'keyPoints.grounding': { ...segments['keyPoints.cause'], text: 'Under the new id' } }
    const saved = { source_revision: 0, segments: JSON.stringify(both) }
    await newsroom.database.atomically([query.updateTable('translation_revision').set(saved).where('locale', '=', 'es')])
    const read = await findTranslation(newsroom.database, one.id, 'es')
    expect(read?.segments['keyPoints.grounding']?.text).toBe('es: A dredger has run aground.')
    expect(read?.segments).not.toHaveProperty('keyPoints.cause')
  })

  test('keeps it with readers before and after the new id is published', async () => {
    await newsroom.load({ briefing: { ...edited(one, renamedCause), state: 'draft' } })
    expect(await send({ 'keyPoints.grounding': 'Ha encallado una draga.' }, 2)).toEqual(['keyPoints.grounding accepted'])
    await newsroom.publish(one.slug, 'es')
    expect(await page('es')).toContain('Ha encallado una draga.')
    await newsroom.publish(one.slug, 'en')
    expect(await page('es')).toContain('Ha encallado una draga.')
  })

  test('if its text changed too, is outdated if the revision says so, and else is new', async () => {
    const other = { keyPoints: [duration, { id: 'grounding', text: 'A ferry has run aground.' }] }
    await newsroom.load({ briefing: edited(one, other, { renamed: { 'keyPoints.cause': 'keyPoints.grounding' } }) })
    expect(await progress()).toMatchObject({ missing: [], behind: { material: ['keyPoints.grounding'] } })
    newsroom = await openNewsroom()
    await newsroom.load({ briefing: one, translations: [spanish] })
    await newsroom.load({ briefing: edited(one, other) })
    expect(await progress()).toMatchObject({ missing: ['keyPoints.grounding'], behind: { material: [] } })
  })

  test('may swap ids with another', async () => {
    const swapped = {
      keyPoints: [
        { ...cause, id: 'duration' },
        { ...duration, id: 'cause' },
      ],
    }
    const renamed = { 'keyPoints.cause': 'keyPoints.duration', 'keyPoints.duration': 'keyPoints.cause' }
    await newsroom.load({ briefing: edited(one, swapped, { renamed }) })
    expect(await progress()).toMatchObject({ missing: [], behind: { typo: [], minor: [], material: [] } })
    const segments = (await findTranslation(newsroom.database, one.id, 'es'))?.segments
    expect(segments?.['keyPoints.duration']?.text).toBe('es: A dredger has run aground.')
  })

  test.each([
    ['an id that there never was', { 'keyPoints.nothing': 'keyPoints.grounding' }],
    ['to one that there is not', { 'keyPoints.cause': 'keyPoints.nothing' }],
    ['in another list', { 'keyPoints.cause': 'body.closure' }],
    ['what is no item', { title: 'summary' }],
  ])('is refused: %s', async (_name, renamed) => {
    const [from = ''] = Object.keys(renamed)
    expect(await refusal(edited(one, renamedCause, { renamed: renamed as Record<string, string> }))).toContain(
      `revisions.1.renamed.${from}: A revision can rename an item only once, and within its list.`,
    )
  })
})

describe('parts in another order, and new ones', () => {
  test('make nothing outdated, and only the new one is missing', async () => {
    const change = {
      keyPoints: [cause, { id: 'cost', text: 'It costs a million a day.' }, duration],
      body: [detours, closure],
      sources: one.sources.toReversed(),
    }
    await newsroom.load({ briefing: edited(one, change), translations: [spanish] })
    expect(await progress()).toMatchObject({ missing: ['keyPoints.cost'], behind: { typo: [], minor: [], material: [] } })
    const html = await page('es')
    expect(html.indexOf('es: Ships go to')).toBeLessThan(html.indexOf('es: The port'))
  })
})

describe('what stood before', () => {
  test('is known to the database: a file need not say it', async () => {
    const next = edited(one, { title: 'The harbour closes for two months' })
    await newsroom.load({ briefing: next, translations: [spanish] })
    expect(await progress()).toMatchObject({ behind: { material: ['title'] } })
    expect((await pulled()).revisions[1]?.replaced).toEqual({ title: one.title })
    expect((await newsroom.load({ briefing: next, translations: [spanish] }))[0]?.outcome).toBe('unchanged')
  })

  test('is refused if a file says otherwise, with the segment and both texts', async () => {
    const replaced = { title: `${one.title}.` }
    expect(await refusal(edited(one, { title: 'The harbour stays closed' }, { replaced }))).toContain(
      `revisions.1.replaced.title: In revision 1, title says “${one.title}” in the database and “${one.title}.” in this file.`,
    )
    const before = { keyPoints: [duration] }
    expect(await refusal(edited(one, withoutCause, { before }))).toContain(
      `revisions.1: In revision 1, keyPoints.cause says “${cause.text}” in the database. This file does not have it.`,
    )
    const whole = { confidence: 0.1, keyPoints: [{ id: 'duration' }, cause] }
    expect(await refusal(edited(one, withoutCause, { before: whole }))).toContain(
      'revisions.1: Revision 1 differs from the one in the database.',
    )
    expect(await refusal({ ...one, keyPoints: [duration] })).toContain('In revision 1, keyPoints.cause says')
  })

  test('is told by a file to a new database, with facts, parts and order', async () => {
    const next = edited(one, { ...withoutCause, confidence: 0.5, body: [detours, closure], title: 'The harbour stays closed' })
    await newsroom.load({ briefing: next })
    await newsroom.load({ briefing: edited(next, { keyPoints: [duration, { id: 'cost', text: 'It costs a million a day.' }] }) })
    const whole = await pulled()
    expect(whole.revisions[1]).toMatchObject({
      replaced: { title: one.title },
      before: { confidence: 0.82, keyPoints: [{ id: 'duration' }, cause], body: [{ id: 'closure' }, { id: 'detours' }] },
    })
    const another = await openNewsroom()
    await another.load({ briefing: whole, translations: [spanish] })
    expect(await listStates(another.database, one.id)).toEqual(await listStates(newsroom.database, one.id))
  })

  test('is exported with the English, and the file loads again: here it changes nothing, and elsewhere it makes the same history', async () => {
    const next = edited(one, { ...renamedCause, confidence: 0.5 })
    await newsroom.load({ briefing: next })
    const files = await exported([])
    expect(files.map(({ name, ending }) => name + ending)).toEqual([`${one.slug}.json`])
    const briefing = JSON.parse(files[0]?.content ?? '') as BriefingFile
    expect((await newsroom.load({ briefing }))[0]?.outcome).toBe('unchanged')
    const another = await openNewsroom()
    await another.load({ briefing })
    expect(await listStates(another.database, one.id)).toEqual(await listStates(newsroom.database, one.id))
    await expect(exported(['nothing'])).rejects.toThrow('There is no briefing called nothing.')
  })

  test('that nobody says leaves a new database unsure: what changed materially is outdated, and nothing else', async () => {
    const next = edited(
      one,
      { title: 'The harbour closes for two months' },
      { significances: { title: 'material' }, significance: 'minor' },
    )
    newsroom = await openNewsroom()
    await newsroom.load({ briefing: next, translations: [spanish] })
    expect(await progress()).toMatchObject({ missing: [], behind: { minor: [], material: ['title'] } })
  })
})
