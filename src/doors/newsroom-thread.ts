import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { CompiledQuery } from 'kysely'
import { withFooter } from '../apps/footer'
import { createApp } from '../apps/readers'
import { type NodeConfig, readKitConfig } from '../config'
import { CountedLimits } from '../delivery/limits'
import { smtpMailer } from '../mail/smtp'
import { openTranslator } from '../newsroom/machine-drafts'
import { type LiveSite, openSite, type Site } from '../site'
import { indexNow } from '../sitemaps/index-now'
import { readIntervals } from '../tasks/intervals'
import type { Drafting } from '../tasks/means'
import { openTasks } from '../tasks/table'
import { readMachineConfig } from '../translations/machine/config'
import { httpCaller } from '../webhooks/http-caller'
import { answerCalls } from './calls'
import { root } from './checkout'
import { answered, type HandedOver } from './hand-over'
import { gatherKit } from './kit'
import { type Newsroom, type Notice, type Statement, work } from './newsroom-call'
import { openDatabase } from './node-database'
import { openSchedule } from './node-schedule'
import { renderInThread } from './render-thread'
import { foreseen } from './report'
import { nodeConfigOf, openGiven } from './site-folder'

const endpointsAtOnce = 50

/** Opens the site with the database that it writes, and begins its tasks. */
async function openNewsroom(notice: (notice: Notice) => void) {
  const given = await openGiven(process.env)
  const config = nodeConfigOf(given.site, process.env)
  const intervals = readIntervals(process.env)
  const said: string[] = []
  const say = (message: string) => {
    said.push(message)
  }
  const look = withFooter(await openSite(gatherKit(root, readKitConfig(process.env), given), config))
  const drafting = openDrafting(look)
  const database = await openDatabase(look, given.site.folder, config, say)
  const site: LiveSite = { ...look, database, now: () => new Date(), printed: () => notice('printed') }
  const render = renderInThread()
  const app = createApp(site, site, new CountedLimits(), render)
  const stopping = new AbortController()
  const means = { ...meansOf(site, config, say), log: notice, drafting, stop: stopping.signal }
  const schedule = openSchedule(openTasks(means, 'node'), intervals, notice)
  const log = config.log ? notice : () => {}
  return { app, site, database, render, schedule, stopping, log, said }
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
    open: async () => {
      try {
        return (await opened).said
      } catch (error) {
        throw foreseen(error)
      }
    },
    answer: async (handed: HandedOver) => {
      const { app, site, log } = await opened
      await site.readFooter(site.database).catch(() => false) // The answer says what is wrong with the database.
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
