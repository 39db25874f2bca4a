import type { D1Database, ExecutionContext, Fetcher, ScheduledController, SendEmail } from '@cloudflare/workers-types'
import kit from '../../dist/kit.json'
import { createApp } from '../app'
import { readConfig } from '../config'
import { type PlatformCounter, platformLimits } from '../delivery/limits'
import { fallbackIn, isView, Tally } from '../demand/demand'
import { lastPrint } from '../editions/store'
import { newsroomWordsIn } from '../language/assets'
import { fromColumns } from '../language/columns'
import { bindingMailer } from '../mail/email-binding'
import { openTranslator } from '../newsroom/machine-drafts'
import { fontFilesOf } from '../sharing/assets'
import { openRenderer, type Render } from '../sharing/rendering'
import { type Kit, type LiveSite, openSite } from '../site'
import { indexNow } from '../sitemaps/index-now'
import { openD1 } from '../storage/d1'
import { countViews } from '../tasks/count-views'
import { readIntervals } from '../tasks/intervals'
import type { Drafting, Means } from '../tasks/means'
import { openTasks } from '../tasks/table'
import { attempt, runAll } from '../tasks/task'
import { readMachineConfig } from '../translations/machine/config'
import type { Inference } from '../translations/machine/workers-ai'
import { httpCaller } from '../webhooks/http-caller'
import { type Answer, behindCache } from './worker-cache'

/** What `wrangler.toml` binds. Variables have the names of the Node door's environment. */
export interface Environment {
  readonly DB: D1Database
  /** The static files. */
  readonly ASSETS: Fetcher
  /** Cloudflare's Email Service; without it, mail is kept. */
  readonly EMAIL?: SendEmail
  readonly ORIGIN?: string
  readonly SITE_NAME?: string
  readonly AI?: Inference
  readonly MAIL_FROM?: string
  readonly INDEXNOW_KEY?: string
  readonly INDEXNOW_URL?: string
  readonly SIGN_IN_LIMIT: PlatformCounter
  readonly FORM_LIMIT: PlatformCounter
  readonly API_LIMIT: PlatformCounter
  readonly API_TOKEN_LIMIT: PlatformCounter
  readonly CARD_LIMIT: PlatformCounter
  readonly COMMENTS?: string
  readonly SECOND_PERSON?: string
  readonly DIGEST_HOUR?: string
  readonly TASK_INTERVALS?: string
}

/** A Worker has six connections at a time. */
const endpointsAtOnce = 5

/** How long an isolate gathers views before it writes them down, in milliseconds. The platform lets it live on for thirty seconds. */
const viewsGatheredFor = 20_000
const pagesCounted = 1000

interface Door {
  readonly answer: Answer
  readonly means: Means
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
  const site = await openSite(withNewsroom(env), readConfig({ ...env }))
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
  const app = createApp(readers, newsroom, limits, render)
  // The fingerprints of all its locales, so that new words in any of them are a new program.
  const program = site.locales.locales.map(({ tag }) => site.fingerprint(tag)).join('')
  const answer = behindCache({
    origin: site.config.origin,
    program,
    fetch: (request, bindings) => app.fetch(request, bindings),
    lastPrint: () => lastPrint(readers.database),
  })
  const gatheredFor = readIntervals({ ...env })['count-views'] ?? viewsGatheredFor
  return { answer, means: meansOf(newsroom, env, render), tally: new Tally(pagesCounted), gatheredFor, gatheringSince: 0 }
}

/** The means of the tasks, by what is bound and configured. */
function meansOf(site: LiveSite, { EMAIL }: Environment, render: Render): Means {
  const { origin, mailFrom, indexNow: engines } = site.config
  return {
    site,
    log,
    render,
    mailer: EMAIL && bindingMailer(EMAIL, mailFrom, origin),
    courier: { caller: httpCaller(origin), atOnce: endpointsAtOnce },
    searchEngines: engines && indexNow(engines.url, engines.key, origin),
  }
}

export default {
  /** Answers, and counts fallback views beside the answer. */
  async fetch(request: Request, env: Environment, context: ExecutionContext): Promise<Response> {
    door ??= openDoor(env)
    const opened = await door
    const response = await opened.answer(request, context)
    const fallback = fallbackIn(request.url, response)
    if (fallback && isView(request.method, request.headers.get('Sec-Purpose') ?? request.headers.get('Purpose'))) {
      opened.tally.add(fallback)
      if (Date.now() - opened.gatheringSince >= opened.gatheredFor) context.waitUntil(gatherViews(opened))
    }
    if (request.method === 'POST') context.waitUntil(sendMail(opened)) // Forms cause mail, so it is sent right after them.
    return response
  },

  /** Runs each task once. Failures are logged and stop no other task. At the end the platform is informed of them. */
  async scheduled(_event: ScheduledController, env: Environment): Promise<void> {
    door ??= openDoor(env)
    const { means } = await door
    const failed = await runAll(openTasks({ ...means, drafting: openDrafting(means.site, env) }, 'worker'), log)
    if (failed.length > 0) throw new Error(`These tasks failed: ${failed.join(', ')}.`)
  },
}

/** The translator that drafts by itself, if there is one. An error in its configuration is only logged, because readers do not depend on it. */
function openDrafting({ locales }: LiveSite, env: Environment): Drafting | undefined {
  try {
    const machine = readMachineConfig({ ...env }, locales)
    const translator = openTranslator(machine, env.AI)
    return translator && { translator, machine }
  } catch (error) {
    log({ level: 'error', task: 'draft', error: String(error) })
    return undefined
  }
}

async function sendMail({ means }: Door): Promise<void> {
  for (const task of openTasks(means, 'worker')) if (task.name === 'send-mail') await attempt(task, log)
}

/**
 * Waits for some time and writes down the views that were counted meanwhile. The next view after that time begins the next gathering,
 * whatever became of this one.
 */
async function gatherViews(opened: Door): Promise<void> {
  const { means, tally, gatheredFor } = opened
  opened.gatheringSince = Date.now()
  await new Promise((resolve) => setTimeout(resolve, gatheredFor))
  await attempt({ name: 'count-views', run: () => countViews({ ...means, tally }) }, log)
}

const log = (entry: Readonly<Record<string, unknown>>) => {
  const line = JSON.stringify(entry)
  if (entry['level'] === 'error') console.error(line)
  else if (entry['level'] === 'warn') console.warn(line)
  else console.log(line)
}
