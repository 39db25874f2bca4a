import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vernacular } from '../support/command'
import { eventually, every, type RunningServer, startServer } from '../support/server'

const megabyte = Buffer.alloc(1_000_000, ' ')
let site: RunningServer
let token: string

beforeAll(async () => {
  site = await startServer()
  const words = ['people', 'token', 'add', '--name', 'Desk', '--locale', 'pl', '--write', '--json']
  token = (JSON.parse(vernacular(site.environment, ...words).out) as { secret: string }).secret
})
afterAll(async () => await site.remove())

/** A connection that reads nothing until it is told to, and what it has read. */
async function aConnection({ url }: Pick<RunningServer, 'url'>) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause()
  await once(socket, 'connect')
  let received = ''
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString()
  })
  socket.on('error', () => {}) // Seen by who writes to it.
  socket.pause()
  return { socket, received: () => received }
}

const sent = (socket: Socket, bytes: string | Buffer) =>
  new Promise<void>((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('a client that reads no answer before it has sent everything', () => {
  const asking = (path: string, framing: string) =>
    `POST ${path} HTTP/1.1\r\nHost: briefings.example\r\nAuthorization: Bearer ${token}\r\n${framing}\r\n\r\n`
  const declared = { framing: 'Content-Length: 11000000', piece: megabyte, end: '' }
  const counted = {
    framing: 'Transfer-Encoding: chunked',
    piece: Buffer.concat([Buffer.from('f4240\r\n'), megabyte, Buffer.from('\r\n')]),
    end: '0\r\n\r\n',
  }
  const ofAForm = (how: typeof declared) => ({
    ...how,
    framing: `Origin: https://briefings.example\r\nContent-Type: application/x-www-form-urlencoded\r\n${how.framing}`,
  })

  test.each([
    ['too much for an import, declared', '/api/v1/packs', 413, declared],
    ['too much for an import, counted', '/api/v1/packs', 413, counted],
    ['too much for a form, declared', '/language', 413, ofAForm(declared)],
    ['too much for a form, counted', '/language', 413, ofAForm(counted)],
    ['something where nothing is', '/api/v1/nothing', 404, declared],
  ])('is refused %s, however slowly it sends, and goes on over the same connection', async (_what, path, status, how) => {
    const { socket, received } = await aConnection(site)
    await sent(socket, asking(path, how.framing))
    for (let left = 11; left > 0; left -= 1) {
      await sent(socket, how.piece)
      await pause(100)
    }
    await sent(socket, `${how.end}GET /healthz HTTP/1.1\r\nHost: briefings.example\r\n\r\n`)
    socket.resume()
    expect(await eventually(() => received().includes('{"status":"ok"}') || socket.destroyed)).toBe(true)
    expect(received()).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(received()).toContain('{"status":"ok"}')
    socket.destroy()
  })

  test('is cut off at a bound, if it never ends', async () => {
    const { socket } = await aConnection(site)
    socket.resume()
    await sent(socket, asking('/api/v1/packs', counted.framing))
    const sendsForEver = async () => {
      for (let megabytes = 0; megabytes < 1000; megabytes += 1) await sent(socket, counted.piece)
    }
    await expect(sendsForEver()).rejects.toThrow(/EPIPE|ECONNRESET|destroyed|closed/)
    expect((await fetch(`${site.url}/healthz`)).status).toBe(200)
  })
})

test('a stop writes the last counts before it waits for connections that are held open, and a kill meanwhile loses none', async () => {
  const held = await startServer(every(3_600_000, 'count-views'))
  await (await fetch(`${held.url}/es/briefings/microsoft-mistral-ai-partnership`)).arrayBuffer()
  const [slow, hanging] = [await aConnection(held), await aConnection(held)]
  for (const { socket } of [slow, hanging]) await sent(socket, 'GET /healthz HTTP/1.1\r\nHost: ')
  const database = new SQLite(held.environment['DATABASE_PATH'] ?? '', { readonly: true })
  const views = () => database.prepare('select sum(views) from demand').pluck().get()
  expect(views()).toBeNull()
  const ended = once(held.process, 'exit')
  held.process.kill('SIGTERM')
  expect(await eventually(() => views() !== null)).toBe(true)
  slow.socket.resume()
  await sent(slow.socket, 'briefings.example\r\n\r\n')
  expect(await eventually(() => slow.received().includes('{"status":"ok"}') || slow.socket.destroyed)).toBe(true)
  expect(slow.received()).toMatch(/^HTTP\/1.1 200 /) // So it was held until now.
  held.process.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
  expect(views()).toBe(1)
  database.close()
  for (const { socket } of [slow, hanging]) socket.destroy()
  await held.remove()
})
