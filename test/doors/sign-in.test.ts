import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startServer } from '../support/server'
import { startMailServer } from '../support/smtp'
import { startWorker, withMailBinding } from '../support/worker'

const origin = 'https://briefings.example'
const closing: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A door with mail: how it is asked, from which network, and the text of the mail that arrived with a link into this language. */
interface Door {
  ask(path: string, init?: { method?: string; body?: string; headers?: Record<string, string> }): Promise<Response>
  mailIn(locale: string): Promise<string>
}

/** The one of these texts with a link to sign in with in this language. */
const withLink = (texts: readonly string[], locale: string) => texts.find((text) => text.includes(`${origin}/${locale}/sign-in/`))

const doors: Record<'Node' | 'Worker', () => Promise<Door>> = {
  async Node() {
    const mail = await startMailServer()
    const server = await startServer({ SMTP_URL: `smtp://127.0.0.1:${mail.port}`, SAMPLES: 'off', ORIGIN: origin })
    closing.push(() => server.remove(), mail.close)
    return {
      ask: (path, init) => fetch(server.url + path, { redirect: 'manual', ...init }),
      async mailIn(locale) {
        const find = async () =>
          withLink(await Promise.all(mail.arrived.map(async ({ raw }) => (await PostalMime.parse(raw)).text ?? '')), locale)
        expect(await eventually(async () => (await find()) !== undefined)).toBe(true)
        return (await find()) ?? ''
      },
    }
  },
  async Worker() {
    const worker = await startWorker(origin, withMailBinding)
    closing.push(worker.close)
    return {
      ask: async (path, init) => (await worker.harness.fetch(origin + path, { redirect: 'manual', ...init })) as never,
      async mailIn(locale) {
        expect(await eventually(() => withLink(worker.given('email-text'), locale) !== undefined)).toBe(true)
        return withLink(worker.given('email-text'), locale) ?? ''
      },
    }
  },
}

const form = { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' }

describe.each(['Node', 'Worker'] as const)('signing in by mail, on the %s door', (name) => {
  let door: Door
  beforeAll(async () => {
    door = await doors[name]()
  })

  test.each([
    ['ar', 'salma@example.com', 'زر'],
    ['pl', 'ania@example.com', 'przycisk'],
  ])('in %s: the link in the mail that arrives lets its reader in, once', async (locale, address, word) => {
    const body = new URLSearchParams({ address, next: `/${locale}/account/passkeys` }).toString()
    const asked = await door.ask(`/${locale}/sign-in`, { method: 'POST', headers: form, body })
    expect([asked.status, asked.headers.get('Location')]).toEqual([
      303,
      `/${locale}/sign-in/sent?next=%2F${locale}%2Faccount%2Fpasskeys`,
    ])

    const text = await door.mailIn(locale)
    expect(text).toContain(word)
    const [link = ''] = new RegExp(`${origin}/${locale}/sign-in/vern_\\S+`).exec(text) ?? []
    const path = link.slice(origin.length)
    for (const method of ['HEAD', 'GET', 'GET']) expect((await door.ask(path, { method, headers: form })).status).toBe(200)

    const entered = await door.ask(path, { method: 'POST', headers: form })
    expect([entered.status, entered.headers.get('Location')]).toEqual([303, `/${locale}/account/passkeys`])
    const cookie = entered.headers.get('Set-Cookie') ?? ''
    expect(cookie).toMatch(/^__Host-session=vern_[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
    const [session = ''] = cookie.split(';')
    expect((await door.ask(`/${locale}/account/passkeys`, { headers: { Cookie: session } })).status).toBe(200)
    expect((await door.ask(path, { method: 'POST', headers: form })).status).toBe(410)
  })

  test('stops a network that asks for very many links, and no other', async () => {
    const asks = async (network: string, number: number) => {
      const headers = { ...form, ...(name === 'Node' ? { 'X-Forwarded-For': network } : { 'CF-Connecting-IP': network }) }
      return (await door.ask('/pl/sign-in', { method: 'POST', headers, body: `address=reader${number}%40example.com` })).status
    }
    const statuses: number[] = []
    while (statuses.at(-1) !== 429 && statuses.length < 30) statuses.push(await asks('203.0.113.9', statuses.length))
    // Ten in a minute; where a minute ended meanwhile, ten more.
    expect(statuses).toEqual([...Array(statuses.length - 1).fill(303), 429])
    expect(statuses.length - 1).toBeGreaterThanOrEqual(10)
    expect(statuses.length - 1).toBeLessThanOrEqual(20)
    expect(await asks('198.51.100.7', 99)).toBe(303)
  })
})
