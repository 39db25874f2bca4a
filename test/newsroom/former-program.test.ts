import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listStates } from '../../src/briefings/revision-store'
import { fileOf } from '../../src/briefings/revisions'
import { findSource } from '../../src/briefings/store'
import { confirmTranslation } from '../../src/newsroom/confirm'
import { briefingContentFrom } from '../../src/newsroom/content-files'
import { importPack } from '../../src/newsroom/import'
import { loadOne } from '../../src/newsroom/load'
import { withdraw } from '../../src/newsroom/publish'
import { printBriefing } from '../../src/printing/print-briefing'
import { Refusal } from '../../src/problem'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { formerNewsroom } from '../support/former-newsroom'
import { openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

const refusals = /UNIQUE constraint failed|NOT NULL constraint failed/

async function openBoth() {
  const newsroom = await openNewsroom()
  const { site, database } = newsroom
  const briefing = aBriefing()
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'pl')] })
  /** The file of the briefing up to this revision, and another title after it. */
  const titled = async (title: string, upTo?: number) => {
    const source = await findSource(database, 'harbour')
    if (!source) throw new Error('There is no harbour.')
    const file = fileOf(source, (await listStates(database, 'harbour')).slice(0, upTo ?? source.published))
    const at = `2025-05-01T08:${String(file.revisions.length).padStart(2, '0')}:00Z`
    return revised(file, 'minor', at, (each) => ({ ...each, title }))
  }
  return {
    ...newsroom,
    former: formerNewsroom(database),
    titled,
    /** The program of now saves another title, and publishes nothing. */
    savesEnglish: async (title: string) => {
      const newer = await titled(title, (await findSource(database, 'harbour'))?.revision)
      const content = briefingContentFrom(newer, [], { images: site.images, publishes: true }, site.locales, site.settings)
      if ('problems' in content) throw new Error(JSON.stringify(content.problems))
      await loadOne(site, content, { publishes: false })
    },
    /** The program of now saves texts, and publishes nothing. */
    sends: async (locale: string, texts: Record<string, string>) =>
      await importPack(site, {
        name: 'harbour-closes',
        source: 'en',
        locale,
        sourceRevision: (await findSource(database, 'harbour'))?.revision ?? 1,
        revision: (await findTranslation(site.database, 'harbour', locale))?.revision ?? 0,
        targets: new Map(Object.entries(texts)),
      }),
  }
}

describe('beside the program of before, on one database', () => {
  test('what is saved and not published is nothing that it would print', async () => {
    const { former, sends, ...newsroom } = await openBoth()
    const before = await former.prints('harbour')
    expect(before['es']).toContain('es: The harbour closes')
    await sends('es', { title: 'Unpublished' })
    expect(await former.prints('harbour')).toEqual(before)
    await newsroom.publish('harbour-closes', 'es')
    expect((await former.prints('harbour'))['es']).toContain('Unpublished')
  })

  test('what it approves is published', async () => {
    const { former, site, database, ...newsroom } = await openBoth()
    await former.saves('harbour', 'es', { title: 'Aprobado' }, 'approved')
    await former.saves('harbour', 'de', { title: 'Freigegeben' }, 'approved')
    await printBriefing(site, 'harbour')
    expect(await newsroom.text('/es/briefings/harbour-closes')).toContain('Aprobado')
    expect(await newsroom.text('/de/briefings/harbour-closes')).toContain('Freigegeben')
    expect(await findTranslation(database, 'harbour', 'es')).toMatchObject({ revision: 2, published: 2, state: 'approved' })
  })

  test('what it saves upon work in hand is refused whole, and neither is lost', async () => {
    const { former, sends, database, titled, ...newsroom } = await openBoth()
    await sends('es', { title: 'En curso' })
    await expect(former.saves('harbour', 'es', { title: 'Aprobado' }, 'approved')).rejects.toThrow(refusals)
    expect(await findTranslation(database, 'harbour', 'es')).toMatchObject({
      revision: 2,
      published: 1,
      segments: { title: { text: 'En curso' } },
    })
    await former.loads(await titled('Loaded by the program of before'))
    expect(await findSource(database, 'harbour')).toMatchObject({ revision: 2, published: 2 })
    await newsroom.printWaiting()
    expect(await newsroom.text('/en/briefings/harbour-closes')).toContain('Loaded by the program of before')
  })

  test('whatever both do in whatever order, nothing unpublished is printed by either, and no approval is lost', async () => {
    const act = fc.record({
      by: fc.constantFrom('former', 'new'),
      locale: fc.constantFrom('en', 'es', 'pl', 'de'),
      what: fc.constantFrom('save', 'save', 'approve', 'publish', 'confirm', 'withdraw', 'print'),
    })
    const collision = [
      { by: 'new', locale: 'es', what: 'save' },
      { by: 'former', locale: 'es', what: 'approve' },
      { by: 'new', locale: 'es', what: 'approve' },
      { by: 'new', locale: 'en', what: 'save' },
      { by: 'former', locale: 'en', what: 'approve' },
      { by: 'new', locale: 'en', what: 'publish' },
    ]
    let collisions = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 16 }), async (acts) => {
        const { former, site, database, sends, savesEnglish, titled, ...newsroom } = await openBoth()
        /** What readers have of each language by a decision, and what only waits in it. */
        const [decided, waiting] = [new Map<string, string>(), new Map<string, string>()]
        for (const [index, { by, locale: to, what }] of acts.entries()) {
          const title = `Word${index}.`
          const newest = to === 'en' ? undefined : await findTranslation(database, 'harbour', to)
          const decides = () => {
            decided.set(to, title)
            waiting.delete(to)
          }
          try {
            if (what === 'print') await printBriefing(site, 'harbour')
            else if (what === 'confirm') await confirmTranslation(site, 'harbour-closes', to, [], 'Ada')
            else if (what === 'withdraw' && newest?.published !== undefined) {
              await withdraw(site, 'harbour-closes', to, { actor: 'a test' })
              // Its newest text is kept, and comes back when it is published.
              waiting.set(to, waiting.get(to) ?? decided.get(to) ?? '')
              decided.delete(to)
            } else if (what === 'publish') {
              const { locales } = await newsroom.publish('harbour-closes', to)
              if (locales.includes(to)) decided.set(to, waiting.get(to) ?? decided.get(to) ?? '')
              waiting.delete(to)
            } else if (by === 'former' && to === 'en') {
              await former.loads(await titled(title))
              decides()
            } else if (by === 'former') {
              // It saves upon what it knows: an approved translation is changed only by approving.
              if (what !== 'approve' && newest?.published !== undefined) continue
              await former.saves('harbour', to, { title }, what === 'approve' ? 'approved' : 'draft')
              if (what === 'approve') decides()
              else waiting.set(to, title)
            } else {
              await (to === 'en' ? savesEnglish(title) : sends(to, { title }))
              waiting.set(to, title)
              if (what === 'approve') await newsroom.publish('harbour-closes', to)
              if (what === 'approve') decides()
            }
          } catch (error) {
            if (!(error instanceof Refusal)) {
              expect(String(error)).toMatch(refusals)
              collisions += 1
            }
          }
          for (const [shown, text] of Object.entries(await former.prints('harbour'))) {
            const words = [...text.matchAll(/Word\d+\./g)].map(([found]) => found)
            expect([shown, words.filter((each) => each !== decided.get(shown))]).toEqual([shown, []])
            if (decided.get(shown)) expect(words).toContain(decided.get(shown))
          }
        }
        await printBriefing(site, 'harbour')
        for (const [shown, title] of decided) {
          const page = await newsroom.text(`/${shown}/briefings/harbour-closes`)
          expect([shown, page.includes(title)]).toEqual([shown, true])
          for (const held of waiting.values()) expect([shown, held !== '' && page.includes(held)]).toEqual([shown, false])
        }
      }),
      { numRuns: rounds(30), examples: [[collision]] },
    )
    expect(collisions).toBeGreaterThan(0)
  })
})
