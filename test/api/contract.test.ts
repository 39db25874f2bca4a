import fc from 'fast-check'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { kit } from '#runtime'
import type { OpenApi } from '../../src/api/document'
import { fingerprintOf } from '../../src/api/idempotency'
import { takeKey } from '../../src/api/store'
import { limits } from '../../src/delivery/limits'
import { addPerson } from '../../src/members/administer'
import type { Grant } from '../../src/members/token'
import { takeBack, withdraw } from '../../src/newsroom/publish'
import { cancelRelease } from '../../src/newsroom/schedule'
import { statuses } from '../../src/problem'
import { writePack } from '../../src/translations/packs/formats'
import { packFormats } from '../../src/translations/packs/pack'
import { type Asked, type Known, requestsOf } from '../support/asking'
import { aBriefing, aTranslation } from '../support/briefings'
import { faultsIn, faultsInValue, type Promised, parametersIn, promisedIn } from '../support/contract'
import { withTiers } from '../support/ladders'
import type { NewsroomOptions } from '../support/newsroom'
import { aPack, aUnit } from '../support/packs'
import { openToPrograms, type Programs } from '../support/programs'
import { rounds } from '../support/rounds'

/** How many requests of each operation are made up. */
const runs = rounds(60)

const everything: Partial<Grant> = {
  locales: 'all',
  mayWrite: true,
  mayEdit: true,
  mayPublish: true,
  mayAdmit: true,
  seesGated: true,
}
const third = aBriefing({ id: 'pier', slug: 'pier-sinks', title: 'The pier sinks' })
const second = aBriefing({ id: 'quay', slug: 'quay-reopens', formerSlugs: ['quay-opens'], title: 'The quay is open again' })
const fourth = aBriefing({ id: 'ferry', slug: 'ferry-sails', title: 'The ferry sails' })
const body = (value: unknown) => JSON.stringify(value)

interface Subject extends Programs {
  readonly api: OpenApi
  readonly promised: readonly Promised[]
  readonly all: string
  readonly weak: string
  /** The ids of a release that is scheduled, and of one that was cancelled. */
  readonly pending: string
  readonly ended: string
}

/** A newsroom with briefings of all sorts, its document, and a token that may do anything beside one that reads Spanish. */
async function aSubject(options: NewsroomOptions = {}): Promise<Subject> {
  const programs = await openToPrograms({ kit: withTiers([...kit.settings.tiers, { id: 'patron', entry: 'call' }]), ...options })
  await addPerson(programs.site, { address: 'ada@example.org', locale: 'en', tier: 'patron', roles: [] }, 'a test')
  await programs.load({ briefing: second, translations: [aTranslation(second, 'fr', { state: 'draft' })] })
  await programs.load({ briefing: third })
  await programs.takeBack('pier-sinks', 'Its source was wrong.')
  await programs.load({ briefing: fourth, translations: [aTranslation(fourth, 'es')] })
  const [by, later] = [{ actor: 'a test' }, { at: '2026-12-01T09:00Z' }]
  const { scheduled: pending } = await takeBack(programs.site, 'ferry-sails', by, later)
  const { scheduled: ended } = await withdraw(programs.site, 'ferry-sails', 'es', by, later)
  if (!pending || !ended) throw new Error('Nothing was scheduled.')
  await cancelRelease(programs.site, ended.release, by)
  const api = (await (await programs.call('/api/openapi.json')).json()) as OpenApi
  const all = (await programs.issue(everything)).secret
  const releases = { pending: pending.release, ended: ended.release }
  return { ...programs, api, promised: promisedIn(api), all, weak: (await programs.issue()).secret, ...releases }
}

let subject: Subject
let known: Known
beforeAll(async () => {
  subject = await aSubject()
  const { issue, all, weak } = subject
  const tokens = await Promise.all(
    [{ mayWrite: true }, { seesGated: true, locales: 'all' as const }, { mayEdit: true }].map(issue),
  )
  known = {
    values: {
      slug: ['harbour-closes', 'harbour-closes', 'quay-reopens', 'quay-opens', 'nowhere'],
      locale: ['es', 'es', 'pl', 'fr', 'ja', 'ca', 'en', 'pt-BR', 'xx'],
      q: ['puerto', 'harbour', '"the quay"', '-puerto', 'hrabour'],
      text: ['A dredger has run aground and nothing moves.', 'canary-circle Insurers expect claims.', 'x'],
      after: ['', 'harbour-closes', 'a', 'zzz'],
      file: ['harbour-closes.json', 'quay-reopens.json', 'harbour-closes.po'],
      limit: ['1', '50', '51', '0'],
      id: [subject.pending, subject.ended, 'nothing'],
      at: ['2026-12-01T09:00Z', '2026-12-01T09:00', '2025-12-01T09:00Z', 'soon'],
      region: ['FR', '150', 'fr', 'ZZ'],
      address: ['ada@example.org', 'ada@example.org', 'nobody@example.org', 'nobody'],
    },
    bodies: {
      sendPack: [
        body(aTranslation(aBriefing(), 'es')),
        ...packFormats.map((format) => writePack(format, aPack([aUnit({ id: 'title', target: 'El puerto' })], { locale: 'es' }))),
      ],
      putTranslation: [body(aTranslation(aBriefing(), 'es')), body(aTranslation(second, 'fr'))],
      putSource: [
        body({ briefing: aBriefing() }),
        body({ briefing: second, translations: [aTranslation(second, 'fr')] }),
        body({ briefing: aBriefing({ id: 'nowhere', slug: 'nowhere' }) }),
      ],
      publish: [body({ locales: ['en', 'es'] }), body({ locales: ['pl'] }), body({ locales: ['de'] })],
      remove: [body({ why: 'A trial.' }), body({ why: '' }), body({ why: 'A trial.', confirm: 'quay-reopens' })],
      setTier: [body({ tier: 'patron' }), body({ tier: 'public' }), body({ tier: 'circle' })],
      takeBack: [body({ why: 'Its source was wrong.' }), body({ why: '' })],
    },
    tokens: [undefined, all, all, all, weak, ...tokens.map(({ secret }) => secret)],
  }
})

/** Asks, and says what of the answer is not as the document has it; a reading is asked by HEAD too. */
async function faultsOf({ api, ask, site }: Subject, promised: Promised, asked: Asked) {
  const send = async (method: string) => {
    const { path, headers, body: sent } = asked
    const response = await ask(path, { method, headers, ...(sent === undefined ? {} : { body: sent }) })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const given = await send(promised.method)
  const faults = [...faultsIn(api, promised, given)]
  if (promised.method === 'GET') {
    const head = await send('HEAD')
    faults.push(...faultsIn(api, promised, head, true).map((each) => `HEAD ${each}`))
    const told = ({ headers, status }: typeof head) =>
      JSON.stringify([status, [...headers].filter(([name]) => name !== 'ratelimit')])
    if (told(head) !== told(given)) faults.push(`HEAD is answered ${told(head)}, GET ${told(given)}`)
  }
  if (given.headers.get('Content-Type') === 'application/problem+json') {
    const { title, status, code } = JSON.parse(given.text) as { title: string; status: number; code: keyof typeof statuses }
    const language = given.headers.get('Content-Language') ?? ''
    if (status !== given.status || status !== statuses[code])
      faults.push(`the problem says ${status}, the answer ${given.status}`)
    if (title !== site.speak(language).t(`error.${code}.title`))
      faults.push(`the title of ${code} is not in ${language}: ${title}`)
    if (asked.headers['Accept-Language'] === 'pl' && !asked.headers['Cookie']?.startsWith('locale=ar') && language !== 'pl')
      faults.push(`the title was asked for in Polish, and is in ${language}`)
  }
  return { status: given.status, faults }
}

describe('the API, whatever it is asked', () => {
  const names = ['listLocales', 'listBriefings', 'getBriefing', 'listEditions', 'search', 'getGlossary', 'recall', 'getStatus']
  const newsrooms = [
    'getPack',
    'sendPack',
    'listTranslations',
    'getTranslation',
    'putTranslation',
    'listSources',
    'getSource',
    'putSource',
    'publish',
    'withdraw',
    'takeBack',
    'remove',
    'listReleases',
    'cancelRelease',
    'setTier',
    'takeTier',
  ]

  test('has an operation of each name that is tried here', () => {
    expect(subject.promised.map(({ operation }) => operation.operationId).toSorted()).toEqual([...names, ...newsrooms].toSorted())
  })

  test.each([...names, ...newsrooms])('answers %s as its document has it, and never by a fault of its own', async (name) => {
    const promised = subject.promised.find(({ operation }) => operation.operationId === name)
    if (!promised) throw new Error(`The document has no ${name}.`)
    const good = aGoodRequest(subject, promised)
    const reached = new Set<number>()
    await fc.assert(
      fc.asyncProperty(requestsOf(subject.api, promised, known, good), async (asked) => {
        const { status, faults } = await faultsOf(subject, promised, asked)
        reached.add(status)
        expect(faults).toEqual([])
      }),
      { numRuns: runs, examples: [[good]] },
    )
    expect([name, reached.has(200)]).toEqual([name, true])
  })
})

/** A good request of an operation: what it needs, of what there is. */
function aGoodRequest({ api, all, pending }: Subject, { path, operation }: Promised): Asked {
  const good: Readonly<Record<string, string>> = {
    slug: 'harbour-closes',
    locale: 'es',
    text: 'The harbour',
    file: 'harbour-closes.json',
    id: pending,
    address: 'ada@example.org',
  }
  const needed = parametersIn(api, operation).filter(({ required, name }) => required || name === 'file')
  const query = needed.flatMap((each) =>
    each.in === 'query' ? [`${each.name}=${encodeURIComponent(good[each.name] ?? '')}`] : [],
  )
  const acts = ['withdraw', 'takeBack', 'cancelRelease', 'remove'].includes(operation.operationId) ? ['dry-run=true'] : []
  const address = needed.reduce((left, { name }) => left.replace(`{${name}}`, good[name] ?? ''), path)
  const [sent] = known.bodies[operation.operationId] ?? []
  return {
    path: [...query, ...acts].length === 0 ? address : `${address}?${[...query, ...acts].join('&')}`,
    headers: { Accept: '*/*', Authorization: `Bearer ${all}`, ...(sent === undefined ? {} : { 'If-Match': '*' }) },
    ...(sent === undefined ? {} : { body: sent }),
  }
}

/** The same request so that it is answered by another status. */
const turned: Readonly<Record<number, (good: Asked, subject: Subject) => Asked>> = {
  200: (good) => good,
  201: ({ headers: { 'If-Match': _, ...headers }, ...good }) => ({
    ...good,
    path: '/api/v1/sources/brand-new',
    headers: { ...headers, 'If-None-Match': '*' },
    body: body({ briefing: aBriefing({ id: 'brand-new', slug: 'brand-new' }) }),
  }),
  204: (good) => ({ ...good, path: `${good.path}?only=missing` }),
  301: (good) => ({ ...good, path: good.path.replace('harbour-closes', 'quay-opens') }),
  304: (good) => ({ ...good, headers: { ...good.headers, 'If-None-Match': '*' } }),
  400: (good) => ({
    ...good,
    ...(good.path.includes('/members/') ? { headers: { ...good.headers, 'Idempotency-Key': 'x'.repeat(101) } } : {}),
    path: `${good.path.split('?')[0]}?limit=x&dry-run=x&format=x&locale=${'x'.repeat(99)}`,
  }),
  401: (good) => ({ ...good, headers: { ...good.headers, Authorization: 'Bearer x' } }),
  403: (good, { weak }) => ({
    ...good,
    path: /\/status/.test(good.path) ? `${good.path}?locale=pl` : good.path.replace('/es', '/pl'),
    headers: { ...good.headers, Authorization: `Bearer ${weak}` },
  }),
  404: (good, { pending }) => ({
    ...good,
    path: good.path.includes(pending)
      ? good.path.replace(pending, 'nothing')
      : /\/(es|harbour-closes|ada@)/.test(good.path)
        ? good.path.replace('harbour-closes', 'x'.repeat(61)).replace('/es', '/xx').replace('ada@', 'x'.repeat(400))
        : `${good.path}?locale=xx`,
  }),
  410: (good) => ({ ...good, path: good.path.replace('harbour-closes', 'pier-sinks') }),
  412: (good) => ({ ...good, headers: { ...good.headers, 'If-Match': '"x"' } }),
  413: (good) => ({ ...good, body: ' '.repeat(16_000_001) }),
  415: (good) => ({ ...good, headers: { ...good.headers, 'Content-Encoding': 'gzip' } }),
  422: (good, { pending, ended }) =>
    good.body === undefined
      ? { ...good, path: good.path.replace('/es/', '/fr/').replace(pending, ended).replace('ada@', '') }
      : { ...good, body: '{' },
  428: ({ headers: { 'If-Match': _, ...headers }, ...good }) => ({ ...good, headers }),
}

describe('what is documented', () => {
  test('is what is answered: each status of each operation, some time', async () => {
    const missing: string[] = []
    for (const slug of ['harbour-closes', 'quay-reopens']) await subject.publish(slug, 'en') // What was tried before took them back.
    await subject.publish('harbour-closes', 'es')
    const again = await withdraw(subject.site, 'ferry-sails', 'es', { actor: 'a test' }, { at: '2026-12-01T09:00Z' })
    if (!again.scheduled) throw new Error('Nothing was scheduled.')
    subject = { ...subject, pending: again.scheduled.release } // What was tried before may have cancelled the first.
    for (const promised of subject.promised) {
      for (const status of Object.keys(promised.operation.responses).map(Number)) {
        const turn = turned[status]
        if (!turn) continue
        const asked = turn(aGoodRequest(subject, promised), subject)
        const { status: given, faults } = await faultsOf(subject, promised, asked)
        if (given !== status) missing.push(`${promised.operation.operationId} ${status}: ${given} at ${asked.path}`)
        missing.push(...faults)
      }
    }
    expect(missing).toEqual([])
    const untried = new Set(subject.promised.flatMap(({ operation }) => Object.keys(operation.responses)))
    for (const status of Object.keys(turned)) untried.delete(status)
    expect([...untried].toSorted()).toEqual(['409', '429', '500', '503', '507'])
  })

  test('is what is answered while the same is worked on: 409', async () => {
    const { database, site, issue, origin } = subject
    const { secret, token } = await issue(everything)
    const written = subject.promised.filter(({ operation }) => operation.responses['409'])
    expect(written.length).toBeGreaterThan(2)
    for (const [index, promised] of written.entries()) {
      const key = `k${index}`
      const { path: tried, headers, body = '' } = aGoodRequest(subject, promised)
      const path = tried.replace('?dry-run=true', '')
      const asked = { path, headers: { ...headers, Authorization: `Bearer ${secret}`, 'Idempotency-Key': key }, body }
      const request = new Request(origin + path, { method: promised.method, headers: asked.headers, body })
      const same = await fingerprintOf(request, new Uint8Array(await new Response(body).arrayBuffer()))
      await takeKey(database, { tokenId: token.id, key, request: same }, site.now())
      expect(await faultsOf(subject, promised, asked)).toEqual({ status: 409, faults: [] })
    }
  })

  test('is what is answered to whoever asks too often: 429, with when to come again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] }) // However long it takes to ask so often, it is one minute.
    onTestFinished(() => void vi.useRealTimers())
    const limited = await aSubject({ limitsPrograms: true })
    const [promised] = limited.promised
    if (!promised) throw new Error('The document has no operation.')
    const stranger = { path: promised.path, headers: { Accept: '*/*', Authorization: 'Bearer x' } }
    for (let count = 0; count < limits.api; count += 1) expect((await limited.ask(stranger.path, stranger)).status).toBe(401)
    expect(await faultsOf(limited, promised, { path: promised.path, headers: {} })).toEqual({ status: 429, faults: [] })
  })

  test('holds every answer to its schema and to nothing more', () => {
    const { api } = subject
    for (const [name, schema] of Object.entries(api.components.schemas)) {
      const isOpen = schema.type === 'object' && schema.additionalProperties === undefined
      expect([name, isOpen]).toEqual([name, false])
    }
  })
})

describe('a judge of answers', () => {
  const problem = { type: 'about:blank', title: 'x', status: 404, code: 'not_found' }

  test('finds a status, a media type, a field and a header that are not documented, and a fault of the site', async () => {
    const { api, promised, call } = subject
    const listed = promised.find(({ operation }) => operation.operationId === 'listLocales')
    if (!listed) throw new Error('The document has no listLocales.')
    const good = await call('/api/v1/locales')
    const text = await good.text()
    const given = (changes: { status?: number; text?: string; headers?: Record<string, string>; without?: string } = {}) => {
      const headers = new Headers(good.headers)
      for (const [name, value] of Object.entries(changes.headers ?? {})) headers.set(name, value)
      if (changes.without) headers.delete(changes.without)
      return faultsIn(api, listed, { status: changes.status ?? 200, text: changes.text ?? text, headers })
    }
    const value = JSON.parse(text) as { locales: object[] }
    expect(given()).toEqual([])
    expect(given({ status: 500 })).not.toEqual([])
    expect(given({ status: 418 })).not.toEqual([])
    expect(given({ headers: { 'Content-Type': 'text/plain' } })).not.toEqual([])
    expect(given({ headers: { Link: '<x>' } })).not.toEqual([])
    expect(given({ without: 'ETag' })).not.toEqual([])
    expect(given({ text: body({ ...value, more: 1 }) })).not.toEqual([])
    expect(given({ text: body({ locales: value.locales }) })).not.toEqual([])
    expect(given({ text: body({ ...value, locales: value.locales.map((each) => ({ ...each, more: 1 })) }) })).not.toEqual([])
    expect(given({ text: body({ ...value, locales: value.locales.map((each) => ({ ...each, dir: 'down' })) }) })).not.toEqual([])
    expect(faultsInValue(api, { $ref: '#/components/schemas/Problem' }, problem)).toEqual([])
    expect(faultsInValue(api, { $ref: '#/components/schemas/Problem' }, { ...problem, code: 'other' })).not.toEqual([])
  })

  test('finds a site that fails: 500 where its database refuses a question, 503 where it refuses all', async () => {
    let refuses: RegExp | undefined
    const asked = new WeakMap<object, string>() // A query that was compiled once is asked again by its id.
    const failing = await aSubject({
      disturbed: (database) => ({
        ...database,
        query: database.query.withPlugin({
          transformQuery: ({ node, queryId }) => {
            asked.set(queryId, JSON.stringify(node))
            return node
          },
          transformResult: ({ result, queryId }) =>
            refuses?.test(asked.get(queryId) ?? '') ? Promise.reject(new Error('It is planted.')) : Promise.resolve(result),
        }),
      }),
    })
    const promised = failing.promised.find(({ operation }) => operation.operationId === 'getBriefing')
    if (!promised) throw new Error('The document has no getBriefing.')
    const request = { path: '/api/v1/briefings/harbour-closes?locale=es', headers: { Accept: '*/*' } }
    expect(await faultsOf(failing, promised, request)).toEqual({ status: 200, faults: [] })
    refuses = /"name":"resolution"/
    expect(await faultsOf(failing, promised, request)).toEqual({ status: 500, faults: ['answers 500', 'HEAD answers 500'] })
    refuses = /./
    expect(await faultsOf(failing, promised, request)).toEqual({ status: 503, faults: ['answers 503', 'HEAD answers 503'] })
  })
})
