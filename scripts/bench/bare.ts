// The baseline: Hono on @hono/node-server with nothing behind it. Run by itself: `COPIED=<address> node bare.ts`.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const copied = await fetch(process.env['COPIED'] ?? '', { headers: { 'Accept-Encoding': 'identity' } })
const body = new Uint8Array(await copied.arrayBuffer())
const ofTheConnection = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])
const headers = Object.fromEntries([...copied.headers].filter(([name]) => !ofTheConnection.has(name)))

const app = new Hono()
app.get('/same', (c) => c.body(body, 200, headers))
app.get('/plain', (c) => c.body(body, 200, { 'Content-Type': 'text/html; charset=utf-8' }))
app.get('/not-modified', (c) => c.body(null, 304, headers))
app.get('/plain-not-modified', (c) => c.body(null, 304, { ETag: headers['etag'] ?? '' }))

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stderr.write(`listening on 127.0.0.1:${port}\n`)
})
