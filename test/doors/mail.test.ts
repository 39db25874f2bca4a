import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import PostalMime from 'postal-mime'
import { afterEach, describe, expect, test } from 'vitest'
import { vernacular } from '../support/command'
import { rounds } from '../support/rounds'
import { eventually, every, inDatabase, mailsUnderWay, type RunningServer, root, startServer } from '../support/server'
import { type Arrival, startMailServer } from '../support/smtp'

const open: { close?: () => Promise<void>; remove?: () => Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await (each.remove ?? each.close)?.()
})

async function aMailServer(settings: Parameters<typeof startMailServer>[0] = {}) {
  const server = await startMailServer(settings)
  open.unshift(server)
  return server
}

/** The site as its operator runs it, without samples. */
async function aSite(settings: Record<string, string>): Promise<RunningServer> {
  const site = await startServer({ SAMPLES: 'off', ...every(50, 'send-mail'), ...settings })
  open.unshift(site)
  return site
}

/** As though the time until each waiting mail is due had passed: that of a retry, or of a dead sender's lease. */
const letTimePass = (site: RunningServer) =>
  inDatabase(site, (file) => file.prepare("update mail set due_at = '2020-01-01T00:00:00.000Z' where due_at is not null").run())

const rowOf = (site: RunningServer, recipient: string) =>
  inDatabase(site, (file) => file.prepare('select * from mail where recipient = ?').get(recipient)) as
    | Record<string, unknown>
    | undefined

const idOf = async ({ raw }: Arrival) =>
  /^<(.+)@briefings\.example>$/.exec((await PostalMime.parse(raw)).messageId ?? '')?.[1] ?? ''

describe('the Node door', () => {
  test('sends mail to a server that asks who it is, in Arabic from right to left and in Polish, within moments', async () => {
    const mails = await aMailServer({ account: { user: 'post@briefings.example', pass: 'p/w:%d' } })
    const site = await aSite({ SMTP_URL: mails.url, MAIL_FROM: 'Zażółć <post@briefings.example>', SITE_NAME: 'Harbour' })
    for (const [locale, dir, subject, closing] of [
      ['ar', 'rtl', '\u200fHarbour: رسالة تجريبية', 'لا يلزمك فعل شيء.'],
      ['pl', 'ltr', 'Harbour: próbny e-mail', 'Nie musisz nic robić.'],
    ] as const) {
      const address = `${locale}@example.com`
      expect(vernacular(site.environment, 'mail', address, '--locale', locale)).toMatchObject({ status: 0 })
      expect(await eventually(() => mails.to(address).length > 0)).toBe(true)
      const [{ raw, user } = { raw: Buffer.of(), user: '' }] = mails.to(address)
      const { subject: read, from, html = '', text = '', headers } = await PostalMime.parse(raw)
      expect([read, from?.name, user]).toEqual([subject, 'Zażółć', 'post@briefings.example'])
      expect(headers.find(({ key }) => key === 'content-language')?.value).toBe(locale)
      expect(html).toContain(`<html lang="${locale}" dir="${dir}">`)
      for (const body of [html, text]) {
        expect(body).toContain(closing)
        expect(body).toContain(`https://briefings.example/${locale}/`)
      }
    }
    expect(vernacular(site.environment, 'mail').out).toBe('Every email has been sent.\n')
  })

  test('tries again what a server would not take now, gives up what it will never take, and tells of neither whom it concerns', async () => {
    const mails = await aMailServer({
      answer: (to, time) =>
        to.startsWith('busy') && time === 1 ? 'refuse address for now' : to.startsWith('nobody') ? 'refuse address' : 'take',
    })
    const site = await aSite({ SMTP_URL: mails.url })
    vernacular(site.environment, 'mail', 'busy@example.com')
    vernacular(site.environment, 'mail', 'nobody@example.com')
    expect(
      await eventually(() =>
        Boolean(rowOf(site, 'busy@example.com')?.['error'] && rowOf(site, 'nobody@example.com')?.['failed_at']),
      ),
    ).toBe(true)
    const listed = vernacular(site.environment, 'mail').out
    expect(listed).toMatch(/waiting {2}1 refused {2}busy@example\.com {2}.*451/)
    expect(listed).toMatch(/given up {2}1 refused {2}nobody@example\.com {2}.*550/)

    letTimePass(site)
    expect(await eventually(() => mails.to('busy@example.com').length === 1)).toBe(true)
    await site.stop()
    const about = site.log().filter((entry) => 'mail' in entry)
    expect(about.map(({ level, outcome, code }) => [level, outcome, code])).toEqual([
      ['warn', 'postponed', 'EENVELOPE 451 4.3.0'],
      ['error', 'givenUp', 'EENVELOPE 550 5.1.1'],
    ])
    expect(JSON.stringify(site.log()) + site.told()).not.toMatch(/example\.com/)
  })

  test('sends again what a server took without a word, and the two can be told for one', async () => {
    const mails = await aMailServer({ answer: (_to, time) => (time === 1 ? 'take and hang up' : 'take') })
    const site = await aSite({ SMTP_URL: mails.url })
    vernacular(site.environment, 'mail', 'reader@example.com')
    expect(await eventually(() => rowOf(site, 'reader@example.com')?.['error'] != null)).toBe(true)
    letTimePass(site)
    expect(await eventually(() => mails.to('reader@example.com').length === 2)).toBe(true)
    expect(new Set(await Promise.all(mails.arrived.map(idOf))).size).toBe(1)
  })

  test('told to stop, finishes the mail that is under way and notes it', async () => {
    let answer = () => {}
    const mails = await aMailServer({
      waits: () =>
        new Promise<void>((resolve) => {
          answer = resolve
        }),
    })
    const site = await aSite({ SMTP_URL: mails.url })
    vernacular(site.environment, 'mail', 'reader@example.com')
    expect(await eventually(() => mails.arrived.length === 1)).toBe(true)
    expect(rowOf(site, 'reader@example.com')?.['sent_at']).toBeNull()
    const stopped = site.stop()
    answer()
    expect(await stopped).toBe(0)
    expect(rowOf(site, 'reader@example.com')?.['sent_at']).not.toBeNull()
    expect(mails.arrived).toHaveLength(1)
  })

  test('without a server keeps mail, says so where others read the site, and shows it where only a developer does', async () => {
    const published = await aSite({})
    expect(published.told()).toContain('SMTP_URL is not set: emails are kept and not sent.')
    const own = await aSite({ ORIGIN: 'http://localhost' })
    expect(own.told()).toContain('Emails are kept and shown at http://localhost/outbox')
    for (const site of [published, own]) vernacular(site.environment, 'mail', 'reader@example.com', '--locale', 'ar')
    expect((await fetch(`${published.url}/outbox`)).status).toBe(404)
    const response = await fetch(`${own.url}/outbox`, { headers: { Accept: 'text/html', 'Accept-Language': 'pl' } })
    expect(response.status).toBe(200)
    const html = await response.text()
    expect(html).toContain('Skrzynka nadawcza')
    expect(html).toContain('lang="ar" dir="rtl">\u200fVernacular: رسالة تجريبية</h2>')
    const [, path = ''] = /href="(\/outbox\/[^"]+)"/.exec(html) ?? []
    expect(await (await fetch(own.url + path)).text()).toContain('<html lang="ar" dir="rtl">')
    expect((await fetch(`${own.url}/outbox`, { headers: { 'X-Forwarded-For': '203.0.113.7' } })).status).toBe(404)
  })

  test('does not try out mail to what is no address, or in a language that the site does not speak', async () => {
    const site = await aSite({})
    expect(vernacular(site.environment, 'mail', 'reader@example')).toMatchObject({
      status: 1,
      error: 'reader@example is not an email address.\n',
    })
    expect(vernacular(site.environment, 'mail', 'reader@example.com', '--locale', 'tlh').status).toBe(1)
    expect(vernacular(site.environment, 'mail').out).toBe('Every email has been sent.\n')
  })
})

/** How often the site is killed. */
const kills = rounds(8)
/** How many mails are under way at a time: what a kill can catch between the server's acceptance and our note of it. */
const atOnce = 5

describe(`killed ${kills} times while mails are queued and sent and people sign up`, () => {
  test('loses none that was acknowledged, and doubles none but those that a kill found under way', async () => {
    const mails = await aMailServer({ waits: () => setTimeout(Math.random() * 30) })
    const first = await startServer({ SAMPLES: 'off', SMTP_URL: mails.url })
    let site = first
    open.unshift(first)
    const path = first.environment['DATABASE_PATH'] ?? ''
    const acknowledged: string[] = []
    const people = signUps(() => site.url)
    const found = new Map<string, number>()
    let caught = 0
    let queueing = queueMails(path, acknowledged)
    for (let count = 1; count <= kills; count += 1) {
      // Now while mails are under way, now while they are queued and people sign up.
      const before = { queued: acknowledged.length, asked: people.asked.length }
      const isTime = () =>
        count % 2 === 0
          ? mailsUnderWay(first).length > 0
          : acknowledged.length > before.queued && people.asked.length > before.asked
      expect(await eventually(isTime)).toBe(true)
      site.process.kill('SIGKILL')
      if (count % 4 === 0) {
        await queueing.kill()
        queueing = queueMails(path, acknowledged)
      }
      await site.stop('SIGKILL')
      const underWay = mailsUnderWay(first)
      for (const id of underWay) found.set(id, (found.get(id) ?? 0) + 1)
      if (underWay.length > 0) caught += 1
      letTimePass(first)
      site = await startServer(first.environment)
    }
    await queueing.kill()
    await people.stop()
    const left = () => inDatabase(first, (file) => file.prepare('select count(*) from mail where sent_at is null').pluck().get())
    expect(await eventually(() => left() === 0)).toBe(true)
    const letters = await Promise.all(people.asked.map(async (address) => await linksTo(mails.to(address))))
    expect(letters.filter(({ length }) => length === 0)).toEqual([])
    const entered = await Promise.all(letters.map(async ([link = '']) => await enter(site.url, link)))
    expect(entered.filter((cookie) => cookie === undefined)).toEqual([])
    await site.stop('SIGKILL')
    site = await startServer(first.environment)
    for (const cookie of entered) expect(await isSignedIn(site.url, cookie)).toBe(true)
    expect(people.asked.length).toBeGreaterThan(kills)
    expect(await site.stop()).toBe(0)
    expect(inDatabase(first, (file) => file.pragma('integrity_check', { simple: true }))).toBe('ok')

    const arrivals = Map.groupBy(await Promise.all(mails.arrived.map(idOf)), (id) => id)
    expect(acknowledged.filter((id) => !arrivals.has(id))).toEqual([])
    expect([...arrivals].filter(([id, all]) => all.length - 1 > (found.get(id) ?? 0))).toEqual([])
    const copies = mails.arrived.length - arrivals.size
    expect(copies).toBeLessThanOrEqual(kills * atOnce)
    // The kills did fall while mails were under way, and there were mails to lose.
    expect(caught).toBeGreaterThan(kills / 4)
    expect(acknowledged.length).toBeGreaterThan(kills * 3)
    process.stdout.write(
      `${kills} kills (${caught} with mails under way), ${acknowledged.length} mails acknowledged, ${copies} of them sent twice, 0 lost.\n`,
    )
  })
})

/** Readers who ask for a link, one after the other, for as long as it is not stopped; those who were told that it is on its way. */
function signUps(siteNow: () => string) {
  const asked: string[] = []
  let isStopped = false
  const asking = (async () => {
    for (let count = 0; !isStopped; count += 1) {
      const address = `reader${count}@example.org`
      const headers = { ...form, 'X-Forwarded-For': `198.51.${count >> 8}.${count & 255}` }
      const answer = await fetch(`${siteNow()}/pl/sign-in`, {
        method: 'POST',
        headers,
        body: `address=${address}`,
        redirect: 'manual',
      })
        .then(({ status }) => status)
        .catch(() => undefined) // Killed before it answered: nothing was acknowledged.
      if (answer === 303) asked.push(address)
      await setTimeout(30)
    }
  })()
  return {
    asked,
    async stop() {
      isStopped = true
      await asking
    },
  }
}

const form = { Origin: 'https://briefings.example', 'Content-Type': 'application/x-www-form-urlencoded' }

/** The links to sign in with that arrived, as paths. */
const linksTo = async (arrivals: readonly { readonly raw: Buffer }[]) =>
  await Promise.all(
    arrivals.map(async ({ raw }) => /\/pl\/sign-in\/vern_\S+/.exec((await PostalMime.parse(raw)).text ?? '')?.[0] ?? ''),
  )

/** The session's cookie that a link gives, or `undefined` where it gives none. */
async function enter(site: string, link: string): Promise<string | undefined> {
  const answer = await fetch(site + link, { method: 'POST', headers: form, redirect: 'manual' })
  return answer.headers.get('Set-Cookie')?.split(';')[0]
}

const isSignedIn = async (site: string, cookie = '') =>
  (await fetch(`${site}/pl/account/passkeys`, { headers: { Cookie: cookie }, redirect: 'manual' })).status === 200

/** A process that queues mails; the ids that it acknowledges are gathered. */
function queueMails(path: string, acknowledged: string[]): { kill(): Promise<void> } {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', join(root, 'test/support/queue-mails.ts'), path], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let rest = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    acknowledged.push(...lines)
  })
  return {
    async kill() {
      const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
      child.kill('SIGKILL')
      await closed
    },
  }
}
