import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/apps/readers'
import { readConfig } from '../../src/config'
import { indexNow } from '../../src/sitemaps/index-now'
import { openNewsroom } from '../support/newsroom'
import { sampleSettings } from '../support/settings'

const key = 'c0ffee00c0ffee00'
const origin = 'https://briefings.example'
let close = () => {}
afterEach(() => close())

/** A server that speaks IndexNow, as its documentation has it, and answers with this status. */
async function startEngine(status: number) {
  const heard: { path: string | undefined; type: string | undefined; body: unknown }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      heard.push({ path: request.url, type: request.headers['content-type'], body: JSON.parse(text) })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => server.close()
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }
}

describe('IndexNow', () => {
  test.each([200, 202])('is told of addresses with the key and where it stands, and takes them by %i', async (status) => {
    const { url, heard } = await startEngine(status)
    await indexNow(url, key, origin).ping([`${origin}/es/briefings/a`])
    expect(heard).toEqual([
      {
        path: '/indexnow',
        type: 'application/json; charset=utf-8',
        body: {
          host: 'briefings.example',
          key,
          keyLocation: `${origin}/${key}.txt`,
          urlList: [`${origin}/es/briefings/a`],
        },
      },
    ])
  })

  test.each([301, 400, 403, 422, 429, 503])('that answers %i has not taken them', async (status) => {
    const { url } = await startEngine(status)
    await expect(indexNow(url, key, origin).ping([`${origin}/x`])).rejects.toThrow(String(status))
  })

  test('finds the key where the site says it is, and nothing there on a site without one', async () => {
    const newsroom = await openNewsroom()
    expect((await newsroom.get(`/${key}.txt`)).status).toBe(404)
    const app = createApp({ ...newsroom.site, config: readConfig({ ORIGIN: origin, INDEXNOW_KEY: key }, sampleSettings) })
    expect(await (await app.request(`${origin}/${key}.txt`)).text()).toBe(key)
  })

  test.each(['short', 'has a space in it', '../../etc/passwd', ':slug-of-a-route'])(
    'is not begun with “%s” for a key',
    (typed) => {
      expect(() => readConfig({ INDEXNOW_KEY: typed }, sampleSettings)).toThrow('INDEXNOW_KEY')
    },
  )
})
