import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { segmentsOf } from '../../src/briefings/segments'
import { findSource } from '../../src/briefings/store'
import { withReason } from '../../src/language/newsroom'
import { importPack } from '../../src/newsroom/import'
import { draftBriefing } from '../../src/newsroom/machine-drafts'
import { Refusal } from '../../src/problem'
import type { LiveSite } from '../../src/site'
import type { Write } from '../../src/storage/database'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { aMachine, type Machine } from '../support/machines'
import { openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const briefing = aBriefing()
const ids = segmentsOf(briefing).map(({ id }) => id)
const publicIds = segmentsOf(briefing).flatMap(({ id, access }) => (access === 'public' ? id : []))
const missing = (...some: readonly string[]) => Object.fromEntries(some.map((id) => [id, '']))

const corrected = revised(briefing, 'material', '2025-03-03T08:00:00Z', (each) => ({ ...each, title: 'The harbour reopens' }))

/** Lets a machine draft the briefing. Returns the receipt in words. */
async function draft(
  site: LiveSite,
  machine: Machine,
  locale = 'es',
  options: Partial<Parameters<typeof draftBriefing>[4]> = {},
) {
  const receipt = await draftBriefing(site, machine, briefing.slug, locale, { withGated: false, ...options })
  return { ...withReason(receipt), leftOut: receipt.leftOut.map(withReason) }
}

/** A person's file that comes back with these texts. */
const sends = (site: LiveSite, texts: Record<string, string>, options: Parameters<typeof importPack>[2] = {}, locale = 'es') =>
  importPack(
    site,
    { name: briefing.slug, source: 'en', locale, sourceRevision: 1, targets: new Map(Object.entries(texts)) },
    options,
  )

const translationOf = ({ database }: LiveSite, locale = 'es') => findTranslation(database, briefing.id, locale)

const recordsOf = ({ database: { query } }: LiveSite) =>
  query.selectFrom('machine_draft').select(['locale', 'translator', 'source_revision', 'segments']).execute()

const jobsOf = ({ database: { query } }: LiveSite) => query.selectFrom('machine_job').select('locale').execute()

describe('a machine draft', () => {
  test('of a translation that nobody has begun holds each text that readers may read, marked and made from the English of now', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const receipt = await draft(site, aMachine())
    expect(receipt).toEqual({
      slug: 'harbour-closes',
      locale: 'es',
      translator: 'Babel 1',
      outcome: 'drafted',
      drafted: publicIds,
      leftOut: [],
    })
    const { hashes = {} } = (await findSource(site.database, briefing.id))?.history.at(-1) ?? {}
    expect(await translationOf(site)).toEqual({
      locale: 'es',
      state: 'draft',
      provenance: 'machine',
      credits: [],
      revision: 1,
      segments: Object.fromEntries(
        segmentsOf(briefing).flatMap(({ id, access, text }) =>
          access === 'public' ? [[id, { text: `es ${text}`, seen: hashes[id], machine: 'Babel 1' }]] : [],
        ),
      ),
    })
    expect(await recordsOf(site)).toEqual([
      { locale: 'es', translator: 'Babel 1', source_revision: 1, segments: publicIds.length },
    ])
    expect(await jobsOf(site)).toEqual([])
  })

  test('is shown to no reader, in no form, and no page says that a translation is under way', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing })
    const paths = ['', '.json', '.md', '/bilingual'].map((ending) => `/es/briefings/harbour-closes${ending}`)
    const pages = async () =>
      await Promise.all([...paths, '/es/', '/ca/briefings/harbour-closes'].map((path) => newsroom.text(path)))
    const before = await pages()
    expect((await draft(newsroom.site, aMachine())).outcome).toBe('drafted')
    expect(await pages()).toEqual(before)
    expect(await newsroom.printWaiting()).toBe(0)
  })

  test('is made without sending texts for members to a machine, unless the house lets them out', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const machine = aMachine()
    await draft(site, machine)
    expect(machine.sent.join('\n')).not.toMatch(/canary/)
    const trusted = aMachine()
    expect((await draft(site, trusted, 'es', { withGated: true })).drafted).toEqual(ids.filter((id) => !publicIds.includes(id)))
    expect(trusted.sent.every((text) => text.includes('canary'))).toBe(true)
  })

  test('that a person approves as a machine’s is read under the notice that says so', async () => {
    const { site, load, text } = await openNewsroom()
    await load({ briefing })
    await draft(site, aMachine())
    await sends(site, { title: 'es The harbour closes for a month' }, { state: 'approved' })
    const page = await text('/es/briefings/harbour-closes')
    expect(page).toContain('es Ships go to Marseille instead.')
    expect(page).toContain(site.speak('es').t('notice.machine'))
  })

  test('within a person’s approved translation is read as English until a person takes it over', async () => {
    const { site, load, text } = await openNewsroom()
    const file = aTranslation(briefing, 'es', { segments: missing('title', 'body.detours') })
    await load({ briefing, translations: [file] })
    await draft(site, aMachine())
    expect(await text('/es/briefings/harbour-closes')).toContain(site.speak('es').t('notice.partial', { count: 2 }))
    expect(await text('/es/briefings/harbour-closes')).not.toContain('es Ships go to Marseille')
    await sends(site, { 'body.detours': 'Los barcos van a Marsella.' }, { state: 'approved' })
    expect((await translationOf(site))?.segments['body.detours']).not.toHaveProperty('machine')
    expect(await text('/es/briefings/harbour-closes')).toContain('Los barcos van a Marsella.')
    expect(await text('/es/briefings/harbour-closes')).toContain(site.speak('es').t('notice.partial', { count: 1 }))
  })

  test('stays when the locale file that it was added to is loaded again', async () => {
    const { site, load } = await openNewsroom()
    const file = aTranslation(briefing, 'es', { segments: missing('title') })
    await load({ briefing, translations: [file] })
    await draft(site, aMachine())
    expect(await load({ briefing, translations: [file] })).toMatchObject([{ outcome: 'unchanged', behind: ['es'] }])
    expect((await translationOf(site))?.segments['title']?.machine).toBe('Babel 1')
  })
})

describe('a person’s work', () => {
  test('is never overwritten, whatever of it there is, and its state, provenance and credits stay', async () => {
    const anyState = fc.constantFrom('draft', 'in-review', 'approved')
    let hands = 0
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(ids, { maxLength: ids.length - 1 }),
        anyState,
        fc.boolean(),
        async (left, state, withGated) => {
          const { site, load } = await openNewsroom()
          hands += 1
          const written = Object.fromEntries(segmentsOf(briefing).map(({ id, text }) => [id, `${hands}: ${text}`]))
          const file = aTranslation(briefing, 'fr', { state, segments: { ...written, ...missing(...left) } })
          await load({ briefing, translations: [file] })
          const before = await translationOf(site, 'fr')
          const { drafted } = await draft(site, aMachine(), 'fr', { withGated })
          const after = await translationOf(site, 'fr')
          expect(drafted).toEqual(left.filter((id) => withGated || publicIds.includes(id)))
          const isWork = before?.state === 'approved' && drafted.length > 0
          expect(after).toMatchObject({ ...before, revision: expect.any(Number), ...(isWork ? { state: 'draft' } : {}) })
          const added = Object.keys(after?.segments ?? {}).filter((id) => before?.segments[id] === undefined)
          expect(added.sort()).toEqual([...drafted].sort())
        },
      ),
      { numRuns: rounds(12) },
    )
  })

  test('that is outdated is left to a person', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await load({ briefing: corrected })
    const machine = aMachine()
    expect(await draft(site, machine)).toMatchObject({ outcome: 'nothing to do', reason: 'No text is missing.' })
    expect(machine.asked()).toBe(0)
  })

  test('that is saved while the machine works stands, and the rest is drafted', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const texts = { title: 'El puerto cierra', summary: 'Nada se mueve.' }
    const receipt = await draft(site, aMachine({ meanwhile: () => sends(site, texts) }))
    expect(receipt.drafted).toEqual(publicIds.filter((id) => !Object.keys(texts).includes(id)))
    const translation = await translationOf(site)
    expect(translation).toMatchObject({ revision: 2, provenance: 'human', segments: { title: { text: 'El puerto cierra' } } })
    expect(translation?.segments['title']).not.toHaveProperty('machine')
    expect(translation?.segments['topic']).toMatchObject({ text: 'es Port closure', machine: 'Babel 1' })
  })

  test('that is saved at the very moment when the draft is about to be stands too, however often', async () => {
    let savings = 0
    const { site, load, untouched } = await withOneBeforeEachDraft(async (person) => {
      savings += 1
      await sends(person, { title: `El puerto, ${savings}`, summary: 'Nada se mueve.' })
    })
    await load({ briefing })
    const receipt = await draft(site, aMachine())
    expect(receipt).toMatchObject({
      outcome: 'overtaken',
      reason: 'Somebody keeps saving the translation. Try again later.',
      drafted: [],
    })
    expect((await translationOf(untouched()))?.segments).toMatchObject({ title: { text: `El puerto, ${savings}` } })
    expect(await recordsOf(site)).toEqual([])
  })

  test('that is saved once at that moment is what the draft is decided upon', async () => {
    let isSaved = false
    const { site, load } = await withOneBeforeEachDraft(async (person) => {
      if (!isSaved) await sends(person, { title: 'El puerto cierra' })
      isSaved = true
    })
    await load({ briefing })
    expect((await draft(site, aMachine())).drafted).toEqual(publicIds.filter((id) => id !== 'title'))
    expect((await translationOf(site))?.segments['title']).toMatchObject({ text: 'El puerto cierra' })
  })

  test('that says it all leaves nothing to the machine', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const all = Object.fromEntries(segmentsOf(briefing).map(({ id, text }) => [id, `es: ${text}`]))
    const receipt = await draft(site, aMachine({ meanwhile: () => sends(site, all) }))
    expect(receipt).toMatchObject({
      outcome: 'overtaken',
      reason: 'Somebody has translated the text in the meantime.',
      drafted: [],
    })
    expect(await translationOf(site)).toMatchObject({ revision: 1, provenance: 'human' })
  })

  test('that was withdrawn, before or meanwhile, is left alone', async () => {
    const { site, load } = await openNewsroom()
    const withdrawn = aTranslation(briefing, 'es', { state: 'withdrawn', segments: missing('title') })
    await load({ briefing, translations: [withdrawn] })
    const machine = aMachine()
    expect(await draft(site, machine)).toMatchObject({ outcome: 'nothing to do', reason: 'The translation has been withdrawn.' })
    expect(machine.asked()).toBe(0)
    const withdrawing = aMachine({ meanwhile: () => sends(site, { title: 'Port fermé' }, { state: 'withdrawn' }, 'fr') })
    expect(await draft(site, withdrawing, 'fr')).toMatchObject({
      outcome: 'overtaken',
      reason: 'The translation has been withdrawn.',
    })
    expect(Object.keys((await translationOf(site, 'fr'))?.segments ?? {})).toEqual(['title'])
  })

  test.each(['machine', 'machine-reviewed'] as const)(
    'of approving a translation as %s is not stretched to what a machine would add later',
    async (provenance) => {
      const { site, load } = await openNewsroom()
      await load({ briefing, translations: [aTranslation(briefing, 'es', { provenance, segments: missing('title') })] })
      const machine = aMachine()
      expect((await draft(site, machine)).reason).toMatch(/readers would see every addition immediately/)
      expect(machine.asked()).toBe(0)
    },
  )
})

/** A newsroom in which this happens before each attempt to save a draft. */
async function withOneBeforeEachDraft(happens: (site: LiveSite) => Promise<void>) {
  const isOfADraft = (write: Write) => ('compile' in write ? write.compile() : write).sql.includes('machine_draft')
  const newsroom = await openNewsroom({
    disturbed: (database) => ({
      ...database,
      async atomically(writes) {
        if (writes.some(isOfADraft)) await happens(untouched())
        return await database.atomically(writes)
      },
    }),
  })
  const untouched = (): LiveSite => ({ ...newsroom.site, database: newsroom.database })
  return { ...newsroom, untouched }
}

describe('the English', () => {
  test('that is revised while the machine works makes its answer worthless, and nothing is saved', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const receipt = await draft(site, aMachine({ meanwhile: () => load({ briefing: corrected }) }))
    expect(receipt).toMatchObject({ outcome: 'overtaken', reason: 'The English has been revised in the meantime.', drafted: [] })
    expect(await translationOf(site)).toBeUndefined()
    expect(await recordsOf(site)).toEqual([])
    expect((await draft(site, aMachine())).outcome).toBe('drafted')
    expect((await translationOf(site))?.segments['title']?.text).toBe('es The harbour reopens')
  })

  test('that is revised at the very moment when the draft is saved does so too', async () => {
    const newsroom = await withOneBeforeEachDraft(async () => {
      await newsroom.load({ briefing: corrected })
    })
    await newsroom.load({ briefing })
    expect(await draft(newsroom.site, aMachine())).toMatchObject({
      outcome: 'overtaken',
      reason: 'The English has been revised in the meantime.',
    })
    expect(await translationOf(newsroom.site)).toBeUndefined()
  })
})

describe('of two jobs for the same briefing and language', () => {
  test('the one that was started last saves, and the answer of the other is refused', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const receipt = await draft(site, aMachine({ name: 'First', meanwhile: () => draft(site, aMachine({ name: 'Second' })) }))
    expect(receipt).toMatchObject({ outcome: 'overtaken', reason: 'Another job has started in the meantime.' })
    expect((await recordsOf(site)).map(({ translator }) => translator)).toEqual(['Second'])
    expect((await translationOf(site))?.segments['title']?.machine).toBe('Second')
  })

  test('the first is refused while the second is still at work', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    let finish = () => {}
    const first = draft(site, aMachine({ name: 'First', meanwhile: () => new Promise<void>((resolve) => (finish = resolve)) }))
    await expect.poll(() => jobsOf(site)).toHaveLength(1)
    const second = await draft(
      site,
      aMachine({
        name: 'Second',
        async meanwhile() {
          finish()
          expect((await first).outcome).toBe('overtaken')
          expect(await translationOf(site)).toBeUndefined()
        },
      }),
    )
    expect(second.outcome).toBe('drafted')
  })

  test('the second does not begin where it is not to disturb the first', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const polite = aMachine()
    const first = aMachine({
      async meanwhile() {
        const liveSince = site.now().toISOString()
        expect(await draft(site, polite, 'es', { liveSince })).toMatchObject({
          outcome: 'overtaken',
          reason: 'Another job is already drafting this translation.',
        })
        expect((await draft(site, polite, 'fr', { liveSince })).outcome).toBe('drafted')
      },
    })
    expect((await draft(site, first)).outcome).toBe('drafted')
    expect(polite.asked()).toBe(1)
  })
})

describe('a machine’s answer', () => {
  test.each([
    ['too few', (texts: readonly string[]) => texts.slice(1)],
    ['too many', (texts: readonly string[]) => [...texts, 'uno más']],
    ['none', () => []],
  ])('with %s texts is refused whole', async (_what, answers) => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const receipt = await draft(site, aMachine({ answers }))
    expect(receipt.outcome).toBe('aborted')
    expect(receipt.reason).toMatch(/^Babel 1 returned \d+ texts for \d+\.$/)
    expect(await translationOf(site)).toBeUndefined()
    expect(await recordsOf(site)).toEqual([])
  })

  test('that the translator itself cannot use aborts the briefing; one that answers nothing at all is reported to the person who asked', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const fails = (error: Error) => aMachine({ meanwhile: () => Promise.reject(error) })
    expect(await draft(site, fails(new Refusal('translator.answer', { translator: 'Babel 1' })))).toMatchObject({
      outcome: 'aborted',
      reason: 'Babel 1 returned something other than translations.',
    })
    await expect(draft(site, fails(new Refusal('deepl.quota', {}, { kind: 'unavailable' })))).rejects.toThrow('quota')
    expect(await translationOf(site)).toBeUndefined()
  })

  test('leaves out each text that an import would be refused for, is not one, or lost its markup, and tells why', async () => {
    const { site, load } = await openNewsroom()
    const long = aBriefing({
      summary: 'More at https://port.example/notice today.',
      watch: [{ id: 'tow', text: '2024' }],
      context: 'The **port** is public.\n\nIt is *old*.',
    })
    await load({ briefing: long })
    const receipt = await draft(
      site,
      aMachine({
        answer: (text) => {
          if (text === 'Port closure') return '  '
          if (text === 'The harbour closes for a month') return text
          if (text.startsWith('More at')) return 'Más en https://elsewhere.example/ hoy.'
          if (text.startsWith('Announces')) return 'Anuncia\u202e el cierre.'
          if (text.startsWith('It is <x')) return 'Es antiguo.'
          return `es ${text}`
        },
      }),
    )
    expect(receipt.outcome).toBe('drafted')
    expect(Object.fromEntries(receipt.leftOut.map(({ segment, reason }) => [segment, reason]))).toEqual({
      topic: 'The translator returned an empty text.',
      title: 'This is the same as the English. Translate it.',
      summary: expect.stringMatching(/^addresses: /),
      'sources.notice.note': expect.stringMatching(/^text: /),
      context: 'The translator changed the markup of the text.',
      'watch.tow': 'This is the same as the English. Translate it.',
      'event.signalType': 'The translator returned an empty text.',
    })
    const { segments } = (await translationOf(site)) ?? { segments: {} }
    expect(Object.keys(segments).filter((id) => receipt.leftOut.some(({ segment }) => segment === id))).toEqual([])
    expect(segments).toMatchObject({
      'body.closure': { text: 'es The port **closed** on Monday, as [its notice](https://port.example/notice) says.' },
    })
  })

  test('of which nothing is of use leaves everything as it was, on record', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing })
    const receipt = await draft(site, aMachine({ answer: () => '' }))
    expect(receipt).toMatchObject({ outcome: 'nothing to do', reason: 'The translator returned nothing usable.', drafted: [] })
    expect(receipt.leftOut).toHaveLength(publicIds.length)
    expect(await translationOf(site)).toBeUndefined()
    expect(await recordsOf(site)).toMatchObject([{ segments: 0 }])
  })
})
