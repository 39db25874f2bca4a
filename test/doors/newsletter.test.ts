import { setTimeout } from 'node:timers/promises'
import PostalMime from 'postal-mime'
import { afterEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config'
import { gatherKit } from '../../src/doors/kit'
import { subscribe } from '../../src/newsletter/store'
import { loadAll } from '../../src/newsroom/load'
import { openSite } from '../../src/site'
import { aBriefing, aTranslation } from '../support/briefings'
import { vernacular } from '../support/command'
import { linkIn } from '../support/html'
import { loadInto } from '../support/load'
import { rounds } from '../support/rounds'
import { eventually, every, inDatabase, mailsUnderWay, type RunningServer, root, startServer } from '../support/server'
import { sampleSettings } from '../support/settings'
import { startMailServer } from '../support/smtp'
import { startWorker, withMailBinding } from '../support/worker'

const origin = 'https://briefings.example'
/** As far back as news goes, for digests look at the clock. */
const yesterday = `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 19)}Z`
const briefing = aBriefing({ publishedAt: yesterday })
const second = aBriefing({ id: 'tow', slug: 'tow', title: 'The dredger is towed', publishedAt: yesterday })

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** As though everybody had subscribed, and everything been printed, before the last digests were due. */
const past = [
  "update print set printed_at = '2020-01-01T00:00:00Z'",
  "update subscription set issue = '2020-01-01T00:00:00.000Z', print = 0",
  'update announced set print = 0',
]

const queuedIn = (site: RunningServer) =>
  inDatabase(
    site,
    (file) => file.prepare<[], number>('select count(*) from subscription where sent_at is not null').pluck().get() ?? 0,
  )

const unsentIn = (site: RunningServer) =>
  inDatabase(site, (file) => file.prepare<[], number>('select count(*) from mail where sent_at is null').pluck().get() ?? 0)

const kills = rounds(6)
const atOnce = 5
const many = 600
/** Those who wait to be told of one briefing. */
const followers = 200

describe('the Node door', () => {
  test(`killed ${kills} times meanwhile, sends each reader one digest and each follower one notification, in Arabic and in Polish`, async () => {
    const mails = await startMailServer({ waits: () => setTimeout(Math.random() * 20) })
    open.push(() => mails.close())
    const first = await startServer({ SAMPLES: 'off', SMTP_URL: mails.url, ...every(50, 'notify', 'send-mail') })
    open.push(() => first.remove())
    let site = first
    const post = (path: string, fields: Readonly<Record<string, string>>) =>
      fetch(site.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { Accept: 'text/html', Origin: origin },
        body: new URLSearchParams(fields),
      })

    // Two ask as readers do; the others are there already.
    for (const locale of ['ar', 'pl']) {
      const address = `${locale}@example.com`
      await post(`/${locale}/newsletter`, { address, locale, rhythm: 'daily' })
      expect(await eventually(() => mails.to(address).length === 1)).toBe(true)
      const { html = '' } = await PostalMime.parse(mails.to(address)[0]?.raw ?? '')
      expect((await post(linkIn({ html }, /confirm/), {})).headers.get('Location')).toBe(`/${locale}/newsletter/confirmed`)
    }
    // What is not noted as sent yet is sent again after a kill: these two are no digests.
    expect(await eventually(() => unsentIn(site) === 0)).toBe(true)
    const asked = mails.arrived.length
    loadInto(site, briefing, aTranslation(briefing, 'pl'), aTranslation(briefing, 'ar'))
    loadInto(site, second)
    expect(vernacular(site.environment, 'newsletter').out).toBe('ar       daily   1\npl       daily   1\n')
    expect(vernacular(site.environment, 'newsletter', '--locale', 'fr').out).toContain('The dredger is towed')
    await site.stop('SIGKILL')
    inDatabase(site, (file) => {
      const insert = file.prepare("insert into subscription values (?, ?, ?, ?, '2020', '2020', 0, null)")
      for (let count = 2; count < many; count += 1) {
        const locale = count % 2 === 0 ? 'ar' : 'pl'
        insert.run(`s${count}`, `${locale}-${count}@example.com`, locale, count % 3 === 0 ? 'weekly' : 'daily')
      }
      const follow = file.prepare(
        "insert into following (id, address, briefing_id, locale, wish, began_at, known) values (?, ?, ?, ?, 'available', '2020', '2020')",
      )
      for (let count = 0; count < followers; count += 1) {
        const locale = count % 2 === 0 ? 'ar' : 'pl'
        follow.run(`f${count}`, `follower-${locale}-${count}@example.com`, briefing.id, locale)
      }
      for (const each of past) file.exec(each)
    })

    const found = new Map<string, number>()
    let caughtQueueing = 0
    let caughtSending = 0
    for (let count = 0; count < kills; count += 1) {
      const before = queuedIn(site)
      site = await startServer(first.environment)
      // Now while digests are being queued, now while mails are under way.
      const isTime = () =>
        count % 2 === 0 && before < many ? queuedIn(site) > before : mailsUnderWay(site).length > 0 || unsentIn(site) === 0
      expect(await eventually(isTime)).toBe(true)
      await site.stop('SIGKILL')
      const [queued, underWay] = [queuedIn(site), mailsUnderWay(site)]
      for (const id of underWay) found.set(id, (found.get(id) ?? 0) + 1)
      if (queued > 0 && queued < many) caughtQueueing += 1
      if (underWay.length > 0) caughtSending += 1
      inDatabase(site, (file) => file.exec("update mail set due_at = '2020-01-01T00:00:00.000Z' where due_at is not null"))
    }
    site = await startServer(first.environment)
    open.push(async () => {
      await site.stop()
    })
    const left = () =>
      inDatabase(site, (file) =>
        file
          .prepare(
            `select (select count(*) from mail where sent_at is null) + (select count(*) from subscription where sent_at is null)
              + (select count(*) from following where tellings = 0)`,
          )
          .pluck()
          .get(),
      )
    expect(await eventually(() => left() === 0)).toBe(true)

    const digests = await Promise.all(
      mails.arrived.slice(asked).map(async ({ to, raw }) => ({ to, letter: await PostalMime.parse(raw) })),
    )
    const byReader = Map.groupBy(digests, ({ to }) => to)
    expect(byReader.size).toBe(many + followers)
    // One mail each. A copy of it, by its Message-ID, is excused where a kill found it under way.
    for (const all of byReader.values()) expect(new Set(all.map(({ letter }) => letter.messageId)).size).toBe(1)
    const idOf = (messageId = '') => messageId.slice(1, messageId.indexOf('@'))
    expect([...byReader.values()].filter((all) => all.length - 1 > (found.get(idOf(all[0]?.letter.messageId)) ?? 0))).toEqual([])
    const copies = digests.length - byReader.size
    expect(copies).toBeLessThanOrEqual(kills * atOnce)
    // The kills did fall while digests were being queued, and while mails were under way.
    expect([caughtQueueing > 0, caughtSending > 0]).toEqual([true, true])

    for (const [locale, dir, subject] of [
      ['ar', 'rtl', 'بالعربية'],
      ['pl', 'ltr', 'Już po polsku: pl: The harbour closes for a month'],
    ] as const) {
      const told = [...byReader].filter(([to]) => to.startsWith(`follower-${locale}-`))
      expect(told).toHaveLength(followers / 2)
      for (const [, [mail]] of told) {
        expect(mail?.letter.subject).toContain(subject)
        expect(mail?.letter.html).toContain(`<html lang="${locale}" dir="${dir}">`)
        expect(mail?.letter.text).toContain(`${origin}/${locale}/briefings/harbour-closes`)
      }
    }

    for (const [locale, dir, heading, label] of [
      ['ar', 'rtl', 'غير متاحة بالعربية بعد', 'بالإنجليزية'],
      ['pl', 'ltr', 'Jeszcze niedostępne po polsku', 'Po angielsku'],
    ] as const) {
      const [{ letter } = { letter: await PostalMime.parse('') }] = byReader.get(`${locale}@example.com`) ?? []
      const header = (name: string) => letter.headers.find(({ key }) => key === name)?.value
      expect(letter.subject).toBe(`${dir === 'rtl' ? '\u200f' : ''}Vernacular: ${locale}: The harbour closes for a month`)
      expect(header('content-language')).toBe(locale)
      expect(header('list-id')).toBe(`<${locale}.briefings.example>`)
      expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
      expect(letter.html).toContain(`<html lang="${locale}" dir="${dir}">`)
      expect(letter.html).toMatch(/<h3 [^>]*lang="en" dir="ltr"><a [^>]*>The dredger is towed</)
      for (const text of [heading, label, `${origin}/${locale}/briefings/tow`]) expect(letter.text).toContain(text)
      const stop = /^<https:\/\/briefings\.example(\/.+)>$/.exec(header('list-unsubscribe') ?? '')?.[1] ?? ''
      const answer = await fetch(site.url + stop, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      })
      expect(answer.status).toBe(200)
    }
    expect(inDatabase(site, (file) => file.prepare('select count(*) from subscription').pluck().get())).toBe(many - 2)
    process.stdout.write(
      `${kills} kills (${caughtQueueing} with digests still to queue, ${caughtSending} with mails under way), ${many} digests and ${followers} notifications, ${copies} sent twice, 0 lost.\n`,
    )
  })
})

describe('the Worker', () => {
  test('sends digests when its schedule says so, in Arabic and in Polish, once', async () => {
    const { database, worker, given, close } = await startWorker(origin, withMailBinding)
    open.push(close)
    const look = await openSite(gatherKit(root), readConfig({ ORIGIN: origin }, sampleSettings))
    const site = { ...look, database, now: () => new Date(), printed: () => {} }
    const file = (path: string, value: unknown) => ({ path, bytes: new TextEncoder().encode(JSON.stringify(value)) })
    await loadAll(site, {
      briefings: [file('db/briefings/harbour-closes.json', briefing)],
      translations: ['ar', 'pl'].map((tag) => file(`locales/${tag}/briefings/harbour-closes.json`, aTranslation(briefing, tag))),
      images: [briefing.image.file],
    })
    for (const locale of ['ar', 'pl']) {
      await subscribe(database, { address: `${locale}@example.com`, locale, rhythm: 'weekly' }, new Date())
    }
    await worker.scheduled({ cron: '* * * * *' })
    expect(given('email-html')).toEqual([])
    await database.query.updateTable('print').set({ printed_at: '2020-01-01T00:00:00Z' }).execute()
    await database.query.updateTable('subscription').set({ issue: '2020-01-01T00:00:00.000Z', print: 0 }).execute()
    await Promise.all([worker.scheduled({ cron: '* * * * *' }), worker.scheduled({ cron: '* * * * *' })])
    const sent = async () =>
      (
        await database.query
          .selectFrom('mail')
          .select('recipient')
          .where('sent_at', 'is not', null)
          .orderBy('recipient')
          .execute()
      ).map(({ recipient }) => recipient)
    expect(await eventually(async () => (await sent()).length === 2)).toBe(true)
    await worker.scheduled({ cron: '* * * * *' })
    expect(await sent()).toEqual(['ar@example.com', 'pl@example.com'])
    expect(await eventually(() => given('email-html').length === 2)).toBe(true)
    expect(
      given('email-html')
        .map((html) => /<html lang="([^"]+)" dir="([^"]+)">/.exec(html)?.slice(1))
        .toSorted(),
    ).toEqual([
      ['ar', 'rtl'],
      ['pl', 'ltr'],
    ])
    for (const text of given('email-text')) expect(text).toContain('The harbour closes for a month')
  })
})
