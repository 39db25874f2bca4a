import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { OperationName } from '../../src/api/operations'
import { Refusal } from '../../src/problem'
import { readAnswer } from '../../src/remote/answers'
import { type ClientOptions, openClient } from '../../src/remote/client'
import { originIn } from '../../src/remote/requests'
import { findTranslation } from '../../src/translations/store'
import { aBriefing } from '../support/briefings'
import { encode } from '../support/newsroom'
import { openToPrograms, type Programs } from '../support/programs'
import { clientOf, entrance, type Send } from '../support/remote'
import { aTitle } from '../support/rights'
import { rounds } from '../support/rounds'

let programs: Programs
let desk: string
beforeEach(async () => {
  programs = await openToPrograms()
  desk = (await programs.issue({ locales: ['es', 'pl'], mayWrite: true, mayEdit: true })).secret
})

const params = { locale: 'es', slug: 'harbour-closes' }

/** What was thrown. */
async function thrown(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Refusal) return error
  throw new Error(`Expected a refusal, and not ${String(error)}.`)
}

/** A client of something that answers whatever it is asked in this way. */
const clientOfAnswer = (answer: () => Response | Promise<Response>, options: ClientOptions = {}) =>
  openClient(entrance, desk, { fetch: async () => await answer(), wait: async () => {}, ...options })

describe('a client of the API', () => {
  test('reads a translation, changes it upon what it was made from, and is told both states where another was faster', async () => {
    const client = clientOf(programs, desk)
    const { content, etag } = await client.ask('getTranslation', { params })
    expect(content.segments['title']).toBe('es: The harbour closes for a month')
    const first = await client.ask('putTranslation', { params, body: aTitle('es', 'Cierra el puerto'), madeFrom: etag })
    expect(first.content.lines).toEqual([{ segment: 'title', outcome: 'accepted' }])
    const { kind, members } = await thrown(
      client.ask('putTranslation', { params, body: aTitle('es', 'Otro título'), madeFrom: etag }),
    )
    expect(kind).toBe('precondition_failed')
    expect(members).toMatchObject({ sent: '"1-1"', current: '"2-1"' })
  })

  test('reads the answers of an older site, which knows of no difference between saved and published', async () => {
    const item = { slug: 'harbour-closes', revision: 3, etag: '"3-1"' }
    const source = { id: 'harbour', ...item, publishedAt: '2025-03-01T08:00:00Z', etag: '"3-0a1b2c3d"' }
    const receipt = { slug: 'harbour-closes', locale: 'es', lines: [{ segment: 'title', outcome: 'accepted' }], isSaved: true }
    const loaded = { slug: 'harbour-closes', outcome: 'changed', isPublic: true, behind: ['es'] }
    const translations = ['approved', 'draft', 'none'].map((state) => ({ ...item, state, sourceRevision: 1 }))
    const all: readonly (readonly [OperationName, object, object])[] = [
      [
        'listTranslations',
        { locale: 'es', translations },
        { translations: [{ published: 3 }, { published: null }, { published: null }] },
      ],
      [
        'listSources',
        {
          sources: [
            { ...source, state: 'published' },
            { ...source, state: 'draft' },
          ],
        },
        { sources: [{ published: 3 }, { published: null }] },
      ],
      ['sendPack', receipt, { isPublished: true, isWaiting: false }],
      ['putTranslation', receipt, { isPublished: true, isWaiting: false }],
      ['putSource', loaded, { unpublished: [], warnings: [] }],
    ]
    const headers = new Headers({ 'Content-Type': 'application/json' })
    for (const [name, said, lacked] of all) {
      const bytes = Uint8Array.from(encode(said))
      const answer = readAnswer(name, entrance, { status: 200, headers, bytes })
      expect([name, answer]).toMatchObject([name, { content: said }])
      expect([name, answer]).toMatchObject([name, { content: lacked }])
    }
  })

  test('goes from page to page at the origin that it was given, whatever origin a page names, until the last', async () => {
    for (const each of ['a', 'b', 'c']) await programs.load({ briefing: aBriefing({ id: each, slug: `harbour-${each}` }) })
    const asked: string[] = []
    const client = clientOf(programs, desk, (send) => async (address, init) => {
      asked.push(address)
      const response = await send(address, init)
      expect(response.headers.get('Link') ?? `<${programs.origin}/`).toContain(`<${programs.origin}/`)
      return response
    })
    const slugs: string[] = []
    for await (const { content } of client.pages('listSources', { query: { limit: 1 } })) {
      slugs.push(...content.sources.map(({ slug }) => slug))
    }
    expect(slugs).toEqual(['harbour-a', 'harbour-b', 'harbour-c', 'harbour-closes'])
    expect(asked).toHaveLength(4)
    expect(asked.every((address) => address.startsWith(`${entrance}/api/v1/sources?`))).toBe(true)
  })

  test('does not go round in a circle, nor to another operation, where a page says so', async () => {
    for (const next of ['/api/v1/sources', '/api/v1/sources?limit=1', '/api/v1/status', `${entrance}/outbox`]) {
      const headers = { 'Content-Type': 'application/json', Link: `<${next}>; rel="next"` }
      let asked = 0
      const client = clientOfAnswer(() => {
        asked += 1
        return new Response('{"sources":[]}', { headers })
      })
      const all = async () => {
        for await (const _ of client.pages('listSources', { query: { limit: 1 } }));
      }
      expect((await thrown(all())).message).toMatch(/next page that cannot be right/)
      expect(asked).toBeLessThan(3)
    }
  })

  test('is not sent again what it holds', async () => {
    const client = clientOf(programs, desk)
    const query = { format: 'json' } as const
    const first = await client.ask('getPack', { params, query })
    const again = await client.ask('getPack', { params, query, held: first.etag })
    expect([first.status, again.status, again.content]).toEqual([200, 304, undefined])
  })

  test('does a write once, wherever its connection breaks and whatever stands before the site', async () => {
    const disturbances = ['cut before', 'cut after', 'cut in the answer', '429', '502', '503', '504'] as const
    let title = 'Título '
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...disturbances), { maxLength: 3 }), async (disturbed) => {
        const before = await findTranslation(programs.database, 'harbour', 'es')
        const left = [...disturbed]
        const between = (send: Send): Send => {
          return async (address, init) => {
            const disturbance = left.shift()
            if (disturbance === undefined) return await send(address, init)
            if (disturbance === 'cut before') throw new TypeError('fetch failed')
            if (disturbance.startsWith('cut')) {
              const { headers, body } = await send(address, init)
              await body?.cancel()
              if (disturbance === 'cut after') throw new TypeError('fetch failed')
              return new Response(brokenOff('{"slug":'), { headers: { 'Content-Type': headers.get('Content-Type') ?? '' } })
            }
            return new Response('<h1>Bad gateway</h1>', { status: Number(disturbance), headers: { 'Retry-After': '1' } })
          }
        }
        title += 'o'
        const { content } = await clientOf(programs, desk, between).ask('putTranslation', {
          params,
          body: aTitle('es', title),
          madeFrom: `"${before?.revision}-1"`,
        })
        expect(content.lines).toMatchObject([{ segment: 'title', outcome: 'accepted' }])
        const after = await findTranslation(programs.database, 'harbour', 'es')
        expect(after?.revision).toBe((before?.revision ?? 0) + 1)
        expect(after?.segments['title']?.text).toBe(title)
      }),
      { numRuns: rounds(15) },
    )
  })

  test('gives up on what does not come back, after pauses that grow, and says what it saw', async () => {
    const waits: number[] = []
    const wait = async (milliseconds: number) => void waits.push(milliseconds)
    const gone = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }))
    const { message } = await thrown(clientOfAnswer(gone, { wait }).ask('listLocales', {}))
    expect(message).toBe(`${entrance} cannot be reached (ECONNREFUSED).`)
    expect(waits).toHaveLength(3)
    expect(waits.every((each, index) => each > (waits[index - 1] ?? 500))).toBe(true)
  })

  test('waits as long as it is asked to, and not for what is out of all measure', async () => {
    for (const [headers, waited] of [
      [{ 'Retry-After': '7' }, 7000],
      [{ RateLimit: '"api-token";r=0;t=41' }, 41_000],
      [{ 'Retry-After': '86400' }, undefined],
    ] as const) {
      const waits: number[] = []
      const wait = async (milliseconds: number) => void waits.push(milliseconds)
      const client = clientOfAnswer(() => new Response('', { status: 429, headers: { ...headers } }), { wait })
      await thrown(client.ask('listLocales', {}))
      expect(waits[0]).toBe(waited)
    }
  })

  test('asks after what it sent and is still being worked on, as long as a site may take to give it up', async () => {
    const told = { type: 'about:blank', title: 'x', status: 409, code: 'conflict' }
    const headers = { 'Content-Type': 'application/problem+json' }
    const waits: number[] = []
    const wait = async (milliseconds: number) => void waits.push(milliseconds)
    const client = clientOfAnswer(() => new Response(JSON.stringify(told), { status: 409, headers }), { wait })
    await thrown(client.ask('putTranslation', { params, body: aTitle('es', 'Título'), madeFrom: '"1-1"' }))
    expect(waits.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(60_000)
  })

  test('leaves what takes too long', async () => {
    const stalls: Send = (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const client = openClient(entrance, desk, { fetch: stalls, timeout: 20, wait: async () => {} })
    expect((await thrown(client.ask('listLocales', {}))).message).toBe(`${entrance} did not answer within 0.02 seconds.`)
  })
})

describe('a token', () => {
  test('is sent to the origin that was named and to no other, for a redirect is not followed', async () => {
    for (const to of ['https://other.example/api/v1/locales', '/api/v1/elsewhere', 'not an address at all:']) {
      for (const status of [301, 302, 303, 307, 308]) {
        const asked: string[] = []
        const fetch: Send = async (address, { redirect }) => {
          asked.push(address)
          expect(redirect).toBe('manual')
          return new Response(null, { status, headers: { Location: to } })
        }
        const { message } = await thrown(openClient(entrance, desk, { fetch }).ask('listLocales', {}))
        expect(asked).toEqual([`${entrance}/api/v1/locales`])
        expect(message).toContain(`redirects elsewhere (${status})`)
        expect(message.includes('If https://other.example is the site, use that address')).toBe(to.startsWith('https'))
      }
    }
  })

  test('is not sent where everyone on the way could read it, nor to what is no site', () => {
    expect(originIn('http://localhost:8787/')).toBe('http://localhost:8787')
    expect(originIn('http://127.0.0.1:1')).toBe('http://127.0.0.1:1')
    expect(originIn('https://BRIEFINGS.example')).toBe('https://briefings.example')
    for (const typed of [
      'http://briefings.example',
      'http://localhost.example',
      'briefings.example',
      'https://ada@briefings.example',
      'https://:secret@briefings.example',
      'https://briefings.example/es/',
      'https://briefings.example/?x',
      'ftp://briefings.example',
      'true',
      '',
    ])
      expect(() => originIn(typed), typed).toThrow(/https:\/\//)
  })
})

describe('what another site says', () => {
  test('is believed only where it is of the form that the operation has', async () => {
    const types = ['application/json', 'text/html', 'application/problem+json', 'application/xliff+xml; charset=utf-8', '']
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom(
        '{"locale":"es","translations":[{"slug":"../../etc","revision":1,"sourceRevision":1,"state":"none","etag":""}]}',
      ),
      fc
        .record({
          type: fc.constant('about:blank'),
          title: fc.string(),
          status: fc.integer(),
          code: fc.string(),
          detail: fc.string(),
        })
        .map((each) => JSON.stringify(each)),
    )
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...types), fc.integer({ min: 200, max: 599 }), async (text, type, status) => {
        fc.pre(![204, 205, 304].includes(status))
        const client = clientOfAnswer(() => new Response(text, { status, headers: { 'Content-Type': type } }))
        const { message } = await thrown(client.ask('listTranslations', { params: { locale: 'es' } }))
        expect(message).toMatch(/^https:\/\/entrance\.example [^\n]+$/)
      }),
      { numRuns: rounds(300) },
    )
  })

  test('moves no terminal', async () => {
    const told = { type: 'about:blank', title: 'x', status: 403, code: 'forbidden', detail: '\u001b[2J\u202eyou may not' }
    const headers = { 'Content-Type': 'application/problem+json' }
    const client = clientOfAnswer(() => new Response(JSON.stringify(told), { status: 403, headers }))
    expect((await thrown(client.ask('listLocales', {}))).message).toBe('\\u001b[2J\\u202eyou may not')
  })

  test('is told by the number under which its log knows it, where it failed', async () => {
    const told = { type: 'about:blank', title: 'x', status: 500, code: 'internal', instance: 'abc-123' }
    const headers = { 'Content-Type': 'application/problem+json' }
    const client = clientOfAnswer(() => new Response(JSON.stringify(told), { status: 500, headers }))
    expect((await thrown(client.ask('listLocales', {}))).message).toBe(
      `${entrance} failed (500). Its log has the cause under abc-123.`,
    )
  })

  test('is not asked to take more than it takes', async () => {
    let isAsked = false
    const client = clientOf(programs, desk, (send) => (address, init) => {
      isAsked = true
      return send(address, init)
    })
    const body = { bytes: new Uint8Array(10_000_001) }
    expect((await thrown(client.ask('sendPack', { body }))).message).toMatch(/larger than 10,000,000 bytes/)
    expect(isAsked).toBe(false)
  })
})

/** A body that breaks off after its beginning. */
const brokenOff = (beginning: string) => {
  let isBegun = false
  return new ReadableStream({
    pull(controller) {
      if (isBegun) return controller.error(new TypeError('terminated'))
      isBegun = true
      controller.enqueue(new TextEncoder().encode(beginning))
    },
  })
}
