import { expect, test } from 'vitest'
import { findOutput } from '../../src/editions/output-store'
import { findAnswer } from '../../src/editions/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { openNewsroom } from '../support/newsroom'

const slug = 'harbour-closes'

async function aSite() {
  const newsroom = await openNewsroom()
  const briefing = aBriefing()
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
  let written = 0
  const ask = async (tier: 'public' | 'circle' = 'public', program = 'one', asked = 'es') => {
    const found = await findOutput(
      newsroom.database,
      { form: 'json', asked, slug, tier },
      {
        read: () => findAnswer(newsroom.database, asked, slug, tier),
        write: ({ reading }) => {
          written += 1
          return `${reading.title.text}, as ${program} writes it`
        },
        etagOf: (print, served) => `${print} ${served} ${program}`,
      },
    )
    return found && { ...found, body: new TextDecoder().decode(found.body) }
  }
  return { ...newsroom, briefing, ask, written: () => written }
}

test('an answer as data is written once for everyone, and again after a print, by another program and for another address', async () => {
  const { ask, written, load, briefing } = await aSite()
  const first = await ask()
  expect(first?.served).toBe('es')
  expect(await ask()).toEqual(first)
  expect(written()).toBe(1)

  const changed = revised(briefing, 'minor', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'Harbour opens' }))
  await load({ briefing: changed, translations: [aTranslation(changed, 'es')] })
  const second = await ask()
  expect([second?.etag === first?.etag, second?.body === first?.body]).toEqual([false, false])
  expect([await ask(), written()]).toEqual([second, 2])

  expect((await ask('public', 'another'))?.body).toContain('another')
  expect((await ask('public', 'one', 'fr'))?.served).toBe('en')
  expect([await ask(), written()]).toEqual([second, 4])
})

test('what a member may read is written each time, and found by nobody else', async () => {
  const { ask, written } = await aSite()
  await ask('circle')
  await ask('circle')
  expect(written()).toBe(2)
  await ask()
  await ask('circle')
  expect(written()).toBe(4)
})

test('there is no answer once the briefing is taken back, though it was kept', async () => {
  const { ask, takeBack } = await aSite()
  expect(await ask()).toBeDefined()
  await takeBack(slug)
  expect(await ask()).toBeUndefined()
})
