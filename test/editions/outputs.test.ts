import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { runtime } from '#runtime'
import { createApp } from '../../src/apps/readers'
import type { Tier } from '../../src/briefings/vocabulary'
import { openLocales } from '../../src/language/locale'
import { type Asker, newsroomWithCanaries } from '../support/canaries'
import { type Output, outputs, routesOf } from '../support/outputs'
import { rounds } from '../support/rounds'
import { rankOf } from '../support/tiers'

let newsroom: Awaited<ReturnType<typeof newsroomWithCanaries>>
let locales: readonly string[]
beforeAll(async () => {
  newsroom = await newsroomWithCanaries()
  locales = openLocales(newsroom.site.locales)
})

const members = ['circle', 'alliance'] as const

/** The tier whose texts an output shows to somebody who asks; `public` where it shows nobody's. */
function tierFor({ opens }: Output, asker: Asker): Tier {
  if (opens === 'to members') return asker.tier
  if (opens === 'to programs that edit') return asker.edits ? 'alliance' : 'public'
  return opens === 'to programs' && asker.program !== 'none' ? asker.program : 'public'
}

async function askAs(
  asker: Asker,
  { path, init = {} }: Output,
  locale: string,
  accept = 'text/html',
  method = init.method ?? 'GET',
) {
  const headers = { Accept: accept, ...Object.fromEntries(new Headers(init.headers)), ...asker.headers }
  const response = await newsroom.ask(path(locale), { ...init, method, headers })
  return { response, said: `${await response.text()}\n${JSON.stringify([...response.headers])}` }
}

/** Words that were said and should not have been. What is a draft is for programs, which work on it, and for no reader. */
const leaks = (said: string, { opens }: Output, tier: Tier): readonly string[] =>
  [
    ...members.filter((each) => rankOf(each) > rankOf(tier)).map((each) => `canary-${each}`),
    ...(tier === 'public' ? ['Dredgers SA', 'linkedOrganisations.dredgers'] : []),
    ...(opens?.startsWith('to programs') ? [] : ['canary-draft']),
  ].filter((word) => said.includes(word))

describe('the table of outputs', () => {
  test('has a row for every route of the site, and no row for what is none', async () => {
    const { site } = newsroom
    const developers = { ...site, config: { ...site.config, hasOutbox: true } }
    const registered = new Set(outputs.map(({ route }) => route).filter((route) => route !== 'none'))
    expect([...registered].toSorted()).toEqual(routesOf(developers).toSorted())
  })

  test('reaches what it says that it reaches', async () => {
    const [nobody] = newsroom.askers
    if (!nobody) throw new Error('Nobody asks.')
    for (const output of outputs.filter(({ route, opens }) => opens === 'to members' && route !== 'none')) {
      for (const locale of output.only ?? locales) {
        const { response } = await askAs(nobody, output, locale)
        expect([output.name, locale, response.status]).toEqual([output.name, locale, 200])
      }
    }
  })
})

/** The languages in which somebody asks for an output: all of them on Node, and on Workers two, other ones each time. */
const localesOf = (turn: number) =>
  runtime === 'node' ? locales : [0, 4].map((step) => locales[(turn + step) % locales.length] ?? '')

describe('a gated word', () => {
  test('is said in no output and no language to anybody below its tier, and is said to those of it', async () => {
    const wrong: string[] = []
    for (const [row, asker] of newsroom.askers.entries()) {
      for (const [column, output] of outputs.entries()) {
        const tier = tierFor(output, asker)
        for (const locale of localesOf(row + column)) {
          const { response, said } = await askAs(asker, output, locale)
          const at = `${output.name} in ${locale} to ${asker.name}`
          wrong.push(...leaks(said, output, tier).map((word) => `${at}: ${word}`))
          const isThere = response.status === 200 && (output.only ?? locales).includes(locale)
          if (!isThere || output.opens === undefined || output.isAboutTexts) continue
          const missing = members.filter((each) => rankOf(each) <= rankOf(tier) && !said.includes(`canary-${each}`))
          wrong.push(...missing.map((word) => `${at}: no canary-${word}`))
        }
      }
    }
    expect(wrong).toEqual([])
  })

  test('is said to nobody below its tier by any method, whatever they accept and whatever they hold', async () => {
    const { askers } = newsroom
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...askers),
        fc.constantFrom(...outputs.filter(({ init }) => init === undefined)),
        fc.constantFrom(...locales),
        fc.constantFrom('text/html', 'application/json', 'text/markdown', '*/*', ''),
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT'),
        fc.constantFrom('*', 'W/"1"', ''),
        async (asker, output, locale, accept, method, held) => {
          const holding = { ...asker, headers: { ...asker.headers, ...(held === '' ? {} : { 'If-None-Match': held }) } }
          const { said } = await askAs(holding, output, locale, accept, method)
          expect(leaks(said, output, tierFor(output, asker))).toEqual([])
        },
      ),
      { numRuns: rounds(300) },
    )
  })
})

describe('an answer that depends on who asks', () => {
  const opening = outputs.filter(({ opens, isAboutTexts }) => opens === 'to members' && !isAboutTexts)

  test('is a member’s alone: nobody keeps it, it has no ETag, and it is whole whatever they hold of the public one', async () => {
    const { askers } = newsroom
    const [nobody] = askers
    if (!nobody) throw new Error('Nobody asks.')
    const signedIn = askers.filter(({ tier }) => tier !== 'public')
    expect(signedIn.length).toBeGreaterThan(2)
    for (const output of opening) {
      for (const locale of ['en', 'es', 'ar', 'zh-Hans'].filter((each) => (output.only ?? locales).includes(each))) {
        const { response } = await askAs(nobody, output, locale)
        const etag = response.headers.get('ETag') ?? ''
        const holding = (asker: Asker, held: string) => ({ ...asker, headers: { ...asker.headers, 'If-None-Match': held } })
        if (!output.isPrivate) {
          expect(response.headers.get('Cache-Control')).toContain('public')
          expect(response.headers.get('Vary')).toContain('Cookie')
          expect(etag).not.toBe('')
          expect((await askAs(holding(nobody, etag), output, locale)).response.status).toBe(304)
        }
        for (const asker of signedIn) {
          for (const held of [etag, '*', `"x", ${etag}`]) {
            const own = await askAs(holding(asker, held), output, locale)
            expect(own.response.status).toBe(200)
            expect(own.response.headers.get('Cache-Control')).toBe('private, no-store')
            expect(own.response.headers.has('ETag')).toBe(false)
            expect(own.said).toContain('canary-circle')
          }
        }
      }
    }
  })

  test('is the public one, byte for byte, to everybody who is not signed in, whatever cookies they bring', async () => {
    const { askers } = newsroom
    const [nobody, ...others] = askers.filter(({ tier }) => tier === 'public')
    if (!nobody) throw new Error('Nobody asks.')
    for (const output of opening) {
      for (const locale of ['en', 'es', 'ja'].filter((each) => (output.only ?? locales).includes(each))) {
        const { said } = await askAs(nobody, output, locale)
        for (const asker of others) expect((await askAs(asker, output, locale)).said).toBe(said)
      }
    }
  })

  test('is decided upon the newsroom’s own database, never upon a copy that may be a moment behind', async () => {
    const { site, askers, database, origin } = newsroom
    const about = ['session', 'person', 'role']
    const copy = {
      ...database,
      query: database.query.withPlugin({
        transformQuery: ({ node }) => {
          if (about.some((table) => JSON.stringify(node).includes(`"name":"${table}"`))) throw new Error('The copy is behind.')
          return node
        },
        transformResult: ({ result }) => Promise.resolve(result),
      }),
    }
    const app = createApp({ ...site, database: copy }, site)
    const headers = { Accept: 'text/html', ...askers.find(({ tier }) => tier === 'alliance')?.headers }
    for (const output of opening) {
      const response = await app.request(origin + output.path('es'), { headers }, {})
      expect(await response.text()).toContain('canary-alliance')
    }
  })
})
