import type { D1Database, ExecutionContext, Fetcher, ScheduledController, SendEmail } from '@cloudflare/workers-types'
import kit from '../../dist/kit.json'
import { createApp } from '../app'
import { readConfig, readMachineConfig } from '../config'
import { type PlatformCounter, platformLimits } from '../delivery/limits'
import { fallbackIn, isView, Tally } from '../demand/demand'
import { saveViews } from '../demand/store'
import { lastPrint } from '../editions/store'
import { tellWaiting } from '../following/notify'
import { newsroomWordsIn } from '../language/assets'
import { bindingMailer } from '../mail/email-binding'
import { sendWaiting } from '../mail/send'
import { sendDigests } from '../newsletter/send-digests'
import { draftOnSchedule, openTranslator } from '../newsroom/machine-drafts'
import { printWaiting } from '../printing/print-briefing'
import { materialsOf } from '../sharing/assets'
import { type Draw, openDrawing } from '../sharing/drawing'
import { drawWaiting } from '../sharing/render-waiting'
import { type Kit, type LiveSite, openSite } from '../site'
import { indexNow } from '../sitemaps/index-now'
import { announceChanges } from '../sitemaps/ping'
import { openD1 } from '../storage/d1'
import { forgetOld } from '../tasks/prune'
import type { Inference } from '../translations/machine/workers-ai'
import { deliverWaiting } from '../webhooks/deliver'
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
}

const printedAtOnce = 20
const draftedAtOnce = 3
const toldAtOnce = 50
const digestsAtOnce = 50
const mailsAtOnce = 50
const announcedAtOnce = 100
const deliveredAtOnce = 100
/** A Worker has six connections at a time. */
const endpointsAtOnce = 5
const drawnAtOnce = 20

/** How long an isolate gathers views before it writes them down, in milliseconds: the platform lets it live on for thirty seconds. */
const viewsGatheredFor = 20_000
const pagesCounted = 1000

interface Door {
  readonly answer: Answer
  readonly newsroom: LiveSite
  readonly draw: Draw
  /** Fallback views that this isolate has counted, and when it began to gather them. */
  readonly tally: Tally
  gatheringSince: number
}

let door: Promise<Door> | undefined

/** The kit as it was built, with the newsroom's words to be read from the static files. */
const withNewsroom = (env: Environment): Kit => ({
  ...(kit as unknown as Kit),
  newsroom: newsroomWordsIn(env.ASSETS, env.ORIGIN ?? 'https://assets.invalid', kit.newsroom),
})

/** Opened at an isolate's first request: the runtime allows no hashing before. */
async function openDoor(env: Environment): Promise<Door> {
  const site = await openSite(withNewsroom(env), readConfig({ ...env }))
  if (!env.EMAIL && !site.config.hasOutbox) console.warn('EMAIL is not bound: mail is kept and not sent.')
  const readers: LiveSite = { ...site, database: openD1(env.DB, 'any-replica'), now: () => new Date(), printed: () => {} }
  const newsroom: LiveSite = { ...readers, database: openD1(env.DB, 'primary') }
  const draw = openDrawing(materialsOf(env.ASSETS, site.config.origin, kit.faces))
  const limits = platformLimits({
    'sign-in': env.SIGN_IN_LIMIT,
    form: env.FORM_LIMIT,
    card: env.CARD_LIMIT,
    api: env.API_LIMIT,
    'api-token': env.API_TOKEN_LIMIT,
  })
  const app = createApp(readers, newsroom, limits, draw)
  // The fingerprints of all its locales, so that new words in any of them are a new program.
  const program = site.locales.locales.map(({ tag }) => site.fingerprint(tag)).join('')
  const answer = behindCache({
    origin: site.config.origin,
    program,
    fetch: (request, bindings) => app.fetch(request, bindings),
    lastPrint: () => lastPrint(readers.database),
  })
  return { answer, newsroom, draw, tally: new Tally(pagesCounted), gatheringSince: 0 }
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
      if (Date.now() - opened.gatheringSince >= viewsGatheredFor) context.waitUntil(gatherViews(opened))
    }
    if (request.method === 'POST') context.waitUntil(sendMail(opened, env)) // What is posted is what causes mail: it need not wait.
    return response
  },

  /**
   * Prints what has fallen due and what was printed with words that this deployment no longer has; then tells endpoints and
   * followers, sends digests and mail that waits, and draws cards; beside that, machines draft.
   */
  async scheduled(_event: ScheduledController, env: Environment, context: ExecutionContext): Promise<void> {
    door ??= openDoor(env)
    const opened = await door
    const printed = printWaiting(opened.newsroom, printedAtOnce)
    const told = printed.catch(() => {}).then(() => tellWaiting(opened.newsroom, toldAtOnce))
    const digested = told.catch(() => {}).then(() => sendDigests(opened.newsroom, digestsAtOnce))
    const sent = digested.catch(() => {}).then(() => sendMail(opened, env))
    const delivered = printed.catch(() => {}).then(() => deliver(opened.newsroom))
    const drawn = printed.catch(() => {}).then(() => drawWaiting(opened.newsroom, opened.draw, drawnAtOnce))
    // What fails is told of, and keeps nothing else from it.
    for (const task of [printed, told, digested, sent, delivered, drawn]) context.waitUntil(task)
    context.waitUntil(forgetOld(opened.newsroom))
    context.waitUntil(announce(opened.newsroom))
    context.waitUntil(drafts(opened.newsroom, env).catch((error: unknown) => logError({ level: 'error', error: String(error) })))
  },
}

async function sendMail({ newsroom }: Door, env: Environment): Promise<void> {
  if (!env.EMAIL) return
  const mailer = bindingMailer(env.EMAIL, newsroom.config.mailFrom, newsroom.config.origin)
  await sendWaiting(newsroom, { mailer, log: logError }, mailsAtOnce)
}

async function deliver(newsroom: LiveSite): Promise<void> {
  await deliverWaiting(
    newsroom,
    { caller: httpCaller(newsroom.config.origin), log: logError, atOnce: endpointsAtOnce },
    deliveredAtOnce,
  )
}

/** Tells search engines of what changed, where that is configured. */
async function announce(newsroom: LiveSite): Promise<void> {
  const { indexNow: engines, origin } = newsroom.config
  if (engines) await announceChanges(newsroom, indexNow(engines.url, engines.key, origin), announcedAtOnce)
}

/** Lets machines draft what waits for them, where that is configured. Read here alone: readers do not depend on it. */
async function drafts(newsroom: LiveSite, env: Environment): Promise<void> {
  const config = readMachineConfig({ ...env }, newsroom.locales)
  const translator = openTranslator(config, env.AI)
  if (!translator) return
  await draftOnSchedule(newsroom, translator, config, draftedAtOnce, (entry) => console.log(JSON.stringify(entry)))
}

/**
 * Writes down, some time after it was answered, the view that begins a gathering and all that come in the meantime. A view that
 * comes once a gathering should have ended begins the next, whatever became of the last.
 */
async function gatherViews(opened: Door): Promise<void> {
  opened.gatheringSince = Date.now()
  await new Promise((resolve) => setTimeout(resolve, viewsGatheredFor))
  try {
    const droppedViews = await saveViews(opened.newsroom.database, opened.tally, new Date())
    if (droppedViews > 0) console.warn(JSON.stringify({ level: 'warn', droppedViews }))
  } catch (error) {
    logError({ level: 'error', error: String(error) })
  }
}

const logError = (entry: Readonly<Record<string, unknown>>) => console.error(JSON.stringify(entry))
