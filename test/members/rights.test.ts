import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { grantToken } from '../../src/members/administer'
import { may, type Right, roleNames } from '../../src/members/person'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation } from '../support/briefings'
import { signedIn } from '../support/members'
import { type Newsroom, openNewsroom, reopened } from '../support/newsroom'
import { routesOf } from '../support/outputs'
import { aTitle, everyone, members, people, programNames, programs, rights, routeRights, type Who } from '../support/rights'

const rightNames = Object.keys(rights) as readonly Right[]

describe('what a role gives a right to', () => {
  test.each(rightNames)('%s: those roles of the table, where the table says, and nobody else', (right) => {
    for (const member of members) {
      const where = rights[right][member]
      const told = Object.fromEntries(['es', 'fr', 'ar'].map((locale) => [locale, may(people[member], right, locale)]))
      const wanted = Object.fromEntries(
        ['es', 'fr', 'ar'].map((locale) => [locale, where === 'everywhere' || (where?.includes(locale) ?? false)]),
      )
      expect([member, told]).toEqual([member, wanted])
      expect([member, may(people[member], right)]).toEqual([member, where !== undefined])
    }
    expect(may(undefined, right)).toBe(false)
    expect(may({ roles: [] }, right, 'es')).toBe(false)
  })

  test('nothing in another language, whatever roles somebody has in theirs', () => {
    const role = fc.record({ name: fc.constantFrom(...roleNames), locale: fc.constantFrom('es', 'fr', 'pt-BR') })
    fc.assert(
      fc.property(
        fc.array(role, { maxLength: 8 }),
        fc.constantFrom(...rightNames),
        fc.constantFrom('ar', 'pt', 'es-MX', 'all', ''),
        (roles, right, locale) => {
          expect(may({ roles }, right, locale)).toBe(false)
        },
      ),
    )
  })
})

describe('the table of routes', () => {
  let peopled: Newsroom
  let newsroom: Newsroom
  const headers = new Map<Who, Readonly<Record<string, string>>>()

  beforeAll(async () => {
    peopled = await openNewsroom()
    const briefing = aBriefing()
    await peopled.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'fr')] })
    headers.set('nobody', {})
    for (const [index, member] of members.entries()) {
      const { cookie } = await signedIn(peopled, `reader-${index}@example.org`, people[member])
      headers.set(member, { Cookie: cookie })
    }
    for (const name of programNames) {
      const { secret } = await grantToken(peopled.site, { name, expiresAt: null, ...programs[name] }, 'a test')
      headers.set(name, { Authorization: `Bearer ${secret}` })
    }
  })
  beforeEach(async () => {
    newsroom = await reopened(peopled)
  })

  test('has a row for every route of the site, and no row for what is none', () => {
    const { site } = newsroom
    const developers = { ...site, config: { ...site.config, hasOutbox: true } }
    expect([...new Set(routeRights.map(({ route }) => route))].toSorted()).toEqual(routesOf(developers).toSorted())
  })

  test.each(routeRights)('$route at $path lets in those of the table and refuses all others', async (row) => {
    const { path, init = {}, answer, refusal = 404 } = row
    const told: [Who, number][] = []
    const wanted: [Who, number][] = []
    for (const who of everyone) {
      const sent = { Accept: 'text/html', ...Object.fromEntries(new Headers(init.headers)), ...headers.get(who) }
      const response = await newsroom.app.request(newsroom.origin + path, { ...init, headers: sent }, { network: who })
      told.push([who, response.status])
      const refused = typeof refusal === 'number' ? refusal : refusal(who)
      wanted.push([who, row.may.includes(who) ? answer : refused])
    }
    expect(told).toEqual(wanted)
  })

  test('lets whoever may send only Spanish change only Spanish', async () => {
    const { database } = newsroom
    const stand = async (locale: string) => await findTranslation(database, 'harbour', locale)
    const send = async (who: Who, locale: string) => {
      const body = JSON.stringify(aTitle(locale, `${locale}: Un puerto`))
      const init = { method: 'POST', headers: { ...headers.get(who) }, body }
      return (await newsroom.ask('/api/v1/packs?file=harbour-closes.json', init)).status
    }
    const before = await stand('fr')
    for (const who of everyone.filter((each) => !['sends fr', 'sends all, gated', 'publishes all'].includes(each))) {
      expect([401, 403]).toContain(await send(who, 'fr'))
    }
    expect(await stand('fr')).toEqual(before)
    expect(await send('sends es', 'es')).toBe(200)
    expect((await stand('es'))?.segments['title']?.text).toBe('es: Un puerto')
  })
})
