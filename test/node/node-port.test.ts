import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { readNodeConfig } from '../../src/config'
import { takePort } from '../../src/doors/node-port'
import { sampleSettings } from '../support/settings'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

const taken = async (host: string) => {
  const server = createServer()
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return (server.address() as AddressInfo).port
}

describe('the port of the Node door', () => {
  test('answers what was asked before there was who answers', async () => {
    const port = await takePort({ host: '127.0.0.1', port: 0 })
    open.push(port.server)
    const arrived = new Promise((resolve) => port.server.once('request', resolve))
    const early = fetch(`http://127.0.0.1:${port.number}/early`)
    await arrived
    port.answerWith((request, response) => response.end(`You asked for ${request.url}`))
    expect(await (await early).text()).toBe('You asked for /early')
    expect(await (await fetch(`http://127.0.0.1:${port.number}/late`)).text()).toBe('You asked for /late')
  })

  test('is refused with the port and a way out where another program has it', async () => {
    const port = await taken('127.0.0.1')
    await expect(takePort({ host: '127.0.0.1', port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use by another program. Stop that program or choose another port, such as PORT=${port + 1}.`,
    )
  })

  test('is in the address of a site that was given none, or an empty one', () => {
    for (const variables of [{}, { ORIGIN: undefined }, { ORIGIN: '' }])
      expect(readNodeConfig({ PORT: '8080', ...variables }, sampleSettings).origin).toBe('http://localhost:8080')
    expect(readNodeConfig({ PORT: '8080', ORIGIN: 'https://briefings.example' }, sampleSettings).origin).toBe(
      'https://briefings.example',
    )
  })

  test('never names a port that there is not', async () => {
    const port = await takePort({ host: '127.0.0.1', port: 65_535 }).catch(() => undefined)
    if (port) open.push(port.server)
    await expect(takePort({ host: '127.0.0.1', port: 65_535 })).rejects.toThrow(/is in use .* PORT=65534\.$/)
  })

  test.each(['203.0.113.7', 'no-such-host.invalid'])('is refused on %s, which is no address of this machine', async (host) => {
    await expect(takePort({ host, port: 0 })).rejects.toThrow(
      `${host} is not an address of this machine. Choose another, such as HOST=127.0.0.1, or HOST=0.0.0.0 for all its addresses.`,
    )
  })
})
