import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { httpCaller } from '../../src/webhooks/http-caller'
import { freePort } from '../support/server'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server that answers as it is told to. */
async function aReceiver(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const call = async (url: string, within = 2000) =>
  await httpCaller('https://briefings.example', within).call({
    url: `${url}/hook`,
    headers: { 'webhook-id': 'evt_1' },
    body: '{"é":1}',
  })

describe('an endpoint is called', () => {
  test('by POST, with the bytes as they are, and by name', async () => {
    const heard: unknown[] = []
    const url = await aReceiver(({ method, url, headers }, response) => {
      heard.push([method, url, headers['content-type'], headers['user-agent'], headers['webhook-id'], headers['content-length']])
      response.writeHead(204).end()
    })
    expect(await call(url)).toEqual({ status: 204, line: '', retryAfter: null })
    expect(heard).toEqual([
      ['POST', '/hook', 'application/json', 'Vernacular-Webhooks (+https://briefings.example)', 'evt_1', '8'],
    ])
  })

  test.each([301, 302, 303, 307, 308])('and not where it redirects to by %i', async (status) => {
    let asked = 0
    const url = await aReceiver((_request, response) => {
      asked += 1
      response.writeHead(status, { Location: '/elsewhere' }).end()
    })
    expect(await call(url)).toMatchObject({ status })
    expect(asked).toBe(1)
  })

  test('and told of as what it answered, on one line that moves no terminal, and when it is to be asked again', async () => {
    const url = await aReceiver((_request, response) => {
      response.writeHead(503, { 'Retry-After': '120' }).end('Down \u001b[31m\nfor now \u202e')
    })
    expect(await call(url)).toEqual({ status: 503, line: 'Down \\u001b[31m\\u000afor now \\u202e', retryAfter: '120' })
  })

  test('and no longer waited for than it may take: to answer, or to end its answer', async () => {
    const silent = await aReceiver(() => {})
    const begun = performance.now()
    expect(await call(silent, 300)).toEqual({ status: null, line: 'no answer in time', retryAfter: null })
    const dripping = await aReceiver((_request, response) => {
      response.writeHead(500)
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect(await call(dripping, 300)).toMatchObject({ status: 500 })
    const endless = await aReceiver((_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect(await call(endless, 300)).toMatchObject({ status: 200 })
    expect(performance.now() - begun).toBeLessThan(5000)
  })

  test('and read no further than a few kilobytes, however much it says', async () => {
    let sent = 0
    const url = await aReceiver((_request, response) => {
      response.writeHead(500)
      const part = Buffer.alloc(65_536, 'x')
      const pour = () => {
        while (sent < 1e9 && response.write(part)) sent += part.length
      }
      response.on('drain', pour)
      pour()
    })
    expect(await call(url)).toEqual({ status: 500, line: 'x'.repeat(200), retryAfter: null })
    expect(sent).toBeLessThan(50e6)
  })

  test('and told of by what is wrong where there is none, without its address', async () => {
    const port = await freePort()
    expect(await call(`http://127.0.0.1:${port}`)).toEqual({ status: null, line: 'ECONNREFUSED', retryAfter: null })
    const hangingUp = await aReceiver((request) => request.socket.destroy())
    expect(await call(hangingUp)).toMatchObject({ status: null })
    const unknown = await call('https://nowhere.invalid')
    expect(unknown.status).toBeNull()
    expect(unknown.line).not.toContain('nowhere')
  })
})
