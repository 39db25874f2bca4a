import type { Server } from 'node:http'
import { withFooter } from '../apps/footer'
import { createApp } from '../apps/readers'
import { readKitConfig } from '../config'
import { CountedLimits } from '../delivery/limits'
import { PageCache } from '../delivery/page-cache'
import { staticHeaders } from '../delivery/policy'
import { Tally } from '../demand/demand'
import { openLog } from '../log'
import { type LiveSite, openSite } from '../site'
import { openReadOnly } from '../storage/sqlite'
import { readIntervals } from '../tasks/intervals'
import { noticePrints } from '../tasks/notice-prints'
import { openReadersTasks } from '../tasks/readers-table'
import { root } from './checkout'
import { handOver, isForNewsroom } from './hand-over'
import { type GatheredKit, gatherKit } from './kit'
import { startNewsroom } from './newsroom-call'
import { takePort } from './node-port'
import { openSchedule } from './node-schedule'
import { answering, heldPage } from './node-server'
import { readProxies } from './proxies'
import { nodeConfigOf, openGiven } from './site-folder'
import { writeOut } from './standard-output'

const pagesCounted = 5000

/** How long a stop waits for readers and tasks, in milliseconds. Docker ends the process ten seconds after it has asked it to stop. */
const stopWithin = 7000

const say = (message: string) => process.stderr.write(`${message}\n`)

/**
 * The Node door: takes its port and serves until the system stops it. This thread answers readers, from a connection that cannot write. All
 * that writes happens in the newsroom's thread.
 */
async function main() {
  const given = await openGiven(process.env)
  const config = nodeConfigOf(given.site, process.env)
  const intervals = readIntervals(process.env)
  const proxies = readProxies(process.env)
  const log = openLog(writeOut)
  process.on('exit', log.flush)
  const port = await takePort(config)
  const pages = new PageCache(config.pageCacheBytes)
  let dropped: Promise<void> | undefined
  let drop = async () => {} // Before anybody is answered, no page is held.
  const newsroom = startNewsroom((notice) => {
    if (notice === 'printed') dropped = drop()
    else log.write(notice)
  }, end)

  const kit = gatherKit(root, readKitConfig(process.env), given)
  const look = withFooter(await openSite(kit, config))
  for (const message of await newsroom('open', undefined)) say(message)
  const database = openReadOnly(config.databasePath, (writes) =>
    newsroom(
      'write',
      writes.map(({ sql, parameters }) => ({ sql, parameters })),
    ),
  )
  const site: LiveSite = { ...look, database, now: () => new Date(), printed: () => pages.clear() }
  drop = async () => await noticePrints({ site, pages }).catch(() => pages.clear())
  await drop()
  const app = createApp(site, site, new CountedLimits(), (card) => newsroom('draw', card))
  const tally = new Tally(pagesCounted)
  port.answerWith(
    answering({
      fetch: (request, bindings) =>
        isForNewsroom(request)
          ? handOver(request, bindings, async (handed, moved) => {
              const answer = await newsroom('answer', handed, moved)
              await dropped // Whoever published sees it with the next request.
              return answer
            })
          : app.fetch(request, bindings),
      pages,
      statics: heldFiles(kit.files, config.origin),
      tally,
      proxies,
      log: config.log ? log.write : () => {},
    }),
  )
  const tasks = openReadersTasks({ site, log: log.write, tally, pages })
  const schedule = openSchedule(tasks, intervals, log.write)
  onStopSignal(async () => {
    const tasksAtRest = Promise.all([newsroom('rest', undefined), schedule.end()])
    const atRest = Promise.all([closed(port.server), Promise.race([tasksAtRest, patience()])])
    await schedule.run('count-views') // First, because the system may not wait for the rest.
    await atRest
    await schedule.run('count-views')
    database.close()
    await newsroom('close', undefined) // Last, because only who can write moves what is in the `-wal` file into the database.
  })
  say(`${config.siteName} is running at ${config.origin} (listening on ${config.host}:${port.number}).`)
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

/** Ends the process after a fault. Without either of its threads it would be half alive. */
function end(error: unknown): never {
  say(error instanceof Error ? (error.name === 'Refusal' ? error.message : (error.stack ?? error.message)) : String(error))
  process.exit(1)
}

main().catch(end)
