import type { ExecutionContext, ScheduledController } from '@cloudflare/workers-types'
import kit from '../../dist/kit.json'
import { withFooter } from '../apps/footer'
import { createApp } from '../apps/readers'
import { readConfig } from '../config'
import { platformLimits } from '../delivery/limits'
import { isView, Tally } from '../demand/demand'
import { lastPrint } from '../editions/store'
import { newsroomWordsIn } from '../language/assets'
import { fromColumns } from '../language/columns'
import { fontFilesOf } from '../sharing/assets'
import { openRenderer } from '../sharing/rendering'
import { type Kit, type LiveSite, openSite } from '../site'
import { openD1 } from '../storage/d1'
import { countViews } from '../tasks/count-views'
import { readIntervals } from '../tasks/intervals'
import { attempt } from '../tasks/task'
import { type Answer, behindCache } from './worker-cache'
import type { Environment } from './worker-environment'
import { log } from './worker-log'
import { picturesAtEdge } from './worker-pictures'
import type { Working } from './worker-tasks'

/** How long an isolate gathers views before it writes them down, in milliseconds. The platform lets it live on for thirty seconds. */
const viewsGatheredFor = 20_000
const pagesCounted = 1000

interface Door {
  readonly answer: Answer
  /** What its tasks work with. */
  readonly working: Working
  /** Fallback views that this isolate has counted, and when it began to gather them. */
  readonly tally: Tally
  /** How long it gathers them, in milliseconds. */
  readonly gatheredFor: number
  gatheringSince: number
}

let door: Promise<Door> | undefined

/** The kit from the build. The newsroom's words are read from the static files. */
const withNewsroom = (env: Environment): Kit => ({
  ...(kit as unknown as Kit),
  catalogs: fromColumns(kit.catalogs),
  newsroom: newsroomWordsIn(env.ASSETS, env.ORIGIN ?? 'https://assets.invalid', kit.newsroom),
})

/** Opens the site at an isolate's first request. The runtime allows no hashing before. */
async function openDoor(env: Environment): Promise<Door> {
  const gathered = withNewsroom(env)
  const site = withFooter(await openSite(gathered, readConfig({ ...env }, gathered.settings)))
  if (!env.EMAIL && !site.config.hasOutbox) console.warn('EMAIL is not bound: emails are kept and not sent.')
  const readers: LiveSite = { ...site, database: openD1(env.DB, 'any-replica'), now: () => new Date(), printed: () => {} }
  const newsroom: LiveSite = { ...readers, database: openD1(env.DB, 'primary') }
  const render = openRenderer(fontFilesOf(env.ASSETS, site.config.origin, kit.faces))
  const limits = platformLimits({
    'sign-in': env.SIGN_IN_LIMIT,
    form: env.FORM_LIMIT,
    card: env.CARD_LIMIT,
    api: env.API_LIMIT,
    'api-token': env.API_TOKEN_LIMIT,
  })
  const app = createApp(readers, newsroom, limits, render, picturesAtEdge(site.config.origin, env.PICTURES))
  // The fingerprints of all its locales, so that new words in any of them are a new program.
  const program = site.locales.locales.map(({ tag }) => site.fingerprint(tag)).join('')
  const answer = behindCache({
    origin: site.config.origin,
    program,
    fetch: (request, bindings) => app.fetch(request, bindings),
    lastPrint: async () => {
      const print = await lastPrint(readers.database)
      await readers.readFooter(readers.database, print)
      return print
    },
  })
  const gatheredFor = readIntervals({ ...env })['count-views'] ?? viewsGatheredFor
  return { answer, working: { site: newsroom, env }, tally: new Tally(pagesCounted), gatheredFor, gatheringSince: 0 }
}

export default {
  /** Answers, and counts fallback views beside the answer. */
  async fetch(request: Request, env: Environment, context: ExecutionContext): Promise<Response> {
    door ??= openDoor(env)
    const opened = await door
    const { response, fallback } = await opened.answer(request, context)
    if (fallback && isView(request.method, request.headers.get('Sec-Purpose') ?? request.headers.get('Purpose'))) {
      opened.tally.add(fallback)
      if (Date.now() - opened.gatheringSince >= opened.gatheredFor) context.waitUntil(gatherViews(opened))
    }
    if (request.method === 'POST') context.waitUntil(sendMail(opened.working)) // Forms cause mail, so it is sent right after them.
    return response
  },

  /** Runs the tasks, whose program is loaded for this. */
  async scheduled(_event: ScheduledController, env: Environment): Promise<void> {
    door ??= openDoor(env)
    const { working } = await door
    const { runTasks } = await import('./worker-tasks')
    await runTasks(working)
  },
}

async function sendMail(working: Working): Promise<void> {
  const { sendMailNow } = await import('./worker-tasks')
  await sendMailNow(working)
}

/**
 * Waits for some time and writes down the views that were counted meanwhile. The next view after that time begins the next gathering,
 * whatever became of this one.
 */
async function gatherViews(opened: Door): Promise<void> {
  const { working, tally, gatheredFor } = opened
  opened.gatheringSince = Date.now()
  await new Promise((resolve) => setTimeout(resolve, gatheredFor))
  await attempt({ name: 'count-views', run: () => countViews({ site: working.site, log, tally }) }, log)
}
