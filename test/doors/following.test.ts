import PostalMime from 'postal-mime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { linkIn } from '../support/html'
import { loadInto } from '../support/load'
import { eventually, every, inDatabase, type RunningServer, startServer } from '../support/server'
import { type MailServer, startMailServer } from '../support/smtp'

const reader = 'czytelnik@example.com'
const origin = 'https://briefings.example'
const briefing = aBriefing()
const path = '/pl/briefings/harbour-closes'

let mails: MailServer
let site: RunningServer
beforeAll(async () => {
  mails = await startMailServer()
  site = await startServer({ SAMPLES: 'off', SMTP_URL: mails.url, ...every(50, 'notify', 'send-mail', 'check-cache') })
})
afterAll(async () => {
  await site.remove()
  await mails.close()
})

/** Sends a form as a browser does that is at the site's own address. */
const post = (
  to: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = { Origin: origin },
) =>
  fetch(site.url + to, {
    method: 'POST',
    redirect: 'manual',
    headers: { Accept: 'text/html', ...headers },
    body: new URLSearchParams(fields),
  })

/** The nth mail that arrived for the reader, opened. */
async function arrived(count: number) {
  expect(await eventually(() => mails.to(reader).length >= count)).toBe(true)
  const { html = '', text = '', subject, headers } = await PostalMime.parse(mails.to(reader)[count - 1]?.raw ?? '')
  return { html, text, subject, header: (name: string) => headers.find(({ key }) => key === name)?.value }
}

test('a reader of Polish asks, confirms from the mail, is told once that it is there, and stops further mails with one click', async () => {
  loadInto(site, briefing)
  const page = await (await fetch(site.url + path)).text()
  expect(page).toContain(`<a href="${path}/follow">Powiadom mnie, gdy ta analiza będzie po polsku</a>`)
  for (const [count, wish] of (['available', 'changes'] as const).entries()) {
    expect((await post(`${path}/follow`, { address: reader, wish })).headers.get('Location')).toBe('/pl/follow/sent')
    const asked = await arrived(count + 1)
    expect(asked.subject).toBe('Potwierdź, że chcesz dostawać e-maile z serwisu Vernacular')
    expect((await post(linkIn(asked, /confirm/), {})).headers.get('Location')).toBe('/pl/follow/confirmed')
  }

  loadInto(site, briefing, aTranslation(briefing, 'pl'))
  const told = await arrived(3)
  expect(told.subject).toBe('Już po polsku: pl: The harbour closes for a month')
  expect(told.html).toContain('<html lang="pl" dir="ltr">')
  expect(told.text).toContain(`${origin}${path}`)
  expect(told.header('content-language')).toBe('pl')

  loadInto(site, briefing, aTranslation(briefing, 'pl', { segments: { title: 'Port zamknięty' } }))
  const isLookedAt = () =>
    inDatabase(site, (file) => file.prepare('select (select max(number) from print) = print from announced').pluck().get()) === 1
  const isAllSent = () => inDatabase(site, (file) => file.prepare('select 1 from mail where sent_at is null').all()).length === 0
  expect(await eventually(() => isLookedAt() && isAllSent())).toBe(true)
  expect(mails.to(reader)).toHaveLength(3)

  expect(told.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  const stop = /^<https:\/\/briefings\.example(\/pl\/follow\/stop\/vern_[\w-]{43})>$/.exec(told.header('list-unsubscribe') ?? '')
  expect((await post(stop?.[1] ?? '', { 'List-Unsubscribe': 'One-Click' }, {})).status).toBe(200)
  expect(await site.stop()).toBe(0)
  const logged = JSON.stringify(site.log())
  expect(logged).toContain('/pl/follow/stop/vern_…')
  expect(logged).not.toMatch(/vern_[\w-]|czytelnik/)
})
