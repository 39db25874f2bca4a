import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addPerson, removePerson } from '../../src/members/administer'
import { listNotes } from '../../src/members/audit-store'
import { listKept } from '../../src/members/kept-store'
import type { Person, RoleName } from '../../src/members/person'
import { confirmTranslation } from '../../src/newsroom/confirm'
import { type ImportOptions, importPack } from '../../src/newsroom/import'
import { reviseTranslation } from '../../src/newsroom/revise'
import { type MadeRevision, whyNotApproved } from '../../src/translations/approval'
import type { ReturnedPack } from '../../src/translations/packs/pack'
import { listRevisions } from '../../src/translations/revision-store'
import { findTranslation } from '../../src/translations/store'
import { stateOfWork, type Translation } from '../../src/translations/translation'
import { aBriefing, aTranslation } from '../support/briefings'
import { openToPrograms } from '../support/programs'
import { aTitle } from '../support/rights'
import { rounds } from '../support/rounds'

const asked = { SECOND_PERSON: 'on' }
const page = '/es/briefings/harbour-closes'
const topic = { topic: 'Cierre del puerto' }
const title = { title: 'El puerto cierra un mes' }

/** A site with an English briefing, its desk, and what they send. */
async function openDesk(settings: Readonly<Record<string, string>> = asked) {
  const newsroom = await openToPrograms({ settings })
  const { site, database, text } = newsroom
  const hire = async (name: string, role: RoleName = 'reviewer', locale = 'es'): Promise<Person> => {
    const roles = [{ name: role, locale }]
    const person = await addPerson(site, { address: `${name}@example.org`, locale: 'en', tier: 'circle', roles }, 'a test')
    if (!person) throw new Error(`${name} is there already.`)
    return person
  }
  const approvals = () => listNotes(database, 100, { act: 'translation-approved' })
  const noted = (await approvals())[0]?.number ?? 0 // What tests before this one noted, for nothing removes it.
  const standing = async (locale = 'es') => ({
    translation: await findTranslation(database, 'harbour', locale),
    revisions: await listRevisions(database, 'harbour', locale),
    notes: (await approvals()).filter(({ number }) => number > noted),
  })
  return {
    ...newsroom,
    hire,
    standing,
    /** Sends texts into Spanish, or another language. */
    sends: (texts: Record<string, string>, options: ImportOptions = {}, locale = 'es') => {
      const pack: ReturnedPack = {
        name: 'harbour-closes',
        source: 'en',
        locale,
        sourceRevision: 1,
        targets: new Map(Object.entries(texts)),
      }
      return importPack(site, pack, options)
    },
    read: () => text(page),
  }
}

/** The same, before anything is translated into Spanish. */
async function openUntranslated(settings = asked) {
  const desk = await openDesk(settings)
  const { query } = desk.database
  await query.deleteFrom('translation_revision').where('locale', '=', 'es').execute()
  await query.deleteFrom('translation').where('locale', '=', 'es').execute()
  return desk
}

describe('where a site asks for a second person', () => {
  test('readers are shown what one person wrote and another approved, and the log says who', async () => {
    const desk = await openUntranslated()
    const [ada, bea] = [await desk.hire('ada', 'translator'), await desk.hire('bea')]
    await desk.sends(title, { person: ada })
    expect(await desk.read()).not.toContain(title.title)
    expect(await desk.sends(title, { person: bea, state: 'approved' })).toMatchObject({ isSaved: true })
    expect(await desk.read()).toContain(title.title)
    const { revisions, notes } = await desk.standing()
    expect(revisions.map(({ by, state }) => [by, state])).toEqual([
      [ada.id, 'draft'],
      [bea.id, 'approved'],
    ])
    expect(notes).toMatchObject([{ actor: bea.id, subject: 'harbour', detail: { locale: 'es', revision: '2' } }])
  })

  test('nobody approves what they wrote, whether it stands already, comes with the approval, or is one text of many', async () => {
    const desk = await openUntranslated()
    const [ada, bea, cleo] = [await desk.hire('ada'), await desk.hire('bea'), await desk.hire('cleo', 'editor', 'all')]
    const before = await desk.standing()
    const own = /^On this site, nobody can approve their own texts \(title\)\. Import the file for review and ask somebody else/
    await expect(desk.sends(title, { person: bea, state: 'approved' })).rejects.toThrow(own)
    await expect(desk.sends(title, { person: bea, state: 'approved', isTrial: true })).rejects.toThrow(own)
    expect(await desk.standing()).toEqual(before)

    await desk.sends(title, { person: bea, state: 'in-review' })
    await desk.sends(topic, { person: ada })
    const stood = await desk.standing()
    await expect(desk.sends({ ...title, ...topic }, { person: bea, state: 'approved' })).rejects.toThrow(own)
    await expect(desk.sends({ topic: 'Puerto cerrado' }, { person: bea, state: 'approved' })).rejects.toThrow('(title and topic)')
    await expect(desk.sends(title, { person: ada, state: 'approved' })).rejects.toThrow('(topic)')
    expect(await desk.standing()).toEqual(stood)
    expect(await desk.read()).not.toContain(title.title)

    await desk.sends({}, { person: cleo, state: 'approved' })
    expect(await desk.read()).toContain(title.title)
    expect((await desk.standing()).notes.map(({ actor }) => actor)).toEqual([cleo.id])
  })

  test('nobody approves without a name, and only who may', async () => {
    const desk = await openUntranslated()
    const [ada, fran] = [await desk.hire('ada', 'translator'), await desk.hire('fran', 'reviewer', 'fr')]
    await desk.sends(title)
    await expect(desk.sends(title, { state: 'approved' })).rejects.toThrow(
      'This site needs a second person to approve translations. Say who approves',
    )
    await expect(desk.sends(title, { state: 'approved', person: ada })).rejects.toThrow(
      'ada@example.org may save translations into es, but not publish them.',
    )
    await expect(desk.sends(topic, { person: fran })).rejects.toThrow('fran@example.org may not translate into es.')
    expect((await desk.standing()).revisions).toHaveLength(1)
  })

  test('anybody who may approves what a machine, a file or somebody unknown wrote', async () => {
    const desk = await openUntranslated()
    const bea = await desk.hire('bea')
    await desk.sends(title)
    await desk.sends({}, { person: bea, state: 'approved' })
    expect(await desk.read()).toContain(title.title)
  })

  test.each([
    ['a program', 'program'],
    ['a file without a name', 'file'],
    ['a reviewer who does not say that it is approved', 'reviewer'],
  ] as const)('what %s brings into an approved translation is work: readers keep what was approved', async (_, from) => {
    const desk = await openDesk()
    const [bea, cleo] = [await desk.hire('bea'), await desk.hire('cleo')]
    expect(await desk.read()).toContain('es: The harbour closes')
    const send = async (): Promise<unknown> => {
      if (from !== 'program') return await desk.sends(title, from === 'reviewer' ? { person: bea } : {})
      const { secret } = await desk.issue({ mayWrite: true })
      return await (await desk.sendPack(secret, JSON.stringify(aTitle('es', title.title)))).json()
    }
    expect(await send()).toMatchObject({ isSaved: true, isPublished: false })
    expect(await desk.read()).toContain('es: The harbour closes')
    expect(await desk.read()).not.toContain(title.title)
    expect((await desk.standing()).translation?.state).toBe('draft')
    await desk.sends({}, { person: cleo, state: 'approved' })
    expect(await desk.read()).toContain(title.title)
  })

  test('whoever wrote a text that another has approved may approve what comes later', async () => {
    const desk = await openUntranslated()
    const [ada, bea] = [await desk.hire('ada'), await desk.hire('bea')]
    await desk.sends(title, { person: ada })
    await desk.sends({}, { person: bea, state: 'approved' })
    await desk.sends(topic, { person: bea })
    await expect(desk.sends({}, { person: bea, state: 'approved' })).rejects.toThrow('(topic)')
    await desk.sends({}, { person: ada, state: 'approved' })
    expect(await desk.read()).toContain(title.title)
    expect((await desk.standing()).notes.map(({ actor }) => actor)).toEqual([ada.id, bea.id])
  })

  test('a machine’s draft that is confirmed in an approved translation waits for an approval too', async () => {
    const desk = await openDesk()
    const bea = await desk.hire('bea')
    await reviseTranslation(desk.site, 'harbour-closes', 'es', (_, before) => {
      if (!before) throw new Error('There is no translation.')
      const { title: _title, ...segments } = before.segments
      return { result: undefined, translation: { ...before, segments } }
    })
    await reviseTranslation(desk.site, 'harbour-closes', 'es', ({ history }, before) => {
      if (!before) throw new Error('There is no translation.')
      const drafted = { text: title.title, seen: history.at(-1)?.hashes['title'] ?? '', machine: 'a machine' }
      return { result: undefined, translation: { ...before, segments: { ...before.segments, title: drafted } } }
    })
    expect((await desk.standing()).translation?.state).toBe('approved') // A proposal is shown to nobody.
    await expect(confirmTranslation(desk.site, 'harbour-closes', 'es', ['title'], 'Bea', { publishes: true })).rejects.toThrow(
      'second person',
    )
    expect(await confirmTranslation(desk.site, 'harbour-closes', 'es', ['title'], 'Bea')).toMatchObject({ isPublished: false })
    await desk.sends({}, { person: bea, state: 'approved' })
    expect(await desk.read()).toContain(title.title)
  })

  test('a text that is saved while somebody approves is approved by nobody who wrote it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const desk = await openUntranslated()
      const [ada, bea] = [await desk.hire('ada', 'translator'), await desk.hire('bea')]
      await desk.sends(topic, { person: ada })
      await Promise.allSettled([desk.sends(title, { person: bea }), desk.sends({}, { person: bea, state: 'approved' })])
      const { translation, revisions } = await desk.standing()
      expect([translation?.state, translation?.segments['title']?.text]).not.toEqual(['approved', title.title])
      expect(revisions.at(-1)?.by).toBe(bea.id)
      expect(await desk.read()).not.toContain(title.title)
    }
  })

  test('what somebody wrote who has left is known to be nobody’s, and stays', async () => {
    const desk = await openUntranslated()
    const [ada, bea] = [await desk.hire('ada', 'translator'), await desk.hire('bea')]
    await desk.sends(title, { person: ada })
    await desk.sends(topic, { person: bea })
    expect((await listKept(desk.database, ada)).translations).toEqual([
      { briefing: 'harbour', locale: 'es', revision: 1, state: 'draft', savedAt: '2026-01-01T00:00:00.000Z' },
    ])
    await removePerson(desk.site, ada, 'a test')
    const { translation, revisions } = await desk.standing()
    expect(revisions.map(({ by }) => by)).toEqual([null, bea.id])
    expect(translation?.segments['title']?.text).toBe(title.title)
  })

  test('files that the operator loads are as approved as they say', async () => {
    const desk = await openDesk()
    const briefing = aBriefing()
    await desk.load({ briefing, translations: [aTranslation(briefing, 'es', { segments: title })] })
    expect(await desk.read()).toContain(title.title)
  })
})

describe('where a site asks for none', () => {
  test('whoever may approves what they wrote, which the log says, and files without a name are approved as ever', async () => {
    const desk = await openUntranslated({ SECOND_PERSON: 'off' })
    const bea = await desk.hire('bea')
    await desk.sends(title, { person: bea, state: 'approved' })
    expect(await desk.sends(topic)).toMatchObject({ isPublished: false })
    expect(await desk.read()).not.toContain(topic.topic)
    expect(await desk.sends({}, { state: 'approved' })).toMatchObject({ isPublished: true })
    expect(await desk.read()).toContain(topic.topic)
    await desk.sends(title, { state: 'approved' }, 'fr')
    const { notes } = await desk.standing()
    expect(notes.map(({ actor, detail }) => [actor, detail['locale']])).toEqual([[bea.id, 'es']])
  })

  test.each(['yes', 'ON', 'true'])('SECOND_PERSON=%s stops the start', async (value) => {
    await expect(openDesk({ SECOND_PERSON: value })).rejects.toThrow('SECOND_PERSON: This must be on or off.')
  })
})

describe('whatever people save in whatever order', () => {
  const someone = fc.constantFrom('ada', 'bea', 'cleo', null)
  const step = fc.record({
    by: someone,
    approves: fc.boolean(),
    texts: fc.dictionary(fc.constantFrom('title', 'topic', 'summary'), fc.constantFrom('', 'one', 'two'), { maxKeys: 2 }),
  })

  test('each text that stands approved has been approved, as it is, by somebody who did not write it', () => {
    let approvals = 0
    let refusals = 0
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const revisions: MadeRevision[] = []
        let present: Translation | undefined
        let told: Record<string, { text: string; by: string | null; approvers: Set<string> }> = {}
        for (const { by, approves, texts } of steps) {
          const after: Translation = {
            locale: 'es',
            state: approves ? 'approved' : stateOfWork(present),
            provenance: 'human',
            credits: [],
            segments: {
              ...present?.segments,
              ...Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, { text, seen: '' }])),
            },
          }
          const refusal = whyNotApproved(present, after, revisions, by === null ? undefined : { id: by })
          const news = Object.entries(texts).filter(([id, text]) => text !== (told[id]?.text ?? undefined))
          const made = {
            ...told,
            ...Object.fromEntries(news.map(([id, text]) => [id, { text, by, approvers: new Set<string>() }])),
          }
          if (refusal) {
            const isOwn = Object.values(made).some((each) => each.by === by && each.approvers.size === 0 && each.text !== '')
            expect(approves && (by === null || isOwn)).toBe(true)
            refusals += 1
            continue
          }
          told = made
          present = after
          revisions.push({ by, sender: by, state: present.state, segments: present.segments })
          if (present.state !== 'approved') continue
          approvals += 1
          for (const each of Object.values(told)) {
            if (approves && by !== null && by !== each.by) each.approvers.add(by)
            if (each.text !== '' && each.by !== null) expect([...each.approvers]).not.toEqual([])
          }
        }
      }),
      { numRuns: rounds(2000) },
    )
    expect(Math.min(approvals, refusals)).toBeGreaterThan(100)
  })
})
