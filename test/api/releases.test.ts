import { beforeEach, describe, expect, test } from 'vitest'
import type { Grant } from '../../src/members/token'
import { publishDue } from '../../src/newsroom/publish-due'
import { sendTexts, titleIn } from '../support/desk'
import { openToPrograms, type Programs } from '../support/programs'

let programs: Programs
let press: string
const everything = { name: 'The press', locales: 'all', mayWrite: true, mayEdit: true, mayPublish: true } as const

beforeEach(async () => {
  programs = await openToPrograms()
  press = (await programs.issue(everything)).secret
  for (const locale of ['es', 'pl']) await sendTexts(programs, locale, { title: `${locale}: Sigue cerrado` })
})

type Told = Readonly<Record<string, unknown>>

async function ask(method: string, path: string, token = press, body?: unknown, headers: Record<string, string> = {}) {
  const init = { method, token, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const response = await programs.call(`/api/v1/${path}`, init)
  return { status: response.status, told: (await response.json()) as Told, link: response.headers.get('Link') }
}

const nine = encodeURIComponent('2026-01-01T10:00+01:00')
const schedule = async (locale: string, token = press, query = '') => {
  const done = await ask('POST', `publish/harbour-closes?at=${nine}${query}`, token, { locales: [locale] })
  return { ...done, id: (done.told['scheduled'] as { readonly release: string } | undefined)?.release ?? '' }
}
const listed = async (token = press, query = '') => {
  const { told, link } = await ask('GET', `releases${query}`, token)
  return { link, releases: told['releases'] as readonly Told[] }
}
const aToken = async (grant: Partial<Grant>) => (await programs.issue({ mayPublish: true, ...grant })).secret

describe('what a program schedules', () => {
  test('is named in its answer, listed with who scheduled it, and happens at its time', async () => {
    const { status, told, id } = await schedule('es', press, '&why=The%20embargo%20ends.')
    expect([status, told]).toEqual([
      200,
      {
        slug: 'harbour-closes',
        locales: ['es'],
        isPublic: true,
        scheduled: { release: id, dueAt: '2026-01-01T09:00:00.000Z', zone: 'UTC' },
      },
    ])
    const waiting = {
      ...{ id, name: 'harbour-closes', state: 'scheduled', dueAt: '2026-01-01T09:00:00.000Z', by: 'The press' },
      ...{ why: 'The embargo ends.', endedAt: null, reasons: [], items: [{ locale: 'es', act: 'show', revision: 2 }] },
    }
    expect((await listed()).releases).toMatchObject([waiting])
    const standing = (await (await programs.call('/api/v1/status?locale=es', { token: press })).json()) as readonly Told[]
    expect(standing[0]?.['scheduled']).toMatchObject([{ release: id, act: 'show', state: 'scheduled', by: 'The press' }])
    programs.clock.now = '2026-01-01T09:00:30Z'
    await publishDue(programs.site, 50)
    expect(await titleIn(programs, 'es')).toBe('es: Sigue cerrado')
    expect((await listed()).releases).toEqual([])
    expect((await listed(press, '?state=published')).releases).toMatchObject([{ id, endedAt: '2026-01-01T09:00:30.000Z' }])
  })

  test('can be a withdrawal, and that a briefing is taken back', async () => {
    const withdrawn = await ask('POST', `withdraw/pl/harbour-closes?at=${nine}`)
    const takenBack = await ask('POST', `take-back/harbour-closes?at=${nine}`, press, { why: 'Its source was wrong.' })
    expect([withdrawn.status, takenBack.status]).toEqual([200, 200])
    const items = (await listed()).releases.flatMap((release) => release['items'])
    expect(items).toHaveLength(2)
    expect(items).toEqual(
      expect.arrayContaining([expect.objectContaining({ act: 'take-back' }), expect.objectContaining({ act: 'withdraw' })]),
    )
  })

  test('is only tried with dry-run, done once under its key, and refused in plain words', async () => {
    expect((await schedule('es', press, '&dry-run=true')).told['scheduled']).toMatchObject({ dueAt: '2026-01-01T09:00:00.000Z' })
    expect((await listed()).releases).toEqual([])
    const keyed = () => ask('POST', `publish/harbour-closes?at=${nine}`, press, { locales: ['es'] }, { 'Idempotency-Key': 'k' })
    expect((await keyed()).told).toEqual((await keyed()).told)
    expect((await listed()).releases).toHaveLength(1)
    const again = await schedule('es')
    expect([again.status, again.told['detail']]).toEqual([422, expect.stringContaining('already scheduled (es)')])
    const soon = await ask('POST', 'publish/harbour-closes?at=soon', press, { locales: ['pl'] })
    expect([soon.status, soon.told['complaint']]).toMatchObject([422, { code: 'moment.unfit' }])
  })
})

describe('a release', () => {
  test('is cancelled by a program that reaches all of it, and for any other it does not exist', async () => {
    const [mine, both] = [await schedule('es'), await schedule('pl')]
    const spanish = await aToken({ locales: ['es'] })
    expect((await listed(spanish)).releases.map(({ id }) => id)).toEqual([mine.id])
    expect((await listed(await aToken({ locales: ['ja'] }))).releases).toEqual([])
    const [unseen, unknown] = [
      await ask('POST', `releases/${both.id}/cancel`, spanish),
      await ask('POST', 'releases/nothing/cancel', spanish),
    ]
    expect([unseen.status, unknown.status]).toEqual([404, 404])
    expect(await ask('POST', `releases/${mine.id}/cancel?dry-run=true`, spanish)).toMatchObject({ told: { state: 'scheduled' } })
    expect(await ask('POST', `releases/${mine.id}/cancel`, spanish)).toMatchObject({ status: 200, told: { state: 'cancelled' } })
    expect((await ask('POST', `releases/${mine.id}/cancel`, spanish)).status).toBe(422)
    expect((await listed()).releases.map(({ id }) => id)).toEqual([both.id])
    const reader = (await programs.issue({ locales: 'all', mayWrite: true })).secret
    expect([
      (await ask('GET', 'releases', reader)).status,
      (await ask('POST', `releases/${both.id}/cancel`, reader)).status,
    ]).toEqual([403, 403])
  })

  test('with the English in it is for those alone who reach the English', async () => {
    await ask('POST', `take-back/harbour-closes?at=${nine}`, press, { why: '' })
    expect((await listed(await aToken({ locales: 'all' }))).releases).toEqual([])
    expect((await listed()).releases).toHaveLength(1)
  })

  test('is cancelled by what is done at once, which says so; and the list goes on page by page', async () => {
    const { id } = await schedule('es')
    await schedule('pl')
    const first = await listed(press, '?limit=1')
    const next = /<[^>]*\/api\/v1\/(releases\?[^>]*)>; rel="next"/.exec(first.link ?? '')?.[1] ?? ''
    const second = await ask('GET', next)
    expect([first.releases.length, (second.told['releases'] as readonly Told[]).length, second.link]).toEqual([1, 1, null])
    expect((second.told['releases'] as readonly Told[])[0]?.['id']).not.toBe(first.releases[0]?.['id'])
    expect((await ask('POST', 'publish/harbour-closes', press, { locales: ['es'] })).told['cancelled']).toEqual([id])
    expect((await listed()).releases).toHaveLength(1)
  })
})
