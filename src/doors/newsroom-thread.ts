import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads'
import { CompiledQuery } from 'kysely'
import { createApp } from '../apps/readers'
import { type NodeConfig, readKitConfig, readNodeConfig } from '../config'
import { CountedLimits } from '../delivery/limits'
import type { Log } from '../log'
import { smtpMailer } from '../mail/smtp'
import { openTranslator } from '../newsroom/machine-drafts'
import type { Render } from '../sharing/rendering'
import { type LiveSite, openSite, type Site } from '../site'
import { indexNow } from '../sitemaps/index-now'
import { readIntervals } from '../tasks/intervals'
import type { Drafting } from '../tasks/means'
import { openTasks } from '../tasks/table'
import { readMachineConfig } from '../translations/machine/config'
import { httpCaller } from '../webhooks/http-caller'
import { answerCalls, type Call, callsTo } from './calls'
import { root } from './checkout'
import { type Answered, answered, type HandedOver } from './hand-over'
import { gatherKit } from './kit'
import { openDatabase } from './node-database'
import { openSchedule } from './node-schedule'
import { renderInThread } from './render-thread'

const folder = dirname(fileURLToPath(import.meta.url))
const work = 'newsroom'
const endpointsAtOnce = 50

/** A statement as it crosses. */
export type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>

/** What the newsroom's thread does for the readers' thread. */
export type Newsroom = {
  /** Returns what the operator is to be told, when the database is open and the tasks have begun. */
  readonly open: () => Promise<readonly string[]>
  readonly answer: (handed: HandedOver) => Promise<Answered>
  readonly write: (statements: readonly Statement[]) => Promise<readonly number[]>
  readonly draw: Render
  /** Begins no more tasks. Returns when those are done that a stop waits for. */
  readonly rest: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What the readers' thread hears unasked: that there was a print, and what is to be logged. */
export type Notice = 'printed' | Parameters<Log['write']>[0]

/** Starts the thread that owns every write. `ended` is called when it ends, with the reason if there is one. */
export function startNewsroom(noticed: (notice: Notice) => void, ended: (error: unknown) => void): Call<Newsroom> {
  const file = join(folder, `newsroom-thread${extname(fileURLToPath(import.meta.url))}`)
  const worker = new Worker(file, { workerData: work })
  let reason: unknown = new Error('The newsroom’s thread has ended.')
  worker.on('error', (error) => {
    reason = error
  })
  worker.on('exit', () => ended(reason))
  return callsTo<Newsroom, Notice>(worker, noticed)
}

/** Opens the site with the database that it writes, and begins its tasks. */
async function openNewsroom(notice: (notice: Notice) => void) {
  const config = readNodeConfig(process.env)
  const intervals = readIntervals(process.env)
  const said: string[] = []
  const say = (message: string) => {
    said.push(message)
  }
  const look = await openSite(gatherKit(root, readKitConfig(process.env)), config)
  const drafting = openDrafting(look)
  const database = await openDatabase(look, config, say)
  const site: LiveSite = { ...look, database, now: () => new Date(), printed: () => notice('printed') }
  const render = renderInThread()
  const app = createApp(site, site, new CountedLimits(), render)
  const stopping = new AbortController()
  const means = { ...meansOf(site, config, say), log: notice, render, drafting, stop: stopping.signal }
  const schedule = openSchedule(openTasks(means, 'node'), intervals, notice)
  const log = config.log ? notice : () => {}
  return { app, database, render, schedule, stopping, log, said }
}

/** The translator for automatic drafts, if there is one. */
function openDrafting({ locales }: Site): Drafting | undefined {
  const machine = readMachineConfig(process.env, locales)
  const translator = openTranslator(machine)
  return translator && { translator, machine }
}

/** The means by which tasks reach other systems, by the configuration. Says where emails go if they are not sent. */
function meansOf(
  site: LiveSite,
  { origin, smtp, mailFrom, hasOutbox, indexNow: engines }: NodeConfig,
  say: (message: string) => void,
) {
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

/** The thread itself. */
function serve(port: MessagePort): void {
  const opened = openNewsroom((notice) => port.postMessage({ notice }))
  opened.catch(() => {}) // The call `open` tells.
  answerCalls(port, {
    open: async () => (await opened).said,
    answer: async (handed: HandedOver) => {
      const { app, log } = await opened
      return await answered(handed, (request, bindings) => app.fetch(request, bindings), log)
    },
    write: async (statements: readonly Statement[]) =>
      await (await opened).database.atomically(statements.map(({ sql, parameters }) => CompiledQuery.raw(sql, [...parameters]))),
    draw: async (card) => await (await opened).render(card),
    rest: async () => {
      const { stopping, schedule } = await opened
      stopping.abort()
      await schedule.end()
    },
    close: async () => (await opened).database.close(),
  } satisfies Newsroom)
}

if (!isMainThread && parentPort && workerData === work) serve(parentPort)
