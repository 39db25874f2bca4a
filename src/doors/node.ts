import type { Server } from 'node:http'
import { createApp } from '../app'
import { type NodeConfig, readKitConfig, readNodeConfig } from '../config'
import { CountedLimits } from '../delivery/limits'
import { PageCache } from '../delivery/page-cache'
import { staticHeaders } from '../delivery/policy'
import { Tally } from '../demand/demand'
import { openLog } from '../log'
import { smtpMailer } from '../mail/smtp'
import { openTranslator } from '../newsroom/machine-drafts'
import { Refusal } from '../problem'
import { type LiveSite, openSite, type Site } from '../site'
import { indexNow } from '../sitemaps/index-now'
import { readIntervals } from '../tasks/intervals'
import type { Drafting } from '../tasks/means'
import { openTasks } from '../tasks/table'
import { readMachineConfig } from '../translations/machine/config'
import { httpCaller } from '../webhooks/http-caller'
import { root } from './checkout'
import { type GatheredKit, gatherKit } from './kit'
import { openDatabase } from './node-database'
import { takePort } from './node-port'
import { openSchedule } from './node-schedule'
import { answering, heldPage } from './node-server'
import { readProxies } from './proxies'
import { renderInThread } from './render-thread'
import { writeOut } from './standard-output'

const pagesCounted = 5000
const endpointsAtOnce = 50

/** How long a stop waits for readers and tasks, in milliseconds. Docker ends the process ten seconds after it has asked it to stop. */
const stopWithin = 7000

const say = (message: string) => process.stderr.write(`${message}\n`)

/** The Node door: takes its port, opens the database, brings it up to date, and serves until the system stops it. */
async function main() {
  const config = readNodeConfig(process.env)
  const intervals = readIntervals(process.env)
  const proxies = readProxies(process.env)
  const log = openLog(writeOut)
  process.on('exit', log.flush)
  const port = await takePort(config)

  const kit = gatherKit(root, readKitConfig(process.env))
  const look = await openSite(kit, config)
  const drafting = openDrafting(look)
  const database = await openDatabase(look, config, say)
  const pages = new PageCache(config.pageCacheBytes)
  const site: LiveSite = { ...look, database, now: () => new Date(), printed: () => pages.clear() }

  const render = renderInThread()
  const app = createApp(site, site, new CountedLimits(), render)
  const tally = new Tally(pagesCounted)
  port.answerWith(
    answering({
      fetch: (request, bindings) => app.fetch(request, bindings),
      pages,
      statics: heldFiles(kit.files, config.origin),
      tally,
      proxies,
      log: config.log ? log.write : () => {},
    }),
  )
  const stopping = new AbortController()
  const means = { ...meansOf(site, config), log: log.write, render, drafting, tally, pages, stop: stopping.signal }
  const schedule = openSchedule(openTasks(means, 'node'), intervals, log.write)
  onStopSignal(async () => {
    stopping.abort()
    const atRest = Promise.all([closed(port.server), Promise.race([schedule.end(), patience()])])
    await schedule.run('count-views') // First, because the system may not wait for the rest.
    await atRest
    await schedule.run('count-views')
    database.close()
  })
  say(`${config.siteName} is running at ${config.origin} (listening on ${config.host}:${port.number}).`)
}

/** The translator for automatic drafts, if there is one. */
function openDrafting({ locales }: Site): Drafting | undefined {
  const machine = readMachineConfig(process.env, locales)
  const translator = openTranslator(machine)
  return translator && { translator, machine }
}

/** The means by which tasks reach other systems, by the configuration. Says where emails go if they are not sent. */
function meansOf(site: LiveSite, { origin, smtp, mailFrom, hasOutbox, indexNow: engines }: NodeConfig) {
  if (hasOutbox) say(`Emails are kept and shown at ${origin}/outbox until SMTP_URL is set.`)
  else if (!smtp) say('SMTP_URL is not set: emails are kept and not sent.')
  return {
    site,
    pause: () => new Promise<void>(setImmediate),
    mailer: smtp && smtpMailer(smtp, mailFrom, origin),
    courier: { caller: httpCaller(origin), atOnce: endpointsAtOnce },
    searchEngines: engines && indexNow(engines.url, engines.key, origin),
  }
}

/** Static files as they are served, by their addresses. */
function heldFiles(files: GatheredKit['files'], origin: string) {
  const headers = staticHeaders(origin)
  return new Map(
    files.map(({ address, type, bytes }) => [address, heldPage(bytes, { ...headers, 'content-type': type })] as const),
  )
}

/** Ends the process by this work, once, when the system asks it to stop. */
function onStopSignal(stop: () => Promise<void>): void {
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      void stop().then(() => process.exit(0))
    })
  }
}

/** Accepts no new connections, and waits until current requests have their answers, or until patience ends. */
function closed(server: Server): Promise<void> {
  const answered = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  void patience().then(() => server.closeAllConnections())
  return answered
}

const patience = () => new Promise<void>((resolve) => setTimeout(resolve, stopWithin))

main().catch((error: unknown) => {
  const message = error instanceof Refusal ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${message}\n`)
  process.exit(1)
})
