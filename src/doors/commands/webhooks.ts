import { Refusal } from '../../problem'
import type { LiveSite } from '../../site'
import { addEndpoint, enableEndpoint, removeEndpoint, replay, rotateSecret } from '../../webhooks/administer'
import { tryEndpoint } from '../../webhooks/deliver'
import { listDeliveries, type Replay } from '../../webhooks/delivery-store'
import { flawInUrl, type Interest } from '../../webhooks/endpoint'
import { eventTypes } from '../../webhooks/event'
import { isEvent } from '../../webhooks/event-store'
import { httpCaller } from '../../webhooks/http-caller'
import { findEndpoint, listEndpoints } from '../../webhooks/store'
import { command, type Group } from '../command'
import { asJson, say } from '../report'
import { byCommandLine, instantIn, localeOf, where, withSite } from './open'
import { lineOfDelivery, lineOfEndpoint } from './webhook-lines'

const endpointId = { required: true, about: 'The id that `webhooks list` shows' } as const

const addCommand = command({
  name: 'add',
  about: 'Notify a program of events, and show once the secret that signs them',
  options: {
    event: { type: 'text', multiple: true, of: eventTypes, about: 'Only this event (default: all)' },
    locale: { type: 'text', multiple: true, about: 'Only events about this language, such as es (default: all)' },
    private: { type: 'flag', about: 'Allow an address in a private network' },
    ...where,
  },
  positionals: { url: { required: true, about: 'The https address that receives the events' } },
  example: 'https://agency.example/hook --event translation.needed --locale pl',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const { event: events, locale: locales } = given
      const interest: Interest = {
        url: urlIn(given.url, given.private),
        events: events.length === 0 ? 'all' : events,
        locales: locales.length === 0 ? 'all' : locales.map((typed) => localeOf(site, typed)),
      }
      const { id, secret } = await addEndpoint(site, interest, byCommandLine)
      shownOnce(id, secret, given.json)
    }),
})

const listCommand = command({
  name: 'list',
  about: 'List the programs that are notified of events, and whether they accept them',
  options: where,
  example: '',
  run: (given) =>
    withSite(given.edge, async ({ database }) => {
      const endpoints = await listEndpoints(database)
      if (given.json) say(asJson(endpoints))
      else say(endpoints.map(lineOfEndpoint).join('\n') || 'There are no webhooks.')
    }),
})

const removeCommand = command({
  name: 'remove',
  about: 'Stop notifying a program, even of events that are waiting',
  options: where,
  positionals: { id: endpointId },
  example: '9d2c6a1e',
  run: (given) =>
    withSite(given.edge, async (site) => {
      if (!(await removeEndpoint(site, given.id, byCommandLine))) throw noEndpoint(given.id)
      say(given.json ? asJson({ removed: given.id }) : `Webhook ${given.id} is removed.`)
    }),
})

const enableCommand = command({
  name: 'enable',
  about: 'Notify a disabled program of events again, starting with those that are waiting',
  options: where,
  positionals: { id: endpointId },
  example: '9d2c6a1e',
  run: (given) =>
    withSite(given.edge, async (site) => {
      if (!(await enableEndpoint(site, given.id, byCommandLine))) {
        throw new Refusal('webhook.not-disabled', { id: given.id })
      }
      say(given.json ? asJson({ enabled: given.id }) : `Webhook ${given.id} is enabled.`)
    }),
})

const rotateCommand = command({
  name: 'rotate',
  about: 'Make a new secret and show it once. For one day, both secrets sign',
  options: {
    'at-once': { type: 'flag', about: 'Stop using the old secret at once, because others know it' },
    ...where,
  },
  positionals: { id: endpointId },
  example: '9d2c6a1e --at-once',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const secret = await rotateSecret(site, given.id, given['at-once'], byCommandLine)
      if (secret === undefined) throw noEndpoint(given.id)
      shownOnce(given.id, secret, given.json)
    }),
})

const deliveriesCommand = command({
  name: 'deliveries',
  about: 'List what was sent and what is waiting, the newest first',
  options: {
    failed: { type: 'flag', about: 'Only events that were not accepted at the last attempt' },
    most: { type: 'number', from: 1, to: 10_000, default: 100, about: 'How many at most' },
    ...where,
  },
  example: '--failed --most 20',
  run: (given) =>
    withSite(given.edge, async ({ database }) => {
      const deliveries = await listDeliveries(database, given.failed, given.most)
      if (given.json) say(asJson(deliveries))
      else say(deliveries.map(lineOfDelivery).join('\n') || 'There are no deliveries.')
    }),
})

const replayCommand = command({
  name: 'replay',
  about: 'Send an event again, or the events of one webhook, with the same bytes and ids',
  options: {
    since: {
      type: 'text',
      about: 'For a webhook: all events from this day or time on (UTC). Without this, only those that were given up',
    },
    ...where,
  },
  positionals: { id: { required: true, about: 'The id of an event or of a webhook' } },
  example: '9d2c6a1e --since 2026-01-31',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const replayed = await replay(site, await replayOf(site, given.id, given.since), byCommandLine)
      if (given.json) say(asJson({ replayed }))
      else
        say(
          replayed === 0
            ? 'There was nothing to send again.'
            : `Events to be sent again: ${replayed}. The running site will send them.`,
        )
    }),
})

const testCommand = command({
  name: 'test',
  about: 'Send a program a test event now, and show its answer',
  options: where,
  positionals: { id: endpointId },
  example: '9d2c6a1e',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const answer = await tryEndpoint(site, httpCaller(site.config.origin), given.id)
      if (!answer) throw noEndpoint(given.id)
      const { status, line } = answer
      const isTaken = status !== null && status >= 200 && status <= 299
      if (!isTaken && !given.json) throw new Refusal('webhook.not-taken', { answer: `${status ?? ''} ${line}`.trim() })
      say(given.json ? asJson({ status, answer: line }) : `The program accepted the event: ${status}.`)
      if (!isTaken) process.exitCode = 1
    }),
})

/** Decides who gets events, and shows the deliveries. */
export const webhooksCommand: Group = {
  name: 'webhooks',
  about: 'Notify programs of what is published: add, list, replay and more',
  commands: [addCommand, listCommand, removeCommand, enableCommand, rotateCommand, deliveriesCommand, replayCommand, testCommand],
}

const noEndpoint = (id: string) => new Refusal('webhook.unknown', { id })

function urlIn(typed: string, mayBePrivate: boolean): string {
  const flaw = flawInUrl(typed, mayBePrivate)
  if (flaw !== undefined) throw new Refusal(flaw.code, flaw.values)
  return new URL(typed).href
}

async function replayOf({ database, now }: LiveSite, typed: string, since: string | undefined): Promise<Replay> {
  if (await isEvent(database, typed)) {
    if (since !== undefined) throw new Refusal('webhook.no-since')
    return { event: typed }
  }
  if (!(await findEndpoint(database, typed, now()))) throw new Refusal('webhook.nothing', { id: typed })
  return { endpoint: typed, since: since === undefined ? undefined : instantIn(since) }
}

/** Only the secret is written to standard output, so that a program can read it. */
function shownOnce(id: string, secret: string, isJson: boolean) {
  if (!isJson)
    process.stderr.write(`Events for webhook ${id} are signed with this secret. Keep it safe: it will not be shown again.\n`)
  say(isJson ? asJson({ id, secret }) : secret)
}
