import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSource } from '../../src/briefings/store'
import { importPack } from '../../src/newsroom/import'
import { printBriefing } from '../../src/printing/print-briefing'
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
  const titled = async (title: string) => {
    const number = ((await findSource(database, 'harbour'))?.published ?? 0) + 1
    const at = `2025-04-01T08:${String(number).padStart(2, '0')}:00Z`
    return revised(briefing, 'material', at, (each) => ({ ...each, title }))
  }
  return {
    ...newsroom,
    former: formerNewsroom(database),
    titled,
    /** The program of now saves texts, and publishes nothing. */
    sends: async (locale: string, texts: Record<string, string>) =>
      await importPack(site, {
        name: 'harbour-closes',
        source: 'en',
        locale,
        sourceRevision: 1,
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
    const locale = fc.constantFrom('es', 'pl', 'de')
    const act = fc.record({
      by: fc.constantFrom('former', 'new'),
      locale,
      what: fc.constantFrom('save', 'approve', 'print'),
      word: fc.constantFrom('one', 'two', 'three'),
    })
    const collision = [
      { by: 'new', locale: 'es', what: 'save', word: 'one' },
      { by: 'former', locale: 'es', what: 'approve', word: 'two' },
      { by: 'new', locale: 'es', what: 'approve', word: 'three' },
    ]
    let collisions = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 12 }), async (acts) => {
        const { former, site, database, sends, ...newsroom } = await openBoth()
        const approved = new Map<string, string>()
        for (const { by, locale: to, what, word } of acts) {
          const title = what === 'approve' ? `Approved ${word}` : `Unpublished ${word}`
          const newest = await findTranslation(database, 'harbour', to)
          try {
            if (what === 'print') await printBriefing(site, 'harbour')
            else if (by === 'former') {
              // It saves upon what it knows: an approved translation is changed only by approving.
              if (what === 'approve' || newest?.published === undefined)
                await former.saves('harbour', to, { title }, what === 'approve' ? 'approved' : 'draft')
            } else {
              await sends(to, { title })
              if (what === 'approve') await newsroom.publish('harbour-closes', to)
            }
            if (what === 'approve') approved.set(to, title)
          } catch (error) {
            expect(String(error)).toMatch(refusals)
            collisions += 1
          }
          const printed = await former.prints('harbour')
          for (const [shown, text] of Object.entries(printed)) {
            expect(text).not.toContain('Unpublished')
            if (approved.has(shown)) expect(text).toContain(approved.get(shown))
          }
        }
        await printBriefing(site, 'harbour')
        for (const [shown, title] of approved) {
          const page = await newsroom.text(`/${shown}/briefings/harbour-closes`)
          expect([shown, page.includes(title), page.includes('Unpublished')]).toEqual([shown, true, false])
        }
      }),
      { numRuns: rounds(30), examples: [[collision]] },
    )
    expect(collisions).toBeGreaterThan(0)
  })
})
