import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, every, root, startServer } from '../support/server'
import { type RunningWorker, startWorker } from '../support/worker'

const partnership = '/briefings/microsoft-mistral-ai-partnership'
const neighbour = '/ca/briefings/mistral-large-and-le-chat'

/** Asks at an address as somebody or something does; gives the status and the ETag. */
type Ask = (path: string, headers?: Record<string, string>, method?: string) => Promise<{ status: number; etag: string }>

/** Opens pages in every way that there is, and returns how often that showed somebody the partnership briefing for want of Spanish. */
async function browse(ask: Ask): Promise<number> {
  let views = 0
  const times = async (count: number, path: string, headers?: Record<string, string>, method?: string) => {
    const answers = []
    for (let asked = 0; asked < count; asked += 1) answers.push(await ask(path, headers, method))
    return [...new Set(answers.map(({ status }) => status))]
  }
  const spanish = `/es${partnership}`
  const { etag } = await ask(spanish)
  views += 1
  expect(await times(100, spanish)).toEqual([200])
  views += 100
  expect(await times(20, spanish, { 'If-None-Match': etag })).toEqual([304])
  views += 20
  expect(await times(3, `${spanish}?utm_source=letter`)).toEqual([200])
  views += 3

  expect(await times(5, spanish, {}, 'HEAD')).toEqual([200])
  expect(await times(5, spanish, { 'Sec-Purpose': 'prefetch;prerender' })).toEqual([200])
  expect(await times(5, spanish, { Purpose: 'prefetch' })).toEqual([200])
  expect(await times(5, spanish, { 'Sec-Purpose': 'prefetch' }, 'HEAD')).toEqual([200])
  expect(await times(5, `${spanish}.json`)).toEqual([200])
  expect(await times(5, `${spanish}.md`)).toEqual([200])
  expect(await times(5, `/fr${partnership}`)).toEqual([200])
  expect(await times(5, `/en${partnership}`)).toEqual([200])
  expect(await times(5, '/es/')).toEqual([200])
  expect(await times(5, '/es/briefings/nothing-here')).toEqual([404])
  expect(await times(4, neighbour)).toEqual([200])
  return views
}

const counted =
  'select locale, briefing.slug, sum(views) as views from demand join briefing on briefing.id = briefing_id group by 1, 2'
const expected = (views: number, neighbours: number) => [
  { locale: 'ca', slug: 'mistral-large-and-le-chat', views: neighbours },
  { locale: 'es', slug: 'microsoft-mistral-ai-partnership', views },
]

describe('the Node server', () => {
  test('counts in memory while it answers, writes down now and then, and loses nothing when it is told to stop', async () => {
    const first = await startServer(every(3_600_000, 'count-views'))
    const { environment } = first
    const watcher = new SQLite(environment['DATABASE_PATH'] ?? '', { readonly: true })
    const rows = () => watcher.prepare(counted).all()
    const asking =
      (url: string): Ask =>
      async (address, headers = {}, method = 'GET') => {
        const response = await fetch(url + address, { method, headers: { Accept: 'text/html', ...headers } })
        await response.arrayBuffer()
        return { status: response.status, etag: response.headers.get('ETag') ?? '' }
      }

    await asking(first.url)('/en/')
    const views = await browse(asking(first.url))
    expect(rows()).toEqual([])
    expect(await first.stop()).toBe(0)
    expect(rows()).toEqual(expected(views, 4))

    const second = await startServer({ ...environment, ...every(50, 'count-views') })
    const all = views + (await browse(asking(second.url)))
    expect(await eventually(() => JSON.stringify(rows()) === JSON.stringify(expected(all, 8)))).toBe(true)
    expect(await second.stop()).toBe(0)
    expect(rows()).toEqual(expected(all, 8))

    const status = (...words: string[]) =>
      spawnSync(process.execPath, [join(root, 'dist/cli.mjs'), 'status', ...words], {
        env: { PATH: process.env['PATH'], ...environment },
        encoding: 'utf8',
      }).stdout
    const listed = JSON.parse(status('--json')) as { slug: string; locale: string; demand: number }[]
    expect(listed.filter(({ demand }) => demand > 0).map(({ slug, locale, demand: views }) => ({ locale, slug, views }))).toEqual(
      expect.arrayContaining(expected(all, 8)),
    )
    expect(listed.reduce((sum, { demand }) => sum + demand, 0)).toBe(all + 8)
    const table = status('--locale', 'es')
    expect(table).toMatch(/^briefing .+ demand +requests$/m)
    expect(table).toMatch(new RegExp(`^microsoft-mistral-ai-partnership +es .+ ${all} +0$`, 'm'))
    watcher.close()
    await second.remove()
    await first.remove()
  })

  test('stops all the same where what it counted cannot be written down, and says so', async () => {
    const server = await startServer()
    await fetch(`${server.url}/es${partnership}`)
    const other = new SQLite(server.environment['DATABASE_PATH'] ?? '')
    other.exec('begin immediate')
    expect(await server.stop()).toBe(0)
    other.exec('rollback')
    expect(other.prepare(counted).all()).toEqual([])
    other.close()
    const failures = server
      .log()
      .flatMap(({ level, task, error }) => (level === 'error' && task === 'count-views' ? [String(error)] : []))
    expect(new Set(failures)).toEqual(new Set(['SqliteError: database is locked'])) // At once, and when all else is done.
    await server.remove()
  })
})

describe('the Worker', () => {
  const origin = 'https://briefings.example'
  let worker: RunningWorker

  beforeAll(async () => {
    worker = await startWorker(origin, (settings) => settings, every(2000, 'count-views'))
    await worker.loadSamples()
  })
  afterAll(async () => await worker.close())

  test('counts in memory while it answers, from the platform’s cache too, and writes down beside its answers', async () => {
    const { DB } = worker
    const rows = async () => (await DB.prepare(counted).all()).results
    const ask: Ask = async (address, headers = {}, method = 'GET') => {
      const response = await worker.ask(address, { method, headers: { Accept: 'text/html', ...headers } })
      await response.arrayBuffer()
      return { status: response.status, etag: response.headers.get('ETag') ?? '' }
    }
    const isCounted = (views: number, neighbours: number) =>
      eventually(async () => JSON.stringify(await rows()) === JSON.stringify(expected(views, neighbours)))
    const written = async () => (await DB.prepare('select count(*) as count from written').first<number>('count')) ?? 0
    await DB.prepare('create table written (number integer primary key)').run()
    for (const change of ['insert', 'update'])
      await DB.prepare(
        `create trigger written_${change} after ${change} on demand BEGIN insert into written values (null); END`,
      ).run()

    const first = await browse(ask)
    expect(await isCounted(first, 4)).toBe(true)
    // Many at a time: one by one, as they were answered, each would have been written by itself.
    expect(await written()).toBeLessThan(first)

    const second = await browse(ask)
    expect(await isCounted(first + second, 8)).toBe(true)
    expect(await written()).toBeLessThan(first + second)
  })
})
