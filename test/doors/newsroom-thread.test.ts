import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vernacular } from '../support/command'
import { titleOf } from '../support/html'
import { inDatabase, type RunningServer, startServer } from '../support/server'

const saves = 20
const slug = 'uk-merger-case-microsoft-mistral'
const locales = ['es', 'pl', 'de', 'fr'] as const

let site: RunningServer
beforeAll(async () => {
  site = await startServer()
})
afterAll(async () => await site.remove())

const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(site.url + path, { headers: { Accept: 'text/html', ...headers } })
  return { status: response.status, body: await response.text() }
}

/** What readers ask for: pages that are held or not, lists, a search, a card, the API, the language of one's own. */
const meteredPath = `/api/v1/briefings/${slug}?locale=ja`
const unmeteredPaths = [
  `/es/briefings/${slug}`,
  `/it/briefings/${slug}`,
  `/it/briefings/${slug}.json`,
  '/fr/',
  '/fr/search?q=mistral',
  '/fr/feed.xml',
  '/healthz',
]
const readersPaths = [meteredPath, ...unmeteredPaths]

describe('while another process holds a write transaction', () => {
  test('every reader is answered before it ends, and who writes is answered after it', async () => {
    // What a program loads when it is first needed is loaded, and the first page is held. The others are not.
    for (const path of readersPaths) await get(path.replace(/^\/(it|fr)\//, '/de/'))
    const other = new SQLite(site.environment['DATABASE_PATH'] ?? '')
    other.exec('begin immediate')
    const events: string[] = []
    const written = fetch(`${site.url}/es/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: 'https://briefings.example' },
      body: new URLSearchParams({ address: 'reader@example.com' }),
    }).finally(() => events.push('a writer is answered'))
    try {
      const read = readersPaths.map(async (path) => (await get(path)).status)
      const chosen = fetch(`${site.url}/language`, {
        method: 'POST',
        redirect: 'manual',
        headers: { Origin: 'https://briefings.example' },
        body: new URLSearchParams({ locale: 'fr' }),
      })
      expect(await Promise.all(read)).toEqual(readersPaths.map(() => 200))
      expect((await chosen).status).toBe(303)
      events.push('readers are answered')
    } finally {
      other.exec('commit')
      other.close()
    }
    events.push('the transaction ends')
    expect((await written).status).toBe(303)
    expect(events).toEqual(['readers are answered', 'the transaction ends', 'a writer is answered'])
  })
})

describe(`${saves} publications beside readers`, () => {
  test('are seen as soon as their writers have an answer, and no reader is refused meanwhile', async () => {
    const flags = locales.flatMap((locale) => ['--locale', locale])
    const words = ['people', 'token', 'add', '--name', 'Desk', ...flags, '--write', '--publish', '--gated', '--json']
    const { secret } = JSON.parse(vernacular(site.environment, ...words).out) as { secret: string }
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' }
    let areWriting = true
    const refused: number[] = []
    const reading = Promise.all(
      unmeteredPaths.map(async (path) => {
        for (; areWriting; ) {
          const { status } = await get(path)
          if (status !== 200) refused.push(status)
        }
      }),
    )
    const seen = await Promise.all(
      locales.map(async (locale) => {
        const path = `/api/v1/translations/${locale}/${slug}`
        const turns = Array.from({ length: saves / locales.length }, (_, turn) => `Mistral ${locale} ${turn}`)
        for (const title of turns) {
          const file = JSON.parse((await get(path, headers)).body) as { segments: object }
          const put = await fetch(`${site.url}${path}?publish=true`, {
            method: 'PUT',
            headers: { ...headers, 'If-Match': '*' },
            body: JSON.stringify({ ...file, segments: { ...file.segments, title } }),
          })
          const answer = await put.text()
          const page = (await get(`/${locale}/briefings/${slug}`)).body
          if (put.status !== 200 || titleOf(page) !== title) return [put.status, answer.slice(0, 200), titleOf(page)]
        }
        return []
      }),
    )
    areWriting = false
    await reading
    expect(seen).toEqual(locales.map(() => []))
    expect(refused).toEqual([])
  })
})

describe('the newsroom’s thread', () => {
  test('does not leave the server half alive: if it ends, the process ends with the reason, and what was saved is there', async () => {
    const fault = join(site.folder, 'fault.mjs')
    writeFileSync(
      fault,
      `import { isMainThread, workerData } from 'node:worker_threads'
      const channel = new BroadcastChannel('fault')
      channel.unref()
      if (isMainThread) process.on('SIGUSR2', () => channel.postMessage('end'))
      else if (workerData === 'newsroom') channel.onmessage = () => { throw new Error('planted') }`,
    )
    const other = await startServer({ NODE_OPTIONS: `--import ${fault}` })
    expect(await other.stop('SIGUSR2')).toBe(1)
    expect(other.told()).toContain('planted')
    expect(inDatabase(other, (file) => file.prepare('select count(*) from briefing').pluck().get())).toBe(15)
    await other.remove()
  })

  test('closes the database last, so that after a stop the one file has all that was saved', async () => {
    const other = await startServer({ SAMPLES: 'off' })
    expect(readdirSync(other.folder)).toContain('site.db-wal')
    expect(await other.stop()).toBe(0)
    expect(readdirSync(other.folder)).toEqual(['site.db'])
    await other.remove()
  })

  test('hands a refusal to start to its operator in the same words as before', async () => {
    const started = startServer({ DATABASE_PATH: tmpdir() })
    await expect(started).rejects.toThrow(/^The server ended with 1: (?!.*\n +at )/s)
  })
})
