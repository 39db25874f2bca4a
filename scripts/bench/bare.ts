// The baseline: Hono on @hono/node-server with nothing behind it. Run by itself: `COPIED=<address> node bare.ts`.
// `SENT` has the headers with which the answer is fetched that it copies.
import { get, type IncomingHttpHeaders } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

interface Answer {
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array<ArrayBuffer>
}

/** An answer as it is sent, compressed or not. */
const fetched = (address: string, headers: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(address, { headers }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      if (response.statusCode === 200) resolve({ headers: response.headers, body: new Uint8Array(Buffer.concat(chunks)) })
      else reject(new Error(`${address} was answered with ${response.statusCode}.`))
    }).once('error', reject)
  })

const copied = await fetched(process.env['COPIED'] ?? '', JSON.parse(process.env['SENT'] ?? '{}') as Record<string, string>)
const { body } = copied
const ofTheConnection = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])
const headers = Object.fromEntries(
  Object.entries(copied.headers).flatMap(([name, value]) => (ofTheConnection.has(name) ? [] : [[name, String(value)]])),
)

const app = new Hono()
app.get('/same', (c) => c.body(body, 200, headers))
app.get('/plain', (c) => c.body(body, 200, { 'Content-Type': 'text/html; charset=utf-8' }))
app.get('/not-modified', (c) => c.body(null, 304, headers))
app.get('/plain-not-modified', (c) => c.body(null, 304, { ETag: headers['etag'] ?? '' }))

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stderr.write(`listening on 127.0.0.1:${port}\n`)
})
