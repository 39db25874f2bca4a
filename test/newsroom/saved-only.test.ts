import { describe, expect, test } from 'vitest'
import { listNotes } from '../../src/members/audit-store'
import { confirmTranslation } from '../../src/newsroom/confirm'
import { draftBriefing } from '../../src/newsroom/machine-drafts'
import { publish } from '../../src/newsroom/publish'
import { statusAfter } from '../../src/newsroom/status'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { openDesk } from '../support/desk'
import { aMachine } from '../support/machines'

describe('whoever may not publish', () => {
  test('takes no language from readers with a file that says withdrawn, and gives none with one that says approved', async () => {
    const desk = await openDesk()
    const before = await desk.readersRows()
    const withdrawn = aTranslation(desk.briefing, 'es', { state: 'withdrawn' })
    await expect(desk.savesFile(desk.briefing, [withdrawn], false)).rejects.toThrow(
      'translations.es.state: The file marks harbour-closes in es as withdrawn, so readers would lose it.',
    )
    const approved = aTranslation(desk.briefing, 'fr')
    expect(await desk.savesFile(desk.briefing, [approved], false)).toMatchObject({ outcome: 'changed', unpublished: ['fr'] })
    expect(await desk.savesFile(desk.briefing, [approved], false)).toMatchObject({ outcome: 'unchanged', unpublished: ['fr'] })
    expect((await desk.newest('fr'))?.state).toBe('in-review')
    const other = aTranslation(desk.briefing, 'pl', { provenance: 'machine', credits: ['Nobody'], segments: { title: 'Inny' } })
    expect(await desk.savesFile(desk.briefing, [{ ...other, state: 'draft' }], false)).toMatchObject({ unpublished: ['pl'] })
    await desk.printWaiting()
    expect(await desk.readersRows()).toBe(before)
    expect(await desk.savesFile(desk.briefing, [withdrawn], true)).toMatchObject({ outcome: 'changed' })
    expect(await desk.title('es')).toBe('The harbour closes for a month')
  })

  test('ends no withdrawal: work on what was withdrawn leaves readers the notice of it', async () => {
    const desk = await openDesk()
    const translator = await desk.joins('translator', 'es')
    await desk.savesFile(desk.briefing, [aTranslation(desk.briefing, 'es', { state: 'withdrawn' })], true)
    const before = await desk.readersRows()
    const draft = aTranslation(desk.briefing, 'es', { state: 'draft', segments: { title: 'Otro título' } })
    await desk.savesFile(desk.briefing, [draft], false)
    await desk.sends('es', { summary: 'Otro resumen' })
    await expect(desk.sends('es', {}, { state: 'draft', person: translator })).rejects.toThrow('may not approve')
    await desk.printWaiting()
    expect(await desk.readersRows()).toBe(before)
    expect(await desk.newest('es')).toMatchObject({ state: 'withdrawn', segments: { title: { text: 'Otro título' } } })
  })

  test('neither approves nor withdraws by importing, not even as a trial', async () => {
    const desk = await openDesk()
    const [translator, reviewer] = [await desk.joins('translator', 'es'), await desk.joins('reviewer', 'es')]
    const before = await desk.readersRows()
    for (const state of ['approved', 'withdrawn'] as const) {
      for (const isTrial of [true, false]) {
        const sent = desk.sends('es', { title: 'Otro' }, { state, isTrial, person: translator })
        await expect(sent).rejects.toThrow(
          state === 'approved' ? 'may save translations into es, but not publish' : 'may not approve',
        )
      }
    }
    expect(await desk.sends('es', { title: 'Otro' }, { state: 'in-review', person: translator })).toMatchObject({ isSaved: true })
    expect(await desk.readersRows()).toBe(before)
    await desk.sends('es', {}, { state: 'withdrawn', person: reviewer })
    expect(await desk.title('es')).toBe('The harbour closes for a month')
    const [note] = await listNotes(desk.database, 1, { act: 'withdrawn' })
    expect(note).toMatchObject({ actor: reviewer.id, subject: 'harbour', detail: { locales: 'es' } })
  })

  test('hears the same of English that was taken back from each way to approve', async () => {
    const desk = await openDesk()
    await desk.saves('A newer title')
    await desk.takeBack('harbour-closes')
    const refused = 'harbour-closes is not published in en.'
    await expect(publish(desk.site, 'harbour-closes', ['es'], { actor: 'a test' })).rejects.toThrow(refused)
    await expect(desk.sends('es', { title: 'Otro' }, { state: 'approved' })).rejects.toThrow(refused)
    const confirming = confirmTranslation(desk.site, 'harbour-closes', 'es', [], 'Ada', { publishes: true })
    await expect(confirming).rejects.toThrow(refused)
  })
})

describe('a briefing that was taken back', () => {
  const gone = async (desk: Awaited<ReturnType<typeof openDesk>>) => {
    const answer = await desk.get('/api/v1/briefings/harbour-closes?locale=en', { Accept: 'application/json' })
    const { withdrawnAt, why } = (await answer.json()) as Readonly<Record<string, unknown>>
    return [answer.status, withdrawnAt, why]
  }

  test('stays so, with its date and reason, whatever is saved, until it is published again', async () => {
    const desk = await openDesk()
    await desk.takeBack('harbour-closes', 'A source was wrong.')
    const told = [410, '2026-01-01T00:00:00.000Z', 'A source was wrong.']
    expect(await gone(desk)).toEqual(told)
    const before = await desk.readersRows()
    const { briefing } = desk
    const newer = revised(briefing, 'material', '2025-05-01T08:00:00Z', (each) => ({ ...each, state: 'draft', title: 'Newer' }))
    expect(await desk.load({ briefing: newer })).toMatchObject([{ outcome: 'changed', behind: [] }])
    const newest = revised(newer, 'material', '2025-06-01T08:00:00Z', (each) => ({ ...each, title: 'Newer still' }))
    await desk.savesFile({ ...newest, state: 'published' }, [aTranslation(briefing, 'es')], false)
    await desk.sends('pl', { title: 'Nowszy' })
    const moved = { ...newest, slug: 'harbour-shut', formerSlugs: ['harbour-closes', 'harbour-old'] }
    await expect(desk.savesFile(moved, [], false)).rejects.toThrow('publish the briefing again with the change')
    await desk.printWaiting()
    expect(await gone(desk)).toEqual(told)
    const withoutPrints = (rows: string) => (JSON.parse(rows) as [string, unknown][]).filter(([table]) => table !== 'print')
    expect(withoutPrints(await desk.readersRows())).toEqual(withoutPrints(before))
    await publish(desk.site, 'harbour-closes', ['en'], { actor: 'a test' })
    expect(await desk.title('en')).toBe('Newer still')
    expect((await gone(desk))[0]).toBe(200)
  })
})

describe('what was saved and waits', () => {
  test('is told again by each load and each import, as long as it waits', async () => {
    const desk = await openDesk()
    const newer = revised(desk.briefing, 'material', '2025-05-01T08:00:00Z', (each) => ({
      ...each,
      state: 'draft',
      title: 'Newer',
    }))
    const work = aTranslation(desk.briefing, 'pl', { state: 'in-review', segments: { title: 'Nowszy' } })
    const loads = async () => await desk.load({ briefing: newer, translations: [work] })
    const waits = { unpublished: ['en', 'pl'], behind: [] }
    expect(await loads()).toMatchObject([{ outcome: 'changed', ...waits }])
    expect(await loads()).toMatchObject([{ outcome: 'unchanged', ...waits }])
    expect(await desk.sends('es', { title: 'Otro' })).toMatchObject({ isSaved: true, isWaiting: true })
    expect(await desk.sends('es', { title: 'Otro' })).toMatchObject({ isSaved: false, isWaiting: true })
    await publish(desk.site, 'harbour-closes', ['en', 'pl', 'es'], { actor: 'a test' })
    expect(await loads()).toMatchObject([{ outcome: 'unchanged', unpublished: [], behind: ['en', 'pl'] }])
    expect(await desk.sends('es', { title: 'Otro' })).toMatchObject({ isSaved: false, isWaiting: false, isPublished: true })
  })

  test('is not what publishing would not change: a machine’s proposals beside what people made', async () => {
    const desk = await openDesk()
    const { title: _, ...segments } = aTranslation(desk.briefing, 'it').segments
    await desk.load({ briefing: desk.briefing, translations: [{ ...aTranslation(desk.briefing, 'it'), segments }] })
    const having = async () =>
      (await statusAfter(desk.site, ['it', 'de'], '', 10)).rows.map(({ locale, published }) => [locale, published])
    for (const locale of ['it', 'de']) await draftBriefing(desk.site, aMachine(), 'harbour-closes', locale, { withGated: true })
    expect((await desk.newest('it'))?.revision).toBe(2)
    expect(await having()).toEqual([
      ['it', 'newest'],
      ['de', 'nothing'],
    ])
    await desk.sends('it', { title: 'Il porto chiude' })
    expect(await having()).toContainEqual(['it', 'earlier'])
    expect(await confirmTranslation(desk.site, 'harbour-closes', 'it', [], 'Ada')).toMatchObject({ isWaiting: true })
  })
})

describe('loading', () => {
  test('tells every contradiction of every file before anything is saved, a moved address among them', async () => {
    const desk = await openDesk()
    const moved = aBriefing({ slug: 'harbour-shut', formerSlugs: ['harbour-closes', 'harbour-old'], state: 'draft' })
    const late = aBriefing({ id: 'quiet', slug: 'quiet', publishedAt: '2025-06-01T08:00:00Z' })
    await desk.load({ briefing: { ...late, publishedAt: '2025-05-01T08:00:00Z' } })
    const files = [
      { briefing: aBriefing({ id: 'a', slug: 'a' }) },
      { briefing: moved },
      { briefing: { ...late, state: 'draft' } as const },
    ]
    await expect(desk.load(...files)).rejects.toThrow(
      /harbour-shut\.json: slug: Readers know harbour-closes by its address and date\..*\n?.*quiet\.json: slug: Readers know/s,
    )
    expect((await desk.get('/en/briefings/a')).status).toBe(404)
  })

  test('notes what it publishes and withdraws, once', async () => {
    const desk = await openDesk()
    const noted = async (act: string) =>
      (await listNotes(desk.database, 10, { act })).map(({ actor, detail }) => [actor, detail['locales']])
    expect(await noted('published')).toEqual([['files', 'en es pl']])
    await desk.load({ briefing: desk.briefing, translations: [aTranslation(desk.briefing, 'es', { state: 'withdrawn' })] })
    await desk.load({ briefing: desk.briefing, translations: [aTranslation(desk.briefing, 'es', { state: 'withdrawn' })] })
    expect([await noted('published'), await noted('withdrawn')]).toEqual([[['files', 'en es pl']], [['files', 'es']]])
    await desk.sends('pl', { title: 'Nowy' }, { state: 'approved', actor: 'the desk' })
    expect((await noted('published'))[0]).toEqual(['the desk', 'pl'])
  })
})
