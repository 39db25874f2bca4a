import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What goes wrong with a request on its way: the rest of an answer is cut off, though the site has done what was asked; and so on. */
export type Fault = 'none' | 'cut after it was done' | 'cut before' | 'stall' | 'page' | 'redirect' | 'slow'

/** A proxy in front of a site, with a fault for each request as `faultOf` has it. */
export async function startFaults(site: string, faultOf: (request: IncomingMessage) => Fault) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    void pass(site, request, response, faultOf(request)).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What was asked, in its order. */
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function pass(site: string, request: IncomingMessage, response: ServerResponse, fault: Fault): Promise<void> {
  if (fault === 'stall') return
  if (fault === 'cut before') return void request.socket.destroy()
  if (fault === 'page')
    return void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Sign in to the network</h1>')
  if (fault === 'redirect') return void response.writeHead(308, { Location: 'https://www.briefings.example/' }).end()
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
    if (fault === 'slow') await pause()
  }
  const { host: _host, connection: _connection, ...headers } = request.headers as Record<string, string>
  const init = { method: request.method ?? 'GET', headers, redirect: 'manual' } as const
  const answer = await fetch(site + request.url, chunks.length === 0 ? init : { ...init, body: Buffer.concat(chunks) })
  const body = Buffer.from(await answer.arrayBuffer())
  const { 'content-encoding': _coding, 'transfer-encoding': _transfer, ...told } = Object.fromEntries(answer.headers)
  response.writeHead(answer.status, { ...told, 'content-length': body.length })
  if (fault === 'cut after it was done') {
    response.write(body.subarray(0, body.length / 2), () => response.destroy())
    return
  }
  for (let at = 0; fault === 'slow' && at < body.length; at += slice) {
    response.write(body.subarray(at, at + slice))
    await pause()
  }
  response.end(fault === 'slow' ? undefined : body)
}

const slice = 4096
const pause = () => new Promise((resolve) => setTimeout(resolve, 20))
