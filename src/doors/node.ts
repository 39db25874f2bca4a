import { existsSync, mkdirSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createApp } from '../app'
import { readKitConfig, readMachineConfig, readNodeConfig } from '../config'
import { CountedLimits } from '../delivery/limits'
import { PageCache } from '../delivery/page-cache'
import { foreverCaching, securityHeaders } from '../delivery/policy'
import { Tally } from '../demand/demand'
import { saveViews } from '../demand/store'
import { lastPrint } from '../editions/store'
import { tellWaiting } from '../following/notify'
import { openLog } from '../log'
import { type Post, sendWaiting } from '../mail/send'
import { smtpMailer } from '../mail/smtp'
import { sendDigests } from '../newsletter/send-digests'
import { loadAll } from '../newsroom/load'
import { draftOnSchedule, openTranslator } from '../newsroom/machine-drafts'
import { printAllWaiting } from '../printing/print-briefing'
import { drawWaiting } from '../sharing/render-waiting'
import { type LiveSite, openSite, type Site } from '../site'
import { indexNow } from '../sitemaps/index-now'
import { announceChanges } from '../sitemaps/ping'
import { migrate } from '../storage/migrate'
import { openSqlite } from '../storage/sqlite'
import { forgetOld } from '../tasks/prune'
import { deliverWaiting } from '../webhooks/deliver'
import { httpCaller } from '../webhooks/http-caller'
import { root } from './checkout'
import { readContentFiles } from './content-folder'
import { drawInThread } from './drawing-thread'
import { gatherKit } from './kit'
import { openSchedule } from './node-schedule'
import { heldPage, serve } from './node-server'

const printInterval = 30_000
const printedAtOnce = 50
const draftInterval = 60_000
const draftedAtOnce = 50
const cacheCheckInterval = 1000
const countInterval = 30_000
const pagesCounted = 5000
const tellInterval = 5000
const toldAtOnce = 200
const digestInterval = 15_000
const digestsAtOnce = 200
const mailInterval = 1000
const mailsAtOnce = 50
const deliverInterval = 1000
const deliveredAtOnce = 100
const endpointsAtOnce = 50
const announceInterval = 60_000
const announcedAtOnce = 100
/** Drawing takes a core for some hundred milliseconds, so it is done little by little; who asks for a card has it drawn at once. */
const drawInterval = 1000
const drawnAtOnce = 1
const forgetInterval = 3_600_000
const stopWithin = 10_000

/** The Node door: opens the database, brings it up to date, serves until told to stop. */
async function main() {
  const config = readNodeConfig(process.env)
  const log = openLog(writeOut)
  process.on('exit', log.flush)
  const say = (message: string) => process.stderr.write(`${message}\n`)

  const kit = gatherKit(root, readKitConfig(process.env))
  const look = await openSite(kit, config)
  const machine = readMachineConfig(process.env, look.locales)
  const translator = openTranslator(machine)
  mkdirSync(dirname(config.databasePath), { recursive: true })
  if (config.samples && !existsSync(config.databasePath)) {
    say(`Loaded ${await makeSampleDatabase(look, config.databasePath)} sample briefings with their translations.`)
  }
  const database = openSqlite(config.databasePath)
  const migrations = migrate(database, join(root, 'db/migrations'))
  if (migrations.length > 0) say(`Applied ${migrations.length} migrations to ${config.databasePath}.`)

  const pages = new PageCache(config.pageCacheBytes)
  const site: LiveSite = { ...look, database, now: () => new Date(), printed: () => pages.clear() }

  const draw = drawInThread()
  const app = createApp(site, site, new CountedLimits(), draw)
  const headers = { ...securityHeaders(config.origin), 'cache-control': foreverCaching }
  const statics = new Map(
    kit.files.map(({ address, type, bytes }) => [address, heldPage(bytes, { ...headers, 'content-type': type })]),
  )
  const tally = new Tally(pagesCounted)
  const server = serve({
    fetch: (request, bindings) => app.fetch(request, bindings),
    pages,
    statics,
    tally,
    log: config.log ? log.write : () => {},
  })

  const stopSending = new AbortController()
  const post: Post | undefined = config.smtp && {
    mailer: smtpMailer(config.smtp, config.mailFrom, config.origin),
    log: log.write,
    stop: stopSending.signal,
  }
  if (config.hasOutbox) say(`Mail is kept and shown at ${config.origin}/outbox, until SMTP_URL is set.`)
  else if (!post) say('SMTP_URL is not set: mail is kept and not sent.')
  let sending: Promise<unknown> = Promise.resolve()

  const courier = { caller: httpCaller(config.origin), log: log.write, atOnce: endpointsAtOnce, stop: stopSending.signal }
  const delivering = new Set<Promise<void>>()

  const announcer = config.indexNow && indexNow(config.indexNow.url, config.indexNow.key, config.origin)

  const { repeat, tried, end } = openSchedule(log.write)
  repeat(printInterval, () => printAllWaiting(site, printedAtOnce, () => new Promise(setImmediate)))
  repeat(cacheCheckInterval, clearAfterPrints(site, pages))
  if (translator) repeat(draftInterval, () => draftOnSchedule(site, translator, machine, draftedAtOnce, log.write))
  if (announcer) repeat(announceInterval, () => announceChanges(site, announcer, announcedAtOnce))
  repeat(countInterval, count)
  repeat(tellInterval, () => tellWaiting(site, toldAtOnce))
  repeat(digestInterval, () => sendDigests(site, digestsAtOnce))
  repeat(mailInterval, async () => {
    if (!post) return
    sending = sendWaiting(site, post, mailsAtOnce)
    await sending
  })
  repeat(deliverInterval, async () => {
    // Not waited for: an endpoint that is slow keeps others waiting no longer than until the next run.
    const run = tried(() => deliverWaiting(site, courier, deliveredAtOnce)).finally(() => delivering.delete(run))
    delivering.add(run)
  })
  repeat(drawInterval, () => drawWaiting(site, draw, drawnAtOnce))
  repeat(forgetInterval, () => forgetOld(site))

  async function count() {
    const droppedViews = await saveViews(database, tally, site.now())
    if (droppedViews > 0) log.write({ level: 'warn', droppedViews })
  }

  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    end()
    stopSending.abort()
    const answered = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), stopWithin).unref()
    const sent = Promise.race([
      Promise.all([sending.catch(() => {}), ...delivering]),
      new Promise((resolve) => setTimeout(resolve, stopWithin)),
    ])
    void Promise.all([answered, sent]).then(async () => {
      await tried(count)
      database.close()
      process.exit(0)
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  server.on('error', (error) => {
    say(`The server cannot listen on ${config.host}:${config.port}: ${error.message}`)
    process.exit(1)
  })
  server.listen(config.port, config.host, () => {
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : config.port
    say(`${config.siteName} is at ${config.origin} (listening on ${config.host}:${port}).`)
  })
}

/** Makes the first database with the samples in it, whole or not at all, whenever this is interrupted. Returns how many there are. */
async function makeSampleDatabase(look: Site, path: string): Promise<number> {
  const part = `${path}.part`
  for (const ending of ['', '-wal', '-shm']) rmSync(part + ending, { force: true })
  const database = openSqlite(part)
  migrate(database, join(root, 'db/migrations'))
  const receipts = await loadAll({ ...look, database, now: () => new Date(), printed: () => {} }, readContentFiles(root))
  database.close()
  renameSync(part, path)
  return receipts.length
}

/** Writes all of it to standard output, however slowly that is read; where it cannot be written to, the site goes on without. */
function writeOut(lines: string): void {
  let rest = Buffer.from(lines)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      Atomics.wait(pause, 0, 0, 1)
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Empties the page cache when another process (the command line) has printed. */
function clearAfterPrints({ database }: LiveSite, pages: PageCache): () => Promise<void> {
  let seen: number | undefined
  return async () => {
    const print = await lastPrint(database)
    if (seen !== undefined && print !== seen) pages.clear()
    seen = print
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
