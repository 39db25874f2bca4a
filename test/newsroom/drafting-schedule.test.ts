import { describe, expect, test } from 'vitest'
import { draftOnSchedule, draftWaiting } from '../../src/newsroom/draft-waiting'
import { draftBriefing, openTranslator } from '../../src/newsroom/machine-drafts'
import { Refusal } from '../../src/problem'
import type { LiveSite } from '../../src/site'
import { readMachineConfig } from '../../src/translations/machine/config'
import type { Translator } from '../../src/translations/machine/translator'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { aMachine } from '../support/machines'
import { openNewsroom } from '../support/newsroom'

const aBriefingOf = (day: string, changes: Parameters<typeof aBriefing>[0] = {}) =>
  aBriefing({ id: `day-${day}`, slug: `day-${day}`, publishedAt: `2025-03-${day}T08:00:00Z`, ...changes })

/** What a run over everything that waits in these languages came to: `es day-01 drafted`. */
async function run(
  site: LiveSite,
  translator: Translator,
  locales = ['es'],
  most = Number.POSITIVE_INFINITY,
  since = site.now(),
) {
  const told: string[] = []
  const waiting = draftWaiting(site, translator, locales, { withGated: false, liveSince: since.toISOString(), most })
  for await (const { locale, slug, outcome } of waiting) told.push(`${locale} ${slug} ${outcome}`)
  return told
}

const fails = (error: Error, of: RegExp = /./) =>
  aMachine({
    answers: (texts) => {
      if (texts.some((text) => of.test(text))) throw error
      return texts.map((text) => `es ${text}`)
    },
  })

describe('what waits for a machine', () => {
  test('are the briefings that readers can read, newest first, language after language, and each once', async () => {
    const { site, load } = await openNewsroom({ now: '2025-03-20T00:00:00Z' })
    await load(
      { briefing: aBriefingOf('01') },
      { briefing: aBriefingOf('02'), translations: [aTranslation(aBriefingOf('02'), 'es', { segments: { title: '' } })] },
      { briefing: aBriefingOf('03', { state: 'draft' }) },
      { briefing: aBriefingOf('04', { confidence: 0.05 }) },
      { briefing: aBriefingOf('30') },
      { briefing: aBriefingOf('05') },
    )
    const machine = aMachine()
    expect(await run(site, machine, ['es', 'fr'])).toEqual([
      'es day-05 drafted',
      'es day-02 drafted',
      'es day-01 drafted',
      'fr day-05 drafted',
      'fr day-02 drafted',
      'fr day-01 drafted',
    ])
    expect(await run(site, machine, ['es', 'fr'])).toEqual([])
    expect(machine.asked()).toBe(6)
  })

  test('is no translation that was withdrawn, nor one that readers would see grow', async () => {
    const { site, load } = await openNewsroom()
    const missing = { segments: { title: '' } }
    await load(
      { briefing: aBriefingOf('01'), translations: [aTranslation(aBriefingOf('01'), 'es', { state: 'withdrawn', ...missing })] },
      {
        briefing: aBriefingOf('02'),
        translations: [aTranslation(aBriefingOf('02'), 'es', { provenance: 'machine', ...missing })],
      },
      { briefing: aBriefingOf('03'), translations: [aTranslation(aBriefingOf('03'), 'es', missing)] },
    )
    expect(await run(site, aMachine())).toEqual(['es day-03 drafted'])
  })

  test('is not what lacks nothing, or nothing but texts for members, and that is found out once', async () => {
    const { site, load, forget, queries } = await openNewsroom()
    await load(
      { briefing: aBriefingOf('01'), translations: [aTranslation(aBriefingOf('01'), 'es')] },
      {
        briefing: aBriefingOf('02'),
        translations: [aTranslation(aBriefingOf('02'), 'es', { segments: { 'sections.insurers': '' } })],
      },
    )
    const machine = aMachine()
    expect(await run(site, machine)).toEqual(['es day-02 nothing to do', 'es day-01 nothing to do'])
    expect(machine.asked()).toBe(0)
    forget()
    expect(await run(site, machine)).toEqual([])
    expect(queries).toHaveLength(1)
  })

  test('waits again when the English is revised', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefingOf('01')
    await load({ briefing })
    await run(site, aMachine())
    const longer = revised(briefing, 'minor', '2025-03-03T08:00:00Z', (each) => ({
      ...each,
      keyPoints: [...each.keyPoints, { id: 'tugs', text: 'Two tugs are on their way.' }],
    }))
    await load({ briefing: longer })
    const machine = aMachine()
    expect(await run(site, machine)).toEqual(['es day-01 drafted'])
    expect(machine.sent).toEqual(['Two tugs are on their way.'])
  })

  test('is done some at a time, in every language alike', async () => {
    const { site, load } = await openNewsroom()
    await load(...['01', '02', '03'].map((day) => ({ briefing: aBriefingOf(day) })))
    expect(await run(site, aMachine(), ['es', 'fr'], 3)).toEqual(['es day-03 drafted', 'es day-02 drafted', 'fr day-03 drafted'])
    expect(await run(site, aMachine(), ['es', 'fr'], 3)).toEqual(['es day-01 drafted', 'fr day-02 drafted', 'fr day-01 drafted'])
    expect(await run(site, aMachine(), ['es', 'fr'], 3)).toEqual([])
  })

  test('is asked for once a revision, even where nothing of use comes back', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing: aBriefingOf('01') })
    expect(await run(site, aMachine({ answer: () => '' }))).toEqual(['es day-01 nothing to do'])
    expect(await run(site, aMachine())).toEqual([])
    expect(await draftBriefing(site, aMachine(), 'day-01', 'es', { withGated: false })).toMatchObject({ outcome: 'drafted' })
  })
})

describe('a schedule', () => {
  const config = (variables: Record<string, string>, { locales }: LiveSite) => readMachineConfig(variables, locales)

  test('keeps a briefing that was aborted from no other, and tries it again after a while, not at once', async () => {
    const { site, load, clock } = await openNewsroom()
    await load({ briefing: aBriefingOf('01') }, { briefing: aBriefingOf('02', { title: 'A bad day' }) })
    const told: Record<string, unknown>[] = []
    const scheduled = (translator: Translator) =>
      draftOnSchedule(site, translator, config({ MACHINE_DRAFTS: 'es' }, site), 10, (entry) => told.push(entry))
    await scheduled(fails(new Refusal('translator.answer', { translator: 'Babel 1' }), /bad day/))
    expect(told).toMatchObject([
      { level: 'error', slug: 'day-02', outcome: 'aborted', why: 'Babel 1 returned something other than translations.' },
      { level: 'info', slug: 'day-01', locale: 'es', outcome: 'drafted', leftOut: 0 },
    ])
    expect(JSON.stringify(told)).not.toContain('harbour')
    const machine = aMachine()
    clock.now = '2026-01-01T00:14:00Z'
    await scheduled(machine)
    expect(machine.asked()).toBe(0)
    clock.now = '2026-01-01T00:16:00Z'
    await scheduled(machine)
    expect(machine.asked()).toBe(1)
  })

  test('goes on past a briefing that cannot even be read', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing: aBriefingOf('01') }, { briefing: aBriefingOf('02') })
    await site.database.query.updateTable('source_revision').set({ document: '{}' }).where('briefing_id', '=', 'day-02').execute()
    expect(await run(site, aMachine())).toEqual(['es day-02 aborted', 'es day-01 drafted'])
  })

  test('stops where the translator does no work at all, and saves nothing', async () => {
    const { site, load } = await openNewsroom()
    await load({ briefing: aBriefingOf('01') }, { briefing: aBriefingOf('02') })
    const machine = fails(new Refusal('deepl.quota', {}, { kind: 'unavailable' }))
    const scheduled = draftOnSchedule(site, machine, config({ MACHINE_DRAFTS: 'es,fr' }, site), 10, () => {})
    await expect(scheduled).rejects.toThrow('quota')
    expect(machine.asked()).toBe(1)
    expect(await findTranslation(site.database, 'day-02', 'es')).toBeUndefined()
  })

  test('does not begin what another job is at', async () => {
    const { site, load, clock } = await openNewsroom()
    await load({ briefing: aBriefingOf('01') })
    const scheduled = (translator: Translator) =>
      draftOnSchedule(site, translator, config({ MACHINE_DRAFTS: 'es' }, site), 10, () => {})
    const second = aMachine()
    const first = aMachine({
      async meanwhile() {
        clock.now = '2026-01-01T00:10:00Z'
        await scheduled(second)
      },
    })
    await scheduled(first)
    expect([first.asked(), second.asked()]).toEqual([1, 0])
  })

  test('does not let what was aborted hold back the English that came after it', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefingOf('01')
    await load({ briefing })
    const scheduled = (translator: Translator) =>
      draftOnSchedule(site, translator, config({ MACHINE_DRAFTS: 'es' }, site), 10, () => {})
    await scheduled(fails(new Refusal('translator.answer', { translator: 'Babel 1' })))
    await load({ briefing: revised(briefing, 'typo', '2025-03-03T08:00:00Z', (each) => ({ ...each, topic: 'Closure' })) })
    const machine = aMachine()
    await scheduled(machine)
    expect(machine.sent).toContain('Closure')
  })
})

describe('the configuration of machine drafts', () => {
  const read = async (variables: Record<string, string>) => {
    const { site } = await openNewsroom()
    return readMachineConfig(variables, site.locales)
  }

  test('drafts nothing by itself, sends nothing for members, and has no translator, unless it says so', async () => {
    expect(await read({})).toEqual({ url: 'https://api-free.deepl.com', key: undefined, locales: [], withGated: false })
    expect(openTranslator(await read({}))).toBeUndefined()
    expect(await read({ MACHINE_DRAFTS: 'es_ES, pt_br, PL' })).toMatchObject({ locales: ['es', 'pt-BR', 'pl'] })
    expect(await read({ MACHINE_DRAFTS: 'es, pt-BR', MACHINE_GATED: 'on' })).toMatchObject({
      locales: ['es', 'pt-BR'],
      withGated: true,
    })
  })

  test.each([
    [{ MACHINE_DRAFTS: 'es,xx' }, 'MACHINE_DRAFTS: List languages that this site is translated into'],
    [{ MACHINE_DRAFTS: 'en' }, 'MACHINE_DRAFTS: List languages that this site is translated into'],
    [{ MACHINE_GATED: 'yes' }, 'MACHINE_GATED: This must be on or off.'],
    [{ TRANSLATOR_URL: 'http://api.deepl.com' }, 'TRANSLATOR_URL: This must be an address'],
    [{ TRANSLATOR_URL: 'https://api.deepl.com/v2' }, 'TRANSLATOR_URL: This must be an address'],
    [{ TRANSLATOR_KEY: 'a key\nand more' }, 'TRANSLATOR_KEY: This must be a key'],
  ])('%o is refused with a sentence that names it', async (variables, sentence) => {
    await expect(read(variables)).rejects.toThrow(sentence)
    await expect(read(variables)).rejects.not.toThrow('a key\nand more')
  })

  test('takes the HTTP API where there is a key, the platform’s own model where that is bound, and refuses languages without either', async () => {
    const inference = { run: async () => ({}) }
    expect(openTranslator(await read({ TRANSLATOR_KEY: 'k' }), inference)?.name).toBe('DeepL')
    expect(openTranslator(await read({ MACHINE_DRAFTS: 'es' }), inference)?.name).toBe('Workers AI (M2M-100)')
    const without = await read({ MACHINE_DRAFTS: 'es' })
    expect(() => openTranslator(without)).toThrow('MACHINE_DRAFTS: There is no machine translator. Set TRANSLATOR_KEY.')
  })
})
