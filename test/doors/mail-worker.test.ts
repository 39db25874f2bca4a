import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { afterEach, describe, expect, test } from 'vitest'
import { createTestHarness } from 'wrangler'
import { readConfig } from '../../src/config'
import { gatherKit } from '../../src/kit'
import { aMail } from '../../src/mail/mail'
import { writesToQueue } from '../../src/mail/store'
import { openSite } from '../../src/site'
import { openD1 } from '../../src/storage/d1'
import { letter } from '../../src/ui/letter'
import { eventually, root } from '../support/server'

const origin = 'https://briefings.example'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The Worker with the settings of this checkout, in which an operator has changed something as the file says. */
async function aWorker(changed: (settings: string) => string) {
  const folder = mkdtempSync(join(tmpdir(), 'vernacular-worker-'))
  const settings = changed(readFileSync(join(root, 'wrangler.toml'), 'utf8'))
    .replace('main = "', `main = "${root}/`)
    .replace('directory = "', `directory = "${root}/`)
    .replaceAll('migrations_dir = "', `migrations_dir = "${root}/`)
    .replace(/\[build\]\ncommand = .*\n/, '')
  writeFileSync(join(folder, 'wrangler.toml'), settings)
  const harness = createTestHarness({ workers: [{ configPath: join(folder, 'wrangler.toml'), vars: { ORIGIN: origin } }] })
  closing.push(async () => {
    await harness.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await harness.listen()
  const worker = harness.getWorker<{ DB: D1Database }>()
  await worker.applyD1Migrations('DB')
  const { DB } = await worker.getEnv()
  const database = openD1(DB as never, 'primary')
  const site = await openSite(gatherKit(root), readConfig({ ORIGIN: origin }))

  /** Queues a mail in the words of the catalog. */
  async function queue(to: string, locale: string) {
    const { t } = site.speak(locale)
    const written = letter(site, site.speak(locale), {
      subject: t('mail.trial.subject', { site: 'Harbour' }),
      paragraphs: [t('mail.trial.text', { site: 'Harbour' })],
      closing: t('mail.trial.closing'),
    })
    await database.atomically(writesToQueue(database, aMail(to, written), new Date()))
    return written
  }
  const sentTo = async (to: string) =>
    (await database.query.selectFrom('mail').select('sent_at').where('recipient', '=', to).executeTakeFirstOrThrow()).sent_at
  /** What the local binding was given, by kind: `email-text` or `email-html`. */
  const given = (kind: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.includes(`/${kind}/`))
      .map((path) => readFileSync(join(folder, path), 'utf8'))
  return { worker, harness, queue, sentTo, given }
}

const withBinding = (settings: string) => settings.replace('# [[send_email]]\n# name = "EMAIL"', '[[send_email]]\nname = "EMAIL"')

describe('the Worker', () => {
  test('sends mail through the binding that wrangler.toml offers: when its schedule says so, and once something was posted', async () => {
    const { worker, harness, queue, sentTo, given } = await aWorker(withBinding)
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
    expect(said).toContain('mail is kept and not sent')
    expect(said).not.toContain('reader@example.com')
  })
})
