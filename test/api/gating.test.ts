import { beforeAll, describe, expect, test } from 'vitest'
import { segmentsOf } from '../../src/briefings/segments'
import { writePack } from '../../src/translations/packs/formats'
import { packFormats } from '../../src/translations/packs/pack'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { aPack, aUnit } from '../support/packs'
import { openToPrograms, type Programs } from '../support/programs'

let programs: Programs
let outsider: string
let member: string

/** A section that was for members when it was translated, and has since been opened to all with other words. */
const closed = aBriefing({ id: 'quay', slug: 'quay-reopens' })
const opened = revised(closed, 'material', '2025-03-02T08:00:00Z', (briefing) => ({
  ...briefing,
  sections: briefing.sections.map((section) =>
    section.id === 'insurers' ? { ...section, access: 'public', text: 'Insurers have paid.' } : section,
  ),
}))

/** Two briefings that say the same: one to all, the other to members, in whose Spanish there is a canary. */
const said = 'A yard in Genoa has room for the dredger until the end of May.'
const toAll = aBriefing({ id: 'to-all', slug: 'to-all', summary: said })
const toMembers = aBriefing({
  id: 'to-members',
  slug: 'to-members',
  sections: [{ id: 'repairs', access: 'alliance', heading: 'Repair options', text: said }],
})

const slugs = ['harbour-closes', 'quay-reopens', 'to-all', 'to-members']
const gated = segmentsOf(aBriefing()).filter(({ access }) => access !== 'public')

beforeAll(async () => {
  programs = await openToPrograms()
  const segments = { 'sections.repairs': 'canary-alliance Un astillero de Genoa tiene sitio hasta finales de mayo.' }
  await programs.load(
    {
      briefing: closed,
      translations: [aTranslation(closed, 'es', { segments: { 'sections.insurers': 'Las aseguradoras pagan.' } })],
    },
    { briefing: toAll },
    { briefing: toMembers, translations: [aTranslation(toMembers, 'es', { segments })] },
  )
  await programs.load({ briefing: opened })
  outsider = (await programs.issue({ locales: 'all', mayWrite: true })).secret
  member = (await programs.issue({ locales: 'all', mayWrite: true, seesGated: true })).secret
})

/** Every answer of the API that can be read with a token, as text with its headers. */
async function everythingFor(token: string): Promise<readonly string[]> {
  const packs = [
    ...slugs.flatMap((slug) => [`es/${slug}?only=all`, `es/${slug}?only=outdated`]),
    ...['es/harbour-closes?only=missing', 'ja/harbour-closes?copy-source=true', 'pl/harbour-closes?only=all'],
  ]
  const paths = [
    ...['/api/v1/status', '/api/v1/status?locale=es&limit=1'],
    ...packs.flatMap((pack) => packFormats.map((format) => `/api/v1/packs/${pack}&format=${format}`)),
  ]
  return await Promise.all(
    paths.map(async (path) => {
      const response = await programs.call(path, { token })
      expect(response.status).toBeLessThan(300)
      return `${path}\n${JSON.stringify([...response.headers])}\n${await response.text()}`
    }),
  )
}

describe('a token that is not for members’ texts', () => {
  test('finds no word of one, in any format, selection or list; one that is, finds them', async () => {
    const words = /canary|Dredgers SA|linkedOrganisations\.dredgers/
    expect((await everythingFor(outsider)).filter((answer) => words.test(answer))).toEqual([])
    const found = (await everythingFor(member)).filter((answer) => words.test(answer))
    for (const format of packFormats)
      expect(found.some((answer) => answer.startsWith(`/api/v1/packs/es/harbour-closes?only=all&format=${format}\n`))).toBe(true)
    expect(found.some((answer) => answer.startsWith('/api/v1/status'))).toBe(true)
  })

  test('does not see what an open text said while it was for members, and sees that it has changed', async () => {
    const packFor = async (token: string) =>
      await (await programs.call('/api/v1/packs/es/quay-reopens?only=outdated', { token })).text()
    expect(await packFor(outsider)).toContain('Insurers have paid.')
    expect(await packFor(outsider)).not.toContain('Insurers expect claims.')
    expect(await packFor(member)).toContain('Insurers expect claims.')
  })

  test('sees what is public of them: their headings', async () => {
    const pack = await (await programs.fetchPack(outsider, 'ja', 'json')).json()
    expect(Object.keys((pack as { segments: object }).segments)).toContain('sections.insurers.heading')
  })

  test('is told of no words to do but its own', async () => {
    const wordsFor = async (token: string) => {
      const rows = await (await programs.call('/api/v1/status?locale=ja', { token })).json()
      return (rows as { slug: string; words: number }[]).find(({ slug }) => slug === 'harbour-closes')?.words ?? 0
    }
    const behind = gated.reduce((sum, { text }) => sum + text.split(' ').length, 0)
    expect((await wordsFor(member)) - (await wordsFor(outsider))).toBe(behind)
  })

  test.each(packFormats)('learns nothing by sending %s: not whether there is such a text, nor what it says', async (format) => {
    const texts = gated.flatMap(({ id, text }) => [
      { id, target: `es: ${text}`, state: 'current' as const }, // What stands there.
      { id, target: `es: ${text}`, state: 'outdated' as const }, // The same, which PO marks as not done.
      { id, target: text, state: 'current' as const }, // The English itself.
      { id, target: 'Otra cosa', state: 'current' as const },
      { id, target: 'Otra cosa', state: 'outdated' as const },
    ])
    for (const unit of texts) {
      const [real, absent] = await Promise.all(
        [unit.id, 'sections.nowhere'].map(async (id) => {
          const pack = aPack([aUnit({ ...unit, id })], { locale: 'es', sourceRevision: 1 })
          const response = await programs.sendPack(outsider, writePack(format, pack))
          expect(response.status).toBe(200)
          return (await response.text()).replaceAll(id, 'ID')
        }),
      )
      expect(real).toBe(absent)
      expect(real).toContain('"outcome":"unknown"')
    }
  })

  test('changes none of them, and one that is, does', async () => {
    const textsOf = async () => {
      const { segments = {} } = (await findTranslation(programs.database, 'harbour', 'es')) ?? {}
      return gated.map(({ id }) => segments[id]?.text)
    }
    const before = await textsOf()
    const pack = await (await programs.fetchPack(member, 'es', 'json')).text()
    const changed = pack.replaceAll('es: canary', 'es de otro modo: canary')
    expect(changed).not.toBe(pack)
    const refused = await (await programs.sendPack(outsider, changed)).json()
    expect(refused).toMatchObject({ isSaved: false })
    expect(await textsOf()).toEqual(before)
    expect(await (await programs.sendPack(member, changed)).json()).toMatchObject({ isSaved: true })
    expect(await textsOf()).toEqual(before.map((text) => text?.replace('es: ', 'es de otro modo: ')))
  })
})
