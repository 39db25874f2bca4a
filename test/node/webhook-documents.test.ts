import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventTypes, payloadSchema } from '../../src/webhooks/event'
import { newSigningSecret, signedHeaders } from '../../src/webhooks/signature'

const page = readFileSync(join(import.meta.dirname, '../../docs/webhooks.md'), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text ?? '')

describe('the page for those who receive events', () => {
  test('has an example of each type, which is such an event', () => {
    const examples = blocks('json').map((text) => payloadSchema.parse(JSON.parse(text)))
    expect(examples.map(({ type }) => type)).toEqual([...eventTypes, 'webhook.test'])
  })

  test('knows by its own lines what is genuine, and nothing else', async () => {
    const [code = ''] = blocks('js')
    const { isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      isGenuine: (headers: Readonly<Record<string, string>>, body: string, secret: string) => boolean
    }
    const [secret, old] = [newSigningSecret(), newSigningSecret()]
    const payload = '{"type":"webhook.test","é":1}'
    const signed = (at: number, ...secrets: string[]) => signedHeaders({ id: 'evt_1', payload }, secrets, new Date(at))
    const headers = await signed(Date.now(), secret, old)
    expect(isGenuine(headers, payload, secret)).toBe(true)
    expect(isGenuine(headers, payload, old)).toBe(true)
    expect(isGenuine(headers, payload, newSigningSecret())).toBe(false)
    expect(isGenuine(headers, `${payload} `, secret)).toBe(false)
    expect(isGenuine({ ...headers, 'webhook-id': 'evt_2' }, payload, secret)).toBe(false)
    expect(isGenuine(await signed(Date.now() - 301_000, secret), payload, secret)).toBe(false)
  })
})
