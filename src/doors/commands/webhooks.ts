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
  about: 'Have a program told of events, and show the secret that signs them, this once',
  options: {
    event: { type: 'text', multiple: true, of: eventTypes, about: 'Only this event (default: all)' },
    locale: { type: 'text', multiple: true, about: 'Only what concerns this language, such as es (default: all)' },
    private: { type: 'flag', about: 'The address may be one within a private network' },
    ...where,
  },
  positionals: { url: { required: true, about: 'Where it is told of them: an address of HTTPS' } },
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
  about: 'The programs that are told of events, and how they take it',
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
  about: 'Tell a program of nothing any more, not even of what waits for it',
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
  about: 'Tell a program of events again that was given up, beginning with what waits for it',
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
  about: 'Make a new secret and show it, this once; for a day both sign',
  options: {
    'at-once': { type: 'flag', about: 'The old secret is known to others: it signs nothing more' },
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
  about: 'What was sent and what waits, the newest first',
  options: {
    failed: { type: 'flag', about: 'Only what was not taken when it was last tried' },
    most: { type: 'number', from: 1, to: 10_000, default: 100, about: 'How many at the most' },
    ...where,
  },
  example: '--failed --most 20',
  run: (given) =>
    withSite(given.edge, async ({ database }) => {
      const deliveries = await listDeliveries(database, given.failed, given.most)
      if (given.json) say(asJson(deliveries))
      else say(deliveries.map(lineOfDelivery).join('\n') || 'There is nothing to show.')
    }),
})

const replayCommand = command({
  name: 'replay',
  about: 'Send an event again, or what one program was told of: the same bytes under the same id',
  options: {
    since: {
      type: 'text',
      about: 'Of a webhook, everything from this day or instant on (UTC); without it, what was given up',
    },
    ...where,
  },
  positionals: { id: { required: true, about: 'The id of an event, or of a webhook' } },
  example: '9d2c6a1e --since 2026-01-31',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const replayed = await replay(site, await replayOf(site, given.id, given.since), byCommandLine)
      if (given.json) say(asJson({ replayed }))
      else say(replayed === 0 ? 'There was nothing to send again.' : `To be sent again: ${replayed}. The running site sends it.`)
    }),
})

const testCommand = command({
  name: 'test',
  about: 'Send a program an event that tells of nothing, now, and show what it answers',
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
      say(given.json ? asJson({ status, answer: line }) : `It was taken: ${status}.`)
      if (!isTaken) process.exitCode = 1
    }),
})

/** Decides who gets events, and shows the deliveries. */
export const webhooksCommand: Group = {
  name: 'webhooks',
  about: 'Programs that are told of what is published: add, list, replay and more',
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
  if (!isJson) process.stderr.write(`Webhook ${id} is signed with this secret. Keep it safe: it is not shown again.\n`)
  say(isJson ? asJson({ id, secret }) : secret)
}
