import { beforeAll, describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { publicLocales } from '../../src/language/locale'
import { aMail } from '../../src/mail/mail'
import { lease, markRefused, markSent, writesToQueue } from '../../src/mail/store'
import { letter } from '../../src/ui/letter'
import { attributesOf, find } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const local = 'http://localhost:8787'

/** Queues a mail of this site to an address, with a link that opens an account. */
async function queue({ site, database }: Newsroom, to: string, locale: string, at: string) {
  const words = site.speak(locale)
  const mail = aMail(
    to,
    letter(site, words, {
      subject: words.t('mail.trial.subject', { site: '<b>Harbour</b>' }),
      paragraphs: [words.t('mail.trial.text', { site: 'Harbour' })],
      action: { label: words.t('mail.trial.action'), href: `/${locale}/account?token=canary` },
    }),
  )
  await database.atomically(writesToQueue(database, mail, new Date(at), 86_400_000))
  return mail
}

describe('the outbox of a developer’s machine', () => {
  let newsroom: Newsroom
  beforeAll(async () => {
    newsroom = await openNewsroom({ origin: local })
  })

  test('says that nothing waits where nothing does', async () => {
    expect(await newsroom.text('/outbox')).toContain('No emails are waiting to be sent.')
  })

  test('shows what would have been sent, newest first, each in its language, with links that work', async () => {
    const older = await queue(newsroom, 'ada@example.com', 'pl', '2026-01-01T12:00:00Z')
    const newer = await queue(newsroom, 'nur@example.com', 'ar', '2026-01-01T12:01:00Z')
    const response = await newsroom.get('/outbox')
    expect(response.status).toBe(200)
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    const html = await response.text()
    expect(find(html, 'meta', { name: 'robots', content: 'noindex' })).toHaveLength(1)
    expect(find(html, 'h2').map(({ text, attributes }) => [text, attributes.get('lang'), attributes.get('dir')])).toEqual([
      ['\u200f&lt;b&gt;Harbour&lt;/b&gt;: رسالة تجريبية', 'ar', 'rtl'],
      ['&lt;b&gt;Harbour&lt;/b&gt;: próbny e-mail', 'pl', 'ltr'],
    ])
    expect(find(html, 'bdi').map(({ text }) => text)).toEqual(expect.arrayContaining(['ada@example.com', 'nur@example.com']))
    const links = attributesOf(html, 'a', 'href', { dir: 'ltr' })
    expect(links).toContain(`${local}/ar/account?token=canary`)
    expect(links).toContain(`${local}/pl/account?token=canary`)
    expect(attributesOf(html, 'a', 'href').filter((link) => link.startsWith('/outbox/'))).toEqual([
      `/outbox/${newer.id}`,
      `/outbox/${older.id}`,
    ])
  })

  test('shows a mail as HTML, as it is, where it can neither run nor load anything', async () => {
    const mail = await queue(newsroom, 'eve@example.com', 'fr', '2026-01-01T12:02:00Z')
    const response = await newsroom.get(`/outbox/${mail.id}`)
    expect(await response.text()).toBe(mail.html)
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    expect(response.headers.get('Content-Security-Policy')).toMatch(
      /^default-src 'none'; .*sandbox allow-popups allow-top-navigation$/,
    )
    expect(response.headers.get('Content-Security-Policy')).not.toContain('script')
    expect((await newsroom.get('/outbox/no-such-mail')).status).toBe(404)
  })

  test.each(publicLocales(kit.locales))('speaks to a developer who reads %s', async (locale) => {
    const response = await newsroom.get('/outbox', { 'Accept-Language': locale })
    expect(response.headers.get('Content-Language')).toBe(locale)
    const [heading] = find(await response.text(), 'h1')
    expect(heading?.text).toBe(newsroom.site.speak(locale).t('outbox.title'))
  })

  test('tells why a mail was refused, and no longer shows one that was sent', async () => {
    const fresh = await openNewsroom({ origin: local })
    const { database } = fresh
    const [sent, refused] = [
      await queue(fresh, 'sent@example.com', 'en', '2026-01-01T12:00:00Z'),
      await queue(fresh, 'refused@example.com', 'en', '2026-01-01T12:00:00Z'),
    ]
    for (const mail of await lease(database, new Date('2026-01-02T00:00:00Z'), 5)) {
      if (mail.id === sent.id) await markSent(database, mail, new Date())
      else await markRefused(database, mail, undefined, '550 <no> such mailbox', new Date())
    }
    const html = await fresh.text('/outbox')
    expect(html).not.toContain('sent@example.com')
    expect(html).toContain('refused@example.com')
    expect(html).toContain('550 &lt;no&gt; such mailbox')
    expect(html).toContain('No more attempts')
    expect((await fresh.get(`/outbox/${sent.id}`)).status).toBe(404)
    expect((await fresh.get(`/outbox/${refused.id}`)).status).toBe(200)
  })
})

describe('there is no outbox', () => {
  const asked = (newsroom: Newsroom, url: string, headers: Record<string, string> = {}) =>
    newsroom.app.request(url, { headers: { Accept: 'text/html', ...headers } })

  test('on a site that others read, however its address is asked for', async () => {
    const newsroom = await openNewsroom({ origin: 'https://briefings.example' })
    const mail = await queue(newsroom, 'ada@example.com', 'en', '2026-01-01T12:00:00Z')
    for (const host of ['https://briefings.example', 'http://localhost:8787', 'http://127.0.0.1']) {
      for (const path of ['/outbox', `/outbox/${mail.id}`]) {
        const response = await asked(newsroom, host + path)
        expect(response.status, host + path).toBe(404)
        expect(await response.text()).not.toContain('canary')
      }
    }
  })

  test('where others reach a machine that takes itself for a developer’s', async () => {
    const newsroom = await openNewsroom({ origin: local })
    const mail = await queue(newsroom, 'ada@example.com', 'en', '2026-01-01T12:00:00Z')
    for (const path of ['/outbox', `/outbox/${mail.id}`]) {
      expect((await asked(newsroom, local + path)).status).toBe(200)
      expect((await asked(newsroom, `http://127.0.0.1:8787${path}`)).status).toBe(200)
      expect((await asked(newsroom, `https://briefings.example${path}`)).status).toBe(404)
      expect((await asked(newsroom, `http://localhost.evil.example${path}`)).status).toBe(404)
      for (const header of ['X-Forwarded-For', 'X-Forwarded-Host', 'Forwarded', 'X-Real-IP', 'Via']) {
        expect((await asked(newsroom, local + path, { [header]: 'x' })).status, header).toBe(404)
      }
    }
  })
})
