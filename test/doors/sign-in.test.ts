import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gatherKit } from '../../src/doors/kit'
import { openLocales } from '../../src/language/locale'
import { attributesOf, find } from '../support/html'
import { eventually, root, startServer } from '../support/server'
import { startMailServer } from '../support/smtp'
import { startWorker, withMailBinding } from '../support/worker'

const origin = 'https://briefings.example'
const closing: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A door with mail and the samples: how it is asked, and the path of the link in the next mail that arrives in this language. */
interface Door {
  ask(path: string, init?: { method?: string; body?: string; headers?: Record<string, string> }): Promise<Response>
  mailIn(locale: string): Promise<{ readonly text: string; readonly path: string }>
}

/** How a door finds mail among the texts of all that arrived: each link once. */
function mailAmong(arrived: () => Promise<readonly string[]>): Door['mailIn'] {
  const known = new Set<string>()
  return async (locale) => {
    const find = async () => {
      const mails = (await arrived()).map((text) => ({
        text,
        link: new RegExp(`${origin}/${locale}/sign-in/vern_\\S+`).exec(text)?.[0],
      }))
      return mails.find(({ link }) => link !== undefined && !known.has(link))
    }
    expect(await eventually(async () => (await find()) !== undefined)).toBe(true)
    const { text = '', link = '' } = (await find()) ?? {}
    known.add(link)
    return { text, path: link.slice(origin.length) }
  }
}

const doors: Record<'Node' | 'Worker', () => Promise<Door>> = {
  async Node() {
    const mail = await startMailServer()
    const server = await startServer({ SMTP_URL: `smtp://127.0.0.1:${mail.port}`, ORIGIN: origin })
    closing.push(() => server.remove(), mail.close)
    return {
      ask: (path, init) => fetch(server.url + path, { redirect: 'manual', ...init }),
      mailIn: mailAmong(
        async () => await Promise.all(mail.arrived.map(async ({ raw }) => (await PostalMime.parse(raw)).text ?? '')),
      ),
    }
  },
  async Worker() {
    const worker = await startWorker(origin, withMailBinding)
    closing.push(worker.close)
    await worker.loadSamples()
    return {
      ask: async (path, init) => (await worker.harness.fetch(origin + path, { redirect: 'manual', ...init })) as never,
      mailIn: mailAmong(async () => worker.given('email-text')),
    }
  },
}

const slug = 'microsoft-mistral-ai-partnership'
const locales = openLocales(gatherKit(root).locales)

/** What the proxy before a door says of a request's network. */
const asFrom = (name: keyof typeof doors, network: string): Record<string, string> =>
  name === 'Node' ? { 'X-Forwarded-For': network } : { 'CF-Connecting-IP': network }

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

    const { text, path } = await door.mailIn(locale)
    expect(text).toContain(word)
    for (const method of ['HEAD', 'GET', 'GET']) expect((await door.ask(path, { method, headers: form })).status).toBe(200)

    const entered = await door.ask(path, { method: 'POST', headers: form })
    expect([entered.status, entered.headers.get('Location')]).toEqual([303, `/${locale}/account/passkeys`])
    const cookie = entered.headers.get('Set-Cookie') ?? ''
    expect(cookie).toMatch(/^__Host-session=vern_[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/)
    const [session = ''] = cookie.split(';')
    expect((await door.ask(`/${locale}/account/passkeys`, { headers: { Cookie: session } })).status).toBe(200)
    expect((await door.ask(path, { method: 'POST', headers: form })).status).toBe(410)
  })

  test.each(locales)(
    'in %s: who reads a briefing, follows its invitation and signs in is back there, and reads on',
    async (locale) => {
      const reading = `/${locale}/briefings/${slug}`
      const network = asFrom(name, `203.0.113.${locales.indexOf(locale) + 20}`)
      const page = await (await door.ask(reading, { headers: form })).text()
      const invitation = attributesOf(page, 'a', 'href').find((href) => href.includes('/join/circle')) ?? ''
      const invited = await door.ask(invitation, { headers: { ...form, Referer: origin + reading } })
      const goal = encodeURIComponent(reading)
      expect([invited.status, invited.headers.get('Location')]).toEqual([302, `/${locale}/join/circle?next=${goal}`])
      const joining = await (await door.ask(`/${locale}/join/circle?next=${goal}`, { headers: form })).text()
      const [toSignIn = ''] = attributesOf(joining, 'a', 'href', { class: 'button' })
      const asking = await (await door.ask(toSignIn, { headers: form })).text()
      const [next = ''] = attributesOf(asking, 'input', 'value', { name: 'next' })

      const body = new URLSearchParams({ address: `reader-${locale}@example.com`, next }).toString()
      const asked = await door.ask(`/${locale}/sign-in`, { method: 'POST', headers: { ...form, ...network }, body })
      expect([asked.status, asked.headers.get('Location')]).toEqual([303, `/${locale}/sign-in/sent?next=${goal}`])
      const { path } = await door.mailIn(locale)
      const entered = await door.ask(path, { method: 'POST', headers: form })
      expect([entered.status, entered.headers.get('Location')]).toEqual([303, reading])
      const [session = ''] = (entered.headers.get('Set-Cookie') ?? '').split(';')
      const further = await (await door.ask(reading, { headers: { ...form, Cookie: session } })).text()
      const locked = (html: string) => find(html, 'section', { class: 'locked' }).length
      expect(locked(further)).toBeLessThan(locked(page))
    },
  )

  test('stops a network that asks for very many links, and no other', async () => {
    const asks = async (network: string, number: number) => {
      const headers = { ...form, ...asFrom(name, network) }
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
