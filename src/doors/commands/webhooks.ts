import { defineCommand } from 'citty'
import { visibleLine } from '../../language/text'
import type { LiveSite } from '../../site'
import { addEndpoint, enableEndpoint, removeEndpoint, replay, rotateSecret } from '../../webhooks/administer'
import { tryEndpoint } from '../../webhooks/deliver'
import { isEvent, type KeptDelivery, listDeliveries, type Replay } from '../../webhooks/delivery-store'
import { type Endpoint, flawInUrl, type Interest } from '../../webhooks/endpoint'
import { type EventType, eventTypes } from '../../webhooks/event'
import { httpCaller } from '../../webhooks/http-caller'
import { findEndpoint, listEndpoints } from '../../webhooks/store'
import { asJson, byCommandLine, everyNamed, instantIn, localeOf, say, where, withSite } from './open'

const listedMost = 10_000

const endpointId = { type: 'positional', required: true, description: 'The id that `webhooks list` shows' } as const

const addCommand = defineCommand({
  meta: { name: 'add', description: 'Have a program told of events, and show the secret that signs them, this once' },
  args: {
    url: { type: 'positional', required: true, description: 'Where it is told of them: an address of HTTPS' },
    event: { type: 'string', description: `Only this one: ${eventTypes.join(', ')}; say it again for another` },
    locale: { type: 'string', description: 'Only what concerns this language, such as es; say it again for another' },
    private: { type: 'boolean', description: 'The address may be one within a private network' },
    ...where,
    ...asJson,
  },
  run: ({ args, rawArgs }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const [events, locales] = [everyNamed(rawArgs, 'event'), everyNamed(rawArgs, 'locale')]
      const interest: Interest = {
        url: urlIn(args.url, args.private === true),
        events: events.length === 0 ? 'all' : events.map(eventIn),
        locales: locales.length === 0 ? 'all' : locales.map((typed) => localeOf(site, typed)),
      }
      const { id, secret } = await addEndpoint(site, interest, byCommandLine)
      shownOnce(id, secret, args.json === true)
    }),
})

const listCommand = defineCommand({
  meta: { name: 'list', description: 'The programs that are told of events, and how they take it' },
  args: { ...where, ...asJson },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async ({ database }) => {
      const endpoints = await listEndpoints(database)
      if (args.json) say(visibleLine(JSON.stringify(endpoints)))
      else say(endpoints.map(lineOfEndpoint).join('\n') || 'There are no webhooks.')
    }),
})

const removeCommand = defineCommand({
  meta: { name: 'remove', description: 'Tell a program of nothing any more, not even of what waits for it' },
  args: { id: endpointId, ...where, ...asJson },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      if (!(await removeEndpoint(site, args.id, byCommandLine))) throw noEndpoint(args.id)
      say(args.json ? JSON.stringify({ removed: args.id }) : `Webhook ${args.id} is removed.`)
    }),
})

const enableCommand = defineCommand({
  meta: { name: 'enable', description: 'Tell a program of events again that was given up, beginning with what waits for it' },
  args: { id: endpointId, ...where, ...asJson },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      if (!(await enableEndpoint(site, args.id, byCommandLine))) {
        throw new Error(`There is no webhook ${visibleLine(args.id)}, or it is enabled already.`)
      }
      say(args.json ? JSON.stringify({ enabled: args.id }) : `Webhook ${args.id} is enabled.`)
    }),
})

const rotateCommand = defineCommand({
  meta: { name: 'rotate', description: 'Make a new secret and show it, this once; for a day both sign' },
  args: {
    id: endpointId,
    'at-once': { type: 'boolean', description: 'The old secret is known to others: it signs nothing more' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const secret = await rotateSecret(site, args.id, args['at-once'] === true, byCommandLine)
      if (secret === undefined) throw noEndpoint(args.id)
      shownOnce(args.id, secret, args.json === true)
    }),
})

const deliveriesCommand = defineCommand({
  meta: { name: 'deliveries', description: 'What was sent and what waits, the newest first' },
  args: {
    failed: { type: 'boolean', description: 'Only what was not taken when it was last tried' },
    most: { type: 'string', default: '100', description: `How many at the most, up to ${listedMost}` },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async ({ database }) => {
      const deliveries = await listDeliveries(database, args.failed === true, mostIn(args.most))
      if (args.json) say(visibleLine(JSON.stringify(deliveries)))
      else say(deliveries.map(lineOfDelivery).join('\n') || 'There is nothing to show.')
    }),
})

const replayCommand = defineCommand({
  meta: { name: 'replay', description: 'Send an event again, or what one program was told of: the same bytes under the same id' },
  args: {
    what: { type: 'positional', required: true, description: 'The id of an event, or of a webhook' },
    since: {
      type: 'string',
      description: 'Of a webhook, everything from this day or instant on (UTC); without it, what was given up',
    },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const replayed = await replay(site, await replayOf(site, args.what, args.since), byCommandLine)
      if (args.json) say(JSON.stringify({ replayed }))
      else say(replayed === 0 ? 'There was nothing to send again.' : `To be sent again: ${replayed}. The running site sends it.`)
    }),
})

const testCommand = defineCommand({
  meta: { name: 'test', description: 'Send a program an event that tells of nothing, now, and show what it answers' },
  args: { id: endpointId, ...where, ...asJson },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const answer = await tryEndpoint(site, httpCaller(site.config.origin), args.id)
      if (!answer) throw noEndpoint(args.id)
      const { status, line } = answer
      if (args.json) say(JSON.stringify({ status, answer: line }))
      if (status === null || status < 200 || status > 299) throw new Error(`It was not taken: ${status ?? ''} ${line}`.trimEnd())
      if (!args.json) say(`It was taken: ${status}.`)
    }),
})

/** Says who is told of events, and tells how that goes. */
export const webhooksCommand = defineCommand({
  meta: { name: 'webhooks', description: 'Programs that are told of what is published: add, list, replay and more' },
  subCommands: {
    add: addCommand,
    list: listCommand,
    remove: removeCommand,
    enable: enableCommand,
    rotate: rotateCommand,
    deliveries: deliveriesCommand,
    replay: replayCommand,
    test: testCommand,
  },
})

const noEndpoint = (typed: string) => new Error(`There is no webhook ${visibleLine(typed)}.`)

function urlIn(typed: string, mayBePrivate: boolean): string {
  const flaw = flawInUrl(typed, mayBePrivate)
  if (flaw !== undefined) throw new Error(`${visibleLine(typed)} ${flaw}.`)
  return new URL(typed).href
}

function eventIn(typed: string): EventType {
  const type = eventTypes.find((each) => each === typed)
  if (type === undefined) throw new Error(`There is no event ${visibleLine(typed)}: there are ${eventTypes.join(', ')}.`)
  return type
}

function mostIn(typed: string): number {
  if (!/^[1-9]\d{0,4}$/.test(typed) || Number(typed) > listedMost) {
    throw new Error(`--most is a number of deliveries, from 1 to ${listedMost}.`)
  }
  return Number(typed)
}

async function replayOf({ database, now }: LiveSite, typed: string, since: string | undefined): Promise<Replay> {
  if (await isEvent(database, typed)) {
    if (since !== undefined) throw new Error('--since is for a webhook: an event happened once.')
    return { event: typed }
  }
  if (!(await findEndpoint(database, typed, now()))) throw new Error(`There is no event and no webhook ${visibleLine(typed)}.`)
  return { endpoint: typed, since: since === undefined ? undefined : instantIn(since) }
}

/** The secret alone stands on standard output, for a program to take. */
function shownOnce(id: string, secret: string, isJson: boolean) {
  if (!isJson) process.stderr.write(`Webhook ${id} is signed with this secret. Keep it safe: it is not shown again.\n`)
  say(isJson ? JSON.stringify({ id, secret }) : secret)
}

function lineOfEndpoint({ id, url, events, locales, failingSince, disabledAt, reason, formerUntil }: Endpoint): string {
  const state = disabledAt !== null ? `disabled ${minuteOf(disabledAt)}: ${reason}` : 'active'
  return visibleLine(
    [
      id,
      state,
      url,
      events === 'all' ? 'all events' : events.join(', '),
      locales === 'all' ? 'all languages' : locales.join(', '),
      ...(failingSince === null ? [] : [`failing since ${minuteOf(failingSince)}`]),
      ...(formerUntil === null ? [] : [`former secret until ${minuteOf(formerUntil)}`]),
    ].join('  '),
  )
}

function lineOfDelivery({ event, type, endpoint, at, state, attempts, dueAt, status, answer }: KeptDelivery): string {
  const tries = `${attempts} attempt${attempts === 1 ? '' : 's'}`
  const parts = [event, endpoint, minuteOf(at), type, state, tries, status, answer, dueAt && `due ${minuteOf(dueAt)}`]
  return visibleLine(parts.filter((part) => part !== null && part !== '').join('  '))
}

const minuteOf = (instant: string) => instant.slice(0, 16)
