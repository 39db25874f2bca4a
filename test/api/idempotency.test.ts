import { beforeEach, describe, expect, test } from 'vitest'
import { prune } from '../../src/tasks/prune'
import { openToPrograms, type Programs } from '../support/programs'

let programs: Programs
let desk: string

beforeEach(async () => {
  programs = await openToPrograms()
  desk = (await programs.issue({ locales: ['es'], mayWrite: true })).secret
})

const file = (title: string) =>
  JSON.stringify({
    locale: 'es',
    source: 'en',
    sourceRevision: 1,
    state: 'approved',
    provenance: 'human',
    credits: [],
    segments: { title },
  })

const send = (key: string, body: string, { token = desk, query = '' } = {}) =>
  programs.call(`/api/v1/packs?file=harbour-closes.json${query}`, {
    method: 'POST',
    body,
    token,
    headers: { 'Idempotency-Key': key },
  })

async function answerTo(sent: Promise<Response>) {
  const response = await sent
  return { status: response.status, isReplayed: response.headers.has('Idempotency-Replayed'), body: await response.text() }
}

const revisions = async () =>
  (await programs.database.query.selectFrom('translation_revision').select('revision').where('locale', '=', 'es').execute())
    .length

describe('a request that is sent again under its key', () => {
  test('is done once, and answered each time what it was answered', async () => {
    const first = await answerTo(send('"a1"', file('Uno')))
    expect([first.status, first.isReplayed, JSON.parse(first.body).isSaved]).toEqual([200, false, true])
    const again = await answerTo(send('"a1"', file('Uno')))
    expect(again).toEqual({ ...first, isReplayed: true })
    expect(await revisions()).toBe(2)
    expect(JSON.parse((await answerTo(send('"a2"', file('Uno')))).body).isSaved).toBe(false) // Under another key it is done anew.
  })

  test('many times at once is done once; who comes while it is worked on is told so', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => answerTo(send('b', file('Uno')))))
    expect(await revisions()).toBe(2)
    expect(answers.filter(({ status, isReplayed }) => status === 200 && !isReplayed)).toHaveLength(1)
    for (const { status, isReplayed } of answers) expect([200, 409]).toContain(isReplayed ? 200 : status)
  })

  test('is refused where it is not the same: another body, another query, another condition', async () => {
    await send('c', file('Uno'))
    expect((await send('c', file('Dos'))).status).toBe(422)
    expect((await send('c', file('Uno'), { query: '&more=1' })).status).toBe(422)
    expect(await revisions()).toBe(2)
  })

  test('on a trial is no use of its key, for nothing is done', async () => {
    const trial = () => answerTo(send('t', file('Uno'), { query: '&dry-run=true' }))
    expect([await trial(), await trial()]).toMatchObject([
      { status: 200, isReplayed: false },
      { status: 200, isReplayed: false },
    ])
    expect(await answerTo(send('t', file('Uno')))).toMatchObject({ status: 200, isReplayed: false })
  })

  test('and was answered at length is done again, which finds it done', async () => {
    const segments = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`nothing-${index}`, 'Nada']))
    const long = JSON.stringify({ ...JSON.parse(file('Uno')), segments: { title: 'Uno', ...segments } })
    const first = await answerTo(send('l', long))
    expect([first.status, first.body.length > 64_000]).toEqual([200, true])
    expect(await answerTo(send('l', long))).toMatchObject({ status: 200, isReplayed: false })
    expect(await revisions()).toBe(2)
  })

  test('is another token’s own affair', async () => {
    await send('d', file('Uno'))
    const { secret } = await programs.issue({ locales: ['es'], mayWrite: true })
    expect(await answerTo(send('d', file('Dos'), { token: secret }))).toMatchObject({ status: 200, isReplayed: false })
    expect(await revisions()).toBe(3)
  })

  test('after it was refused is tried again', async () => {
    expect((await send('e', 'nonsense')).status).toBe(422)
    expect(await answerTo(send('e', file('Uno')))).toMatchObject({ status: 200, isReplayed: false })
  })

  test('whose first was cut off half-way is done after a minute', async () => {
    await send('f', file('Uno'))
    const { query } = programs.database
    await query.updateTable('sent_before').set({ status: null, body: '' }).where('key', '=', 'f').execute()
    expect((await send('f', file('Uno'))).status).toBe(409)
    programs.clock.now = new Date(Date.parse(programs.clock.now) + 61_000).toISOString()
    expect(await answerTo(send('f', file('Uno')))).toMatchObject({ status: 200, isReplayed: false })
    expect(await revisions()).toBe(2)
  })

  test('is known for a day, and then forgotten', async () => {
    await send('g', file('Uno'))
    programs.clock.now = new Date(Date.parse(programs.clock.now) + 86_400_001).toISOString()
    await prune(programs.site)
    expect(await answerTo(send('g', file('Uno')))).toMatchObject({ status: 200, isReplayed: false })
  })

  test('has a key that can be written down', async () => {
    for (const key of ['', ' ', 'a b', 'ü', 'x'.repeat(101)])
      expect([key, (await send(key, file('Uno'))).status]).toEqual([key, 400])
  })
})
