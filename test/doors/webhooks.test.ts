import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config'
import { readContentFiles } from '../../src/doors/content-folder'
import { gatherKit } from '../../src/doors/kit'
import { loadAll } from '../../src/newsroom/load'
import { openSite } from '../../src/site'
import { addEndpoint } from '../../src/webhooks/administer'
import { rounds } from '../support/rounds'
import { eventually, every, freePort, inDatabase, type RunningServer, root, startServer } from '../support/server'
import { sampleSettings } from '../support/settings'
import { startWorker } from '../support/worker'

const open: { close?: () => Promise<void>; remove?: () => Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await (each.remove ?? each.close)?.()
})

interface Arrival {
  readonly id: string
  readonly body: string
  readonly headers: Record<string, string>
  readonly at: number
}

/** A program that is told of events: what arrived, and how it answers. */
async function aReceiver(answer: () => { status: number; after?: number } | 'hang' = () => ({ status: 200 })) {
  const arrived: Arrival[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      arrived.push({ id: headers['webhook-id'] ?? '', body: Buffer.concat(parts).toString(), headers, at: Date.now() })
      const said = answer()
      if (said !== 'hang') setTimeout(() => response.writeHead(said.status).end(), said.after ?? 0)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, arrived }
}

async function aSite(settings: Record<string, string> = {}): Promise<RunningServer> {
  const site = await startServer({ SAMPLES: 'off', ...every(50, 'deliver'), ...settings })
  open.unshift(site)
  return site
}

/** Runs the command line with the settings of a site, beside the programs that it may call. */
async function command(site: Pick<RunningServer, 'environment'>, ...words: string[]) {
  const child = spawn(process.execPath, [join(root, 'dist/cli.mjs'), ...words], {
    env: { PATH: process.env['PATH'], ...site.environment },
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, told] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { status: await ended, out: out.trimEnd(), told: told.trimEnd() }
}

/** Adds an endpoint as an operator does. Returns its id and its secret. */
async function added(site: RunningServer, url: string, ...words: string[]) {
  const { status, out, told } = await command(site, 'webhooks', 'add', url, '--private', '--json', ...words)
  expect([status, told]).toEqual([0, ''])
  return JSON.parse(out) as { id: string; secret: string }
}

const deliveriesOf = async (site: RunningServer) =>
  JSON.parse((await command(site, 'webhooks', 'deliveries', '--json', '--most', '10000')).out) as {
    event: string
    endpoint: string
    state: string
  }[]

/** Whether all that is kept to be told was delivered: to every endpoint, or to one. */
const isAllDelivered = (site: RunningServer, endpoint = '%') =>
  inDatabase(site, (file) =>
    file
      .prepare('select count(*) > 0 and count(*) = count(delivered_at) from webhook_delivery where endpoint_id like ?')
      .pluck()
      .get(endpoint),
  ) === 1

describe('the Node door', () => {
  test('tells a program of all that is loaded, within moments, so that the reference verifier takes it', async () => {
    const site = await aSite()
    const { url, arrived } = await aReceiver()
    const { secret } = await added(site, url)
    expect((await command(site, 'load', root)).status).toBe(0)
    expect(await eventually(() => isAllDelivered(site))).toBe(true)
    const events = (await deliveriesOf(site)).map(({ event }) => event)
    expect(arrived.map(({ id }) => id).toSorted()).toEqual(events.toSorted())
    const verifier = new Webhook(secret)
    const told = arrived.map(({ body, headers }) => verifier.verify(body, headers) as { type: string })
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(['briefing.printed', 'translation.needed']))
    await site.stop()
    expect(JSON.stringify(site.log()) + site.told()).not.toMatch(/whsec_|127\.0\.0\.1:\d+\/hook/)
  })

  test('keeps nothing from one program because another hangs, answers 500 or is not there', async () => {
    const site = await aSite()
    const [hanging, failing, healthy] = [
      await aReceiver(() => 'hang'),
      await aReceiver(() => ({ status: 500 })),
      await aReceiver(),
    ]
    for (const url of [hanging.url, failing.url, `http://127.0.0.1:${await freePort()}/hook`]) await added(site, url)
    const { id } = await added(site, healthy.url)
    expect((await command(site, 'load', root)).status).toBe(0)
    expect(await eventually(() => isAllDelivered(site, id))).toBe(true)
    expect(hanging.arrived).toHaveLength(1)
    const failed = (await command(site, 'webhooks', 'deliveries', '--failed')).out
    expect(failed).toMatch(/waiting {2}1 attempt {2}500 {2}due/)
    expect(failed).toMatch(/waiting {2}1 attempt {2}ECONNREFUSED {2}due/)
    // Told to stop, it waits no longer than seven seconds for the one that hangs.
    expect(await site.stop()).toBe(0)
  })

  test('is told by its operator whom to tell: every command', async () => {
    const site = await aSite()
    const { url, arrived } = await aReceiver()
    const shown = await command(
      site,
      'webhooks',
      'add',
      url,
      '--private',
      '--event',
      'briefing.printed',
      '--locale',
      'es',
      '--locale',
      'pl',
    )
    expect(shown.out).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const [, id = ''] =
      /^Events for webhook (\w{8}) are signed with this secret\. Keep it safe: it will not be shown again\.$/.exec(shown.told) ??
      []
    expect((await command(site, 'webhooks', 'list')).out).toBe(`${id}  active  ${url}  briefing.printed  es, pl`)
    expect(await command(site, 'webhooks', 'test', id)).toMatchObject({ status: 0, out: 'The program accepted the event: 200.' })
    const [trial] = arrived
    expect(new Webhook(shown.out).verify(trial?.body ?? '', trial?.headers ?? {})).toMatchObject({
      type: 'webhook.test',
      data: { endpoint: id },
    })

    const secret = (await command(site, 'webhooks', 'rotate', id)).out
    expect((await command(site, 'webhooks', 'list')).out).toContain('former secret until')
    await command(site, 'load', root)
    expect(await eventually(() => isAllDelivered(site))).toBe(true)
    const first = arrived[1]
    for (const each of [secret, shown.out])
      expect(() => new Webhook(each).verify(first?.body ?? '', first?.headers ?? {})).not.toThrow()
    const before = arrived.length
    expect((await command(site, 'webhooks', 'replay', first?.id ?? '')).out).toBe(
      'Events to be sent again: 1. The running site will send them.',
    )
    expect(await eventually(() => arrived.length === before + 1)).toBe(true)
    expect([arrived.at(-1)?.id, arrived.at(-1)?.body]).toEqual([first?.id, first?.body])
    expect((await command(site, 'webhooks', 'replay', id)).out).toBe('There was nothing to send again.')
    expect((await command(site, 'webhooks', 'replay', id, '--since', '2026-01-01')).out).toMatch(
      /^Events to be sent again: \d+\./,
    )
    expect((await command(site, 'webhooks', 'remove', id)).out).toBe(`Webhook ${id} is removed.`)
    expect((await command(site, 'webhooks', 'list')).out).toBe('There are no webhooks.')
    expect((await command(site, 'webhooks', 'deliveries')).out).toBe('There are no deliveries.')
    const acts = (JSON.parse((await command(site, 'audit', '--json')).out) as { act: string; subject: string }[])
      .filter(({ subject }) => subject === `webhook ${id}`)
      .map(({ act }) => act)
    expect(acts).toEqual(['webhook-added', 'webhook-rotated', 'webhook-replayed', 'webhook-removed'])
  })

  test('refuses in a sentence what makes no sense', async () => {
    const site = await aSite()
    for (const [words, sentence] of [
      [['add', 'http://example.org/'], 'http://example.org/ is not https. Only addresses of this machine may use http.'],
      [['add', 'https://10.0.0.1/'], 'https://10.0.0.1/ is on a private network. To allow that, use --private.'],
      [['add', 'https://example.org/', '--event', 'printed'], /^--event cannot be printed\. Choose from briefing\.printed, .*/],
      [
        ['add', 'https://example.org/', '--locale', 'es', '--locale', 'tlh'],
        /^tlh is not a language of this site\. Its languages are en,/,
      ],
      [['add', 'https://example.org/', '--locale', ''], /^--locale needs a value\./],
      [['remove', 'nobody'], 'There is no webhook nobody.'],
      [['rotate', 'nobody'], 'There is no webhook nobody.'],
      [['enable', 'nobody'], 'There is no webhook nobody, or it is already enabled.'],
      [['test', 'nobody'], 'There is no webhook nobody.'],
      [['replay', 'nobody'], 'There is no event or webhook nobody.'],
      [['deliveries', '--most', '0'], '--most cannot be 0. Use a number from 1 to 10000.'],
    ] as const) {
      const { status, told, out } = await command(site, 'webhooks', ...words)
      expect([words.join(' '), status, out]).toEqual([words.join(' '), 1, ''])
      expect(told).toMatch(sentence)
    }
    const { id } = await added(site, 'http://localhost:9/hook')
    expect((await command(site, 'webhooks', 'replay', id, '--since', 'yesterday')).told).toMatch(
      /^yesterday does not work with --since\. Use a day/,
    )
    expect(await command(site, 'webhooks', 'test', id)).toMatchObject({
      status: 1,
      told: expect.stringMatching(/^The receiving program did not accept the event:/),
    })
  })
})

/** How often the site is killed while it sends. */
const kills = rounds(6)

describe(`killed ${kills} times while it sends`, () => {
  test('loses no event, and sends again only what a kill found on its way, under the same id', async () => {
    const { url, arrived } = await aReceiver(() => ({ status: 200, after: 20 + Math.random() * 60 }))
    const first = await aSite()
    const { id, secret } = await added(first, url)
    expect((await command(first, 'load', root)).status).toBe(0)
    let site = first
    let caught = 0
    for (let count = 1; count <= kills; count += 1) {
      const before = arrived.length
      const isOnItsWay = () => {
        const now = new Date().toISOString()
        return inDatabase(first, (file) => file.prepare('select 1 from webhook_endpoint where free_at > ?').all(now)).length > 0
      }
      const isTime = async () => {
        if (isAllDelivered(first)) await command(first, 'webhooks', 'replay', id, '--since', '2026-01-01')
        return arrived.length > before && isOnItsWay()
      }
      expect(await eventually(isTime)).toBe(true)
      await site.stop('SIGKILL')
      if (isOnItsWay()) caught += 1
      // As though the minute had passed for which the dead have an endpoint.
      inDatabase(first, (file) => file.prepare("update webhook_endpoint set free_at = ''").run())
      site = await startServer(first.environment)
      open.unshift(site)
    }
    expect(await eventually(() => isAllDelivered(first))).toBe(true)
    const events = (await deliveriesOf(first)).map(({ event }) => event)
    const byId = Map.groupBy(arrived, ({ id }) => id)
    expect([...byId.keys()].toSorted()).toEqual(events.toSorted())
    const verifier = new Webhook(secret)
    for (const each of arrived) expect(() => verifier.verify(each.body, each.headers)).not.toThrow()
    for (const copies of byId.values()) expect(new Set(copies.map(({ body }) => body)).size).toBe(1)
    expect(caught).toBeGreaterThan(kills / 2)
    process.stdout.write(`${kills} kills (${caught} on the way), ${events.length} events, ${arrived.length} arrivals, 0 lost.\n`)
  })
})

describe('the Worker', () => {
  const origin = 'https://briefings.example'

  test('tells a program when its schedule says so, of what was loaded, and follows no redirect', async () => {
    const worker = await startWorker(origin, (settings) => settings)
    open.unshift({ close: worker.close })
    const { url, arrived } = await aReceiver()
    const moved = await aReceiver(() => ({ status: 301 }))
    const look = await openSite(gatherKit(root), readConfig({ ORIGIN: origin }, sampleSettings))
    const site = { ...look, database: worker.database, now: () => new Date(), printed: () => {} }
    const events = ['briefing.printed'] as const
    const { secret } = await addEndpoint(site, { url, events, locales: ['en'] }, 'a test')
    await addEndpoint(site, { url: moved.url, events, locales: 'all' }, 'a test')
    const content = readContentFiles(root)
    const some = { ...content, briefings: content.briefings.slice(0, 3), pages: [], translations: [], pageTranslations: [] }
    const readable = (await loadAll(site, some)).filter(({ isPublic }) => isPublic)
    expect(readable.length).toBeGreaterThan(1)
    await worker.worker.scheduled({ cron: '* * * * *' })
    expect(await eventually(() => arrived.length === readable.length && moved.arrived.length === 1)).toBe(true)
    const verifier = new Webhook(secret)
    const slugs = arrived.map(({ body, headers }) => (verifier.verify(body, headers) as { data: { slug: string } }).data.slug)
    expect(slugs.toSorted()).toEqual(readable.map(({ slug }) => slug).toSorted())
    const rows = async (status: number) =>
      await worker.database.query
        .selectFrom('webhook_delivery')
        .select(['attempts', 'delivered_at'])
        .where('status', '=', status)
        .execute()
    expect(await eventually(async () => (await rows(200)).length === readable.length)).toBe(true)
    expect(await eventually(async () => (await rows(301)).length === 1)).toBe(true)
    expect(await rows(301)).toEqual([{ attempts: 1, delivered_at: null }])
    await worker.worker.scheduled({ cron: '* * * * *' })
    expect(arrived).toHaveLength(readable.length)
  })
})
