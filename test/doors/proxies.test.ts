import { request } from 'node:http'
import { afterAll, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../support/server'

const servers: RunningServer[] = []
afterAll(async () => {
  for (const server of servers.splice(0)) await server.remove()
})

async function serve(settings: Record<string, string>): Promise<RunningServer> {
  const server = await startServer({ SAMPLES: 'off', ...settings })
  servers.push(server)
  return server
}

const origin = 'https://briefings.example'
const headers = { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' }
let people = 0

/** Asks for a link to sign in from an address of this machine, which has many (127.0.0.0/8), and returns the status. */
function ask({ url }: RunningServer, from: string, forwarded: string): Promise<number | undefined> {
  people += 1
  const body = `address=reader${people}%40example.com`
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/pl/sign-in`, {
      method: 'POST',
      localAddress: from,
      headers: { ...headers, 'Content-Length': body.length, 'X-Forwarded-For': forwarded },
    })
    asked.once('error', reject)
    asked.once('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.end(body)
  })
}

/** Asks until a limit stops it, and returns whether it does. Ten in a minute are allowed; where a minute ends meanwhile, ten more. */
async function isStopped(server: RunningServer, from: string, forwarded: (count: number) => string): Promise<boolean> {
  for (let count = 0; count < 25; count += 1) if ((await ask(server, from, forwarded(count))) === 429) return true
  return false
}

describe('the limits of a server', () => {
  test('count readers apart behind proxies that it trusts, and only there', async () => {
    const server = await serve({ TRUSTED_PROXIES: '127.0.0.2,10.8.0.0/16' })
    const throughBoth = (reader: string) => `192.0.2.1, ${reader}, 10.8.3.4`
    expect(await isStopped(server, '127.0.0.2', () => throughBoth('203.0.113.9'))).toBe(true)
    expect(await ask(server, '127.0.0.2', throughBoth('198.51.100.7'))).toBe(303)
    expect(await isStopped(server, '127.0.0.2', (count) => throughBoth(`198.51.100.${count + 20}`))).toBe(false)
    // Another machine says the same and is not believed, whatever it says.
    expect(await isStopped(server, '127.0.0.3', (count) => throughBoth(`198.51.100.${count + 60}`))).toBe(true)
    expect(await ask(server, '127.0.0.3', throughBoth('198.51.100.99'))).toBe(429)
    expect(await ask(server, '127.0.0.2', throughBoth('198.51.100.99'))).toBe(303)
  })

  test('believe a proxy on the same machine where none is named', async () => {
    const server = await serve({})
    expect(await isStopped(server, '127.0.0.3', (count) => `203.0.113.${count}`)).toBe(false)
    expect(await isStopped(server, '127.0.0.3', (count) => `203.0.113.${count}, 198.51.100.7`)).toBe(true)
  })

  test('a list that means nothing stops the start, in a sentence', async () => {
    await expect(serve({ TRUSTED_PROXIES: '10.0.0.1,proxy.example' })).rejects.toThrow(
      /TRUSTED_PROXIES: “proxy\.example” is not the address or the network of a proxy/,
    )
  })
})
