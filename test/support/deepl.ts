import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SaxesParser } from 'saxes'

/** What DeepL's text API knows (its OpenAPI description of 2026): the fields of a request, and the codes of languages with markup. */
const fields: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'),
  source_lang: (value) => value === 'EN',
  target_lang: (value) => typeof value === 'string' && targets.includes(value),
  preserve_formatting: (value) => typeof value === 'boolean',
  tag_handling: (value) => value === 'xml' || value === 'html',
  tag_handling_version: (value) => value === 'v1' || value === 'v2',
  non_splitting_tags: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
}
const targets =
  'AR BG CS DA DE EL EN-GB EN-US ES ET FI FR HU ID IT JA KO LT LV NB NL PL PT-BR PT-PT RO RU SK SL SV TR UK ZH-HANS ZH-HANT'.split(
    ' ',
  )
const textsMax = 50
const bytesMax = 128 * 1024

export interface Received {
  readonly text: readonly string[]
  readonly target_lang: string
}

type Reply = (response: ServerResponse, received: Received | undefined, request: IncomingMessage) => void

export interface DeepL {
  readonly url: string
  readonly key: string
  /** Every request that it translated. */
  readonly received: Received[]
  /** How often it was asked for anything. */
  readonly asked: () => number
  /** Answers the next requests like this, one each; then as DeepL does. */
  reply(...replies: readonly Reply[]): void
  /** Forgets what it received and how it was to answer. */
  forget(): void
  close(): void
}

/** A server that speaks DeepL's protocol and refuses whatever DeepL would refuse. It translates by putting the code before each text. */
export async function startDeepL(key = 'c0ffee00-0000-4000-8000-5ec2e7000000:fx'): Promise<DeepL> {
  const received: Received[] = []
  const replies: Reply[] = []
  let asked = 0
  const server = createServer(async (request, response) => {
    asked += 1
    const body = await bodyOf(request)
    const refused = refusalOf(request, body, key)
    const parsed = refused === undefined ? (JSON.parse(body.toString()) as Received) : undefined
    const reply = replies.shift()
    if (reply) reply(response, parsed, request)
    else if (refused) send(response, refused.status, { message: refused.message })
    else if (parsed) {
      received.push(parsed)
      send(response, 200, { translations: parsed.text.map((text) => translated(text, parsed.target_lang)) })
    }
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key,
    received,
    asked: () => asked,
    reply: (...more) => replies.push(...more),
    forget() {
      received.length = 0
      replies.length = 0
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const translated = (text: string, language: string) => ({
  detected_source_language: 'EN',
  text: `${language} ${text}`,
  tag_handling_version: 'v2',
})

/** An answer with this status and JSON. */
export const answers =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) =>
    send(response, status, body, headers)

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function refusalOf({ method, url, headers }: IncomingMessage, body: Buffer, key: string) {
  const refuse = (status: number, message: string) => ({ status, message })
  if (url !== '/v2/translate') return refuse(404, 'Not found')
  if (method !== 'POST') return refuse(405, 'Method not allowed')
  if (headers.authorization !== `DeepL-Auth-Key ${key}`) return refuse(403, 'Forbidden')
  if (headers['content-type'] !== 'application/json') return refuse(415, 'Unsupported media type')
  if (body.length > bytesMax) return refuse(413, 'Request Entity Too Large')
  let told: Record<string, unknown>
  try {
    told = JSON.parse(body.toString()) as Record<string, unknown>
  } catch {
    return refuse(400, 'Bad request. Reason: invalid JSON')
  }
  for (const [name, value] of Object.entries(told)) {
    if (!fields[name]?.(value)) return refuse(400, `Value for '${name}' not supported.`)
  }
  for (const name of ['text', 'target_lang']) if (!(name in told)) return refuse(400, `Parameter '${name}' not specified.`)
  const texts = told['text'] as readonly string[]
  if (texts.length > textsMax) return refuse(400, 'Too many texts.')
  if (told['tag_handling'] === 'xml' && !texts.every(isXml))
    return refuse(400, 'Tag handling parsing failed, please check input.')
  return undefined
}

function isXml(text: string): boolean {
  const parser = new SaxesParser({ fragment: true })
  let isSound = true
  parser.on('error', () => {
    isSound = false
  })
  parser.write(text).close()
  return isSound
}
