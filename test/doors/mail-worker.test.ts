import { afterEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config'
import { gatherKit } from '../../src/doors/kit'
import { aMail } from '../../src/mail/mail'
import { writesToQueue } from '../../src/mail/store'
import { openSite } from '../../src/site'
import { letter } from '../../src/ui/letter'
import { eventually, root } from '../support/server'
import { sampleSettings } from '../support/settings'
import { startWorker, withMailBinding } from '../support/worker'

const origin = 'https://briefings.example'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A Worker, and what queues a mail there. */
async function aWorker(changed: (settings: string) => string) {
  const started = await startWorker(origin, changed)
  const { database } = started
  closing.push(started.close)
  const site = await openSite(gatherKit(root), readConfig({ ORIGIN: origin }, sampleSettings))

  /** Queues a mail in the words of the catalog. */
  async function queue(to: string, locale: string) {
    const { t } = site.speak(locale)
    const written = letter(site, site.speak(locale), {
      subject: t('mail.trial.subject', { site: 'Harbour' }),
      paragraphs: [t('mail.trial.text', { site: 'Harbour' })],
      closing: t('mail.trial.closing'),
    })
    await database.atomically(writesToQueue(database, aMail(to, written), new Date(), 86_400_000))
    return written
  }
  const sentTo = async (to: string) =>
    (await database.query.selectFrom('mail').select('sent_at').where('recipient', '=', to).executeTakeFirstOrThrow()).sent_at
  return { ...started, queue, sentTo }
}

describe('the Worker', () => {
  test('sends mail through the binding that wrangler.toml offers: when its schedule says so, and once something was posted', async () => {
    const { worker, harness, queue, sentTo, given } = await aWorker(withMailBinding)
    const arabic = await queue('reader@example.com', 'ar')
    await worker.scheduled({ cron: '* * * * *' })
    expect(await eventually(async () => (await sentTo('reader@example.com')) !== null)).toBe(true)
    expect(await eventually(() => given('email-html').length === 1)).toBe(true)
    expect([given('email-text'), given('email-html')]).toEqual([[arabic.text], [arabic.html]])

    await queue('other@example.com', 'pl')
    await harness.fetch(`${origin}/en/`)
    expect(await sentTo('other@example.com')).toBeNull()
    const form = { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' }
    await harness.fetch(`${origin}/language`, { method: 'POST', headers: form, body: 'locale=pl' })
    expect(await eventually(async () => (await sentTo('other@example.com')) !== null)).toBe(true)
    await worker.scheduled({ cron: '* * * * *' })
    expect(await eventually(() => given('email-html').length === 2)).toBe(true)
  })

  test('keeps mail where there is no binding, and shows it to nobody', async () => {
    const { worker, harness, queue, sentTo } = await aWorker((settings) => settings)
    await queue('reader@example.com', 'ar')
    await worker.scheduled({ cron: '* * * * *' })
    expect(await sentTo('reader@example.com')).toBeNull()
    expect((await harness.fetch(`${origin}/outbox`)).status).toBe(404)
    const said = harness
      .getLogs()
      .map(({ message }) => JSON.stringify(message))
      .join('\n')
    expect(said).toContain('emails are kept and not sent')
    expect(said).not.toContain('reader@example.com')
  })
})
