import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSource } from '../../src/briefings/store'
import { listNotes } from '../../src/members/audit-store'
import { confirmTranslation } from '../../src/newsroom/confirm'
import { draftBriefing } from '../../src/newsroom/machine-drafts'
import { publish, withdraw } from '../../src/newsroom/publish'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { openDesk } from '../support/desk'
import { aMachine } from '../support/machines'
import { rounds } from '../support/rounds'

const by = { actor: 'a test' }

describe('what is saved on what readers have', () => {
  test('is not for readers: the English, a translation, a confirmation and a machine’s draft are saved beside it', async () => {
    const desk = await openDesk()
    const before = await desk.readersRows()
    expect(await desk.saves('An unpublished title')).toMatchObject({ outcome: 'changed', isPublic: true, unpublished: ['en'] })
    expect(await desk.sends('es', { summary: 'Una draga está varada.' })).toMatchObject({ isSaved: true, isPublished: false })
    expect(await confirmTranslation(desk.site, 'harbour-closes', 'pl', [], 'Ada')).toMatchObject({ isPublished: false })
    expect(await draftBriefing(desk.site, aMachine(), 'harbour-closes', 'fr', { withGated: false })).toMatchObject({
      outcome: 'drafted',
    })
    expect(await desk.printWaiting()).toBe(0)
    expect(await desk.readersRows()).toBe(before)
    expect(await findSource(desk.database, 'harbour')).toMatchObject({ revision: 2, published: 1 })
    expect(await desk.newest('es')).toMatchObject({ revision: 2, published: 1, state: 'draft' })
  })

  test('reaches readers when it is published, one language or several at once', async () => {
    const desk = await openDesk()
    await desk.saves('A newer title')
    await desk.sends('es', { summary: 'Una draga está varada.' })
    expect(await publish(desk.site, 'harbour-closes', ['es'], by)).toMatchObject({ locales: ['es'], isPublic: true })
    expect(await desk.text('/es/briefings/harbour-closes')).toContain('Una draga está varada.')
    expect(await desk.title('en')).toBe('The harbour closes for a month')
    await desk.sends('pl', { title: 'Nowy tytuł' })
    expect(await publish(desk.site, 'harbour-closes', ['en', 'pl'], by)).toMatchObject({ locales: ['en', 'pl'] })
    expect([await desk.title('en'), await desk.title('pl')]).toEqual(['A newer title', 'Nowy tytuł'])
    expect(await publish(desk.site, 'harbour-closes', ['en', 'pl', 'es'], by)).toMatchObject({ locales: [] })
    const notes = await listNotes(desk.database, 10, { act: 'published' })
    expect(notes.slice(0, 2).map(({ actor, subject, detail }) => [actor, subject, detail['locales']])).toEqual([
      ['a test', 'harbour', 'en pl'],
      ['a test', 'harbour', 'es'],
    ])
  })

  test('does not change the address or the date before it is published', async () => {
    const desk = await openDesk()
    const moved = { ...desk.briefing, slug: 'harbour-shut', formerSlugs: ['harbour-old', 'harbour-closes'] }
    await expect(desk.savesFile(moved, [], false)).rejects.toThrow(
      'Readers know harbour-closes by its address and date. To change either, publish',
    )
    await desk.savesFile(moved, [], true)
    expect((await desk.get('/es/briefings/harbour-closes')).headers.get('Location')).toBe('/es/briefings/harbour-shut')
  })
})

describe('a translation', () => {
  test.each(['off', 'on'])(
    'that is corrected stays with its readers as it was approved, with SECOND_PERSON=%s',
    async (second) => {
      const desk = await openDesk({ settings: { SECOND_PERSON: second } })
      await desk.sends('es', { title: 'Otro título' })
      await desk.printWaiting()
      expect(await desk.title('es')).toBe('es: The harbour closes for a month')
      expect(await desk.text('/es/briefings/harbour-closes')).not.toContain('role="note"')
    },
  )

  test('made from English that is not published cannot be published before it, and can with it', async () => {
    const desk = await openDesk()
    await desk.saves('A newer title')
    await desk.sends('es', { title: 'Un título más nuevo' })
    const refused = 'harbour-closes was translated from English text that is not published yet (title)'
    await expect(publish(desk.site, 'harbour-closes', ['es'], by)).rejects.toThrow(refused)
    await expect(desk.sends('es', {}, { state: 'approved' })).rejects.toThrow(refused)
    expect(await desk.title('es')).toBe('es: The harbour closes for a month')
    await publish(desk.site, 'harbour-closes', ['es', 'en'], by)
    expect([await desk.title('en'), await desk.title('es')]).toEqual(['A newer title', 'Un título más nuevo'])
    expect(await desk.text('/es/briefings/harbour-closes')).not.toContain('role="note"')
  })

  test('is withdrawn: readers get the English, and the newest text is kept', async () => {
    const desk = await openDesk()
    await desk.sends('es', { title: 'Otro título' })
    await withdraw(desk.site, 'harbour-closes', 'es', by)
    expect(await desk.title('es')).toBe('The harbour closes for a month')
    expect(await desk.newest('es')).toMatchObject({ state: 'withdrawn', segments: { title: { text: 'Otro título' } } })
    await expect(withdraw(desk.site, 'harbour-closes', 'es', by)).rejects.toThrow('harbour-closes is not published in es.')
  })
})

describe('a publication', () => {
  test('is whole or not at all, and a refusal names every reason', async () => {
    const desk = await openDesk()
    await desk.saves('A newer title')
    const before = await desk.readersRows()
    await expect(publish(desk.site, 'harbour-closes', ['en', 'es', 'de', 'ja'], by)).rejects.toThrow(
      /There is no translation of harbour-closes into de to publish\.\nThere is no translation of harbour-closes into ja to publish\./,
    )
    expect(await desk.readersRows()).toBe(before)
    expect(await findSource(desk.database, 'harbour')).toMatchObject({ published: 1 })
  })

  test('that is only tried changes nothing', async () => {
    const desk = await openDesk()
    await desk.saves('A newer title')
    const before = await desk.readersRows()
    expect(await publish(desk.site, 'harbour-closes', ['en'], by, { isTrial: true })).toMatchObject({ locales: ['en'] })
    expect(await desk.readersRows()).toBe(before)
  })

  test('gives readers the revision that was looked at; one that is saved at the same moment waits', async () => {
    const desk = await openDesk()
    await desk.saves('The second')
    await Promise.allSettled([desk.saves('The third'), publish(desk.site, 'harbour-closes', ['en'], by)])
    const { revision, published } = (await findSource(desk.database, 'harbour')) ?? {}
    expect(revision).toBe(3)
    expect([2, 3]).toContain(published)
    expect(await desk.title('en')).toBe(published === 2 ? 'The second' : 'The third')
  })

  test('of a briefing for internal monitoring is refused', async () => {
    const desk = await openDesk()
    await desk.load({ briefing: aBriefing({ id: 'quiet', slug: 'quiet', state: 'draft', confidence: 0.05 }) })
    await expect(publish(desk.site, 'quiet', ['en'], by)).rejects.toThrow('graded for internal monitoring')
  })
})

describe('files that the store has moved on from', () => {
  test('undo no approval, where only the state moved on', async () => {
    const desk = await openDesk()
    const file = aTranslation(desk.briefing, 'de', { state: 'draft' })
    await desk.load({ briefing: desk.briefing, translations: [file] })
    await desk.sends('de', {}, { state: 'approved' })
    expect(await desk.load({ briefing: desk.briefing, translations: [file] })).toMatchObject([
      { outcome: 'unchanged', behind: ['de'] },
    ])
    expect(await desk.title('de')).toBe('de: The harbour closes for a month')
  })

  test('undo no publication of the English, and save what is new in them', async () => {
    const desk = await openDesk()
    const quiet = aBriefing({ id: 'quiet', slug: 'quiet', state: 'draft' })
    await desk.load({ briefing: quiet })
    await publish(desk.site, 'quiet', ['en'], by)
    expect(await desk.load({ briefing: quiet })).toMatchObject([{ outcome: 'unchanged', isPublic: true, behind: ['en'] }])
    const newer = revised(quiet, 'material', '2025-05-01T08:00:00Z', (each) => ({ ...each, title: 'Not for readers yet' }))
    expect(await desk.load({ briefing: newer })).toMatchObject([{ outcome: 'changed', unpublished: ['en'] }])
    expect(await desk.text('/en/briefings/quiet')).not.toContain('Not for readers yet')
  })
})

describe('whatever people and programs save in whatever order', () => {
  const text = fc.constantFrom('one', 'two', 'three')
  const locale = fc.constantFrom('es', 'pl', 'fr')
  const segment = fc.constantFrom('title', 'summary', 'topic')
  type Desk = Awaited<ReturnType<typeof openDesk>>
  const save = fc.oneof(
    text.map((title) => async (desk: Desk) => void (await desk.saves(`Unpublished ${title}`))),
    fc
      .tuple(locale, segment, text, fc.constantFrom(undefined, 'draft', 'in-review'))
      .map(([to, id, words, state]) => async (desk: Desk) => {
        await desk.sends(
          to,
          { [id]: `Unpublished ${words}` },
          state === undefined ? {} : { state: state as 'draft' | 'in-review' },
        )
      }),
    locale.map((to) => async (desk: Desk) => void (await confirmTranslation(desk.site, 'harbour-closes', to, [], 'Ada'))),
    locale.map((to) => async (desk: Desk) => {
      await draftBriefing(desk.site, aMachine(), 'harbour-closes', to, { withGated: true })
    }),
    fc.constant(async (desk: Desk) => void (await desk.printWaiting())),
  )
  const publication = fc.constantFrom<readonly string[]>(['en'], ['en', 'es', 'pl'])

  test('readers have the same rows after each act that is no publication', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(save, { minLength: 1, maxLength: 10 }), async (acts) => {
        const desk = await openDesk()
        const before = await desk.readersRows()
        for (const act of acts) {
          await act(desk)
          expect(await desk.readersRows()).toBe(before)
        }
        expect(await desk.text('/es/')).not.toContain('Unpublished')
      }),
      { numRuns: rounds(25) },
    )
  })

  test('and after a publication they have exactly what was saved by then', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(save, { minLength: 1, maxLength: 6 }), publication, async (acts, locales) => {
        const desk = await openDesk()
        await desk.saves('Unpublished and new')
        const before = await desk.readersRows()
        for (const act of acts) await act(desk)
        await publish(desk.site, 'harbour-closes', locales, by)
        expect(await desk.readersRows()).not.toBe(before)
        expect(await desk.title('en')).toBe((await findSource(desk.database, 'harbour'))?.briefing.title)
        if (locales.includes('es')) expect(await desk.title('es')).toBe((await desk.newest('es'))?.segments['title']?.text)
      }),
      { numRuns: rounds(10) },
    )
  })
})
