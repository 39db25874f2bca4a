import { beforeEach, describe, expect, test } from 'vitest'
import { operations } from '../../src/api/operations'
import { confirmTranslation } from '../../src/newsroom/confirm'
import { draftBriefing } from '../../src/newsroom/machine-drafts'
import { tryDrafts } from '../../src/newsroom/try-drafts'
import { packFormats } from '../../src/translations/packs/pack'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation } from '../support/briefings'
import { aMachine } from '../support/machines'
import { openToPrograms, type Programs } from '../support/programs'

const [old, present] = ['harbour-closes', 'harbour-shuts']

let programs: Programs
let token: string
beforeEach(async () => {
  programs = await openToPrograms()
  const grant = { name: 'Desk', locales: ['es', 'pl', 'fr'], mayWrite: true, mayEdit: true, mayPublish: true, seesGated: true }
  token = (await programs.issue(grant)).secret
})

/** The briefing gets another address. */
async function rename() {
  const briefing = { ...aBriefing(), slug: present }
  await programs.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'pl')] })
}

const titleIn = async (locale: string) => (await findTranslation(programs.database, 'harbour', locale))?.segments['title']?.text

describe('a briefing that has another address now', () => {
  test.each(packFormats)('takes in the Polish pack that left before, as %s', async (format) => {
    const sent = await (await programs.fetchPack(token, 'pl', format)).text()
    await rename()
    const response = await programs.sendPack(token, sent.replaceAll('pl: The harbour closes for a month', 'Port zamknięty'))
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ slug: present, locale: 'pl', isSaved: true })
    expect(await titleIn('pl')).toBe('Port zamknięty')
  })

  test('is found by every operation that names it by the address that it had', async () => {
    await rename()
    const bodies: Readonly<Record<string, unknown>> = {
      publish: { locales: ['en', 'pl'] },
      takeBack: { why: '' },
      remove: { why: 'A trial', confirm: old },
      putTranslation: await (await programs.call(`/api/v1/translations/pl/${present}`, { token })).json(),
      putSource: { briefing: { ...aBriefing(), slug: present, formerSlugs: [old] } },
    }
    const bySlug = Object.entries(operations).filter(([, { path }]) => path.includes('{slug}'))
    const answered = async (name: string, { method, path }: { method: string; path: string }, slug: string) => {
      const trial = method === 'GET' ? '' : '?dry-run=true'
      const headers = { 'Content-Type': 'application/json', ...(name.startsWith('put') ? { 'If-Match': '*' } : {}) }
      const body = bodies[name] === undefined ? {} : { body: JSON.stringify(bodies[name]) }
      const at = path.replace('{slug}', slug).replace('{locale}', 'pl') + trial
      return (await programs.call(at, { token, method, headers, ...body })).status
    }
    expect(bySlug.length).toBeGreaterThan(7)
    for (const [name, operation] of bySlug) {
      const now = await answered(name, operation, present)
      // What readers may ask for too is answered with the present address, as readers are.
      const expected = operation.access === 'open' ? 301 : now
      expect([name, now < 300, await answered(name, operation, old)]).toEqual([name, true, expected])
      expect([name, await answered(name, operation, 'harbour-never')]).toEqual([name, name === 'putSource' ? 422 : 404])
    }
  })

  test('is found so by the commands, which say the address that it has', async () => {
    await rename()
    const { site } = programs
    expect(await confirmTranslation(site, old, 'pl', [], 'Ada', { isTrial: true })).toMatchObject({ briefingId: 'harbour' })
    const trials: string[] = []
    for await (const { slug } of tryDrafts(site, [old], 'fr', { withGated: false })) trials.push(slug)
    expect(trials).toEqual([present])
    expect((await draftBriefing(site, aMachine(), old, 'fr', { withGated: false })).slug).toBe(present)
    expect(await programs.publish(old, 'pl')).toMatchObject({ slug: present })
    expect(await programs.takeBack(old)).toMatchObject({ slug: present })
  })
})
