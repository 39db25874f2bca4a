import { addressOf, headerText, type Sender } from './language/email-address'
import { isZone } from './language/moment'
import { isLoopback, isOwnMachine, originIn } from './language/origin'
import { isSecret } from './secrets/secret'
import type { Features, Settings } from './settings/settings'
import {
  anyText,
  fitting,
  made,
  nameUpTo,
  numberWithin,
  onOrOff,
  readVariables,
  setting,
  type Variables,
  wholeWithin,
} from './variables'

/** What the operator decides. Both doors read it from variables of the same names. */
export interface Config {
  /** The site's public address, without a slash at the end. Canonical and alternate links are made from it. */
  readonly origin: string
  readonly siteName: string
  /** Who the site's mail is from. */
  readonly mailFrom: Sender
  /** Whether `/outbox` shows mail instead of sending it. Only on a developer's machine, which nobody else reaches. */
  readonly hasOutbox: boolean
  readonly features: Features
  /** Whether nobody may approve their own translation. */
  readonly asksSecondPerson: boolean
  /** The time zone (IANA) of the times that people name without an offset. */
  readonly newsroomZone: string
  /** The hour of the day, in UTC, at which digests are due. */
  readonly digestHour: number
  /** The key by which search engines know that a ping comes from this site (IndexNow), and the server to ping. */
  readonly indexNow?: { readonly key: string; readonly url: string }
}

/** A server that mail is handed to (submission, RFC 6409). */
export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** `always`: from the first byte. `upgrade`: by STARTTLS, or nothing is sent. `never`: to this machine itself. */
  readonly tls: 'always' | 'upgrade' | 'never'
  readonly auth?: { readonly user: string; readonly pass: string }
}

const portOtherwise = 8787

const environment = {
  ORIGIN: setting(made(originIn, 'config.origin'), undefined),
  SITE_NAME: setting(nameUpTo(80), undefined),
  MAIL_FROM: setting(made(senderIn, 'config.sender'), undefined),
  COMMENTS: setting(onOrOff, undefined),
  SECOND_PERSON: setting(onOrOff, false),
  NEWSROOM_ZONE: setting(fitting(isZone, 'config.zone'), undefined),
  DIGEST_HOUR: setting(wholeWithin(0, 23, 'config.hour'), 6),
  INDEXNOW_KEY: setting(
    fitting((text) => /^[A-Za-z0-9-]{8,128}$/.test(text), 'config.index-now-key'),
    undefined,
  ),
  INDEXNOW_URL: setting(
    fitting((text) => URL.parse(text)?.origin === text, 'config.index-now-url'),
    'https://api.indexnow.org',
  ),
}

const nodeEnvironment = {
  PORT: setting(wholeWithin(0, 65_535, 'config.port'), portOtherwise),
  HOST: setting(anyText, '127.0.0.1'),
  DATABASE_PATH: setting(anyText, undefined),
  PAGE_CACHE_MB: setting(numberWithin(0, 4096, 'config.megabytes'), 64),
  SAMPLES: setting(onOrOff, undefined),
  LOG: setting(onOrOff, true),
  SMTP_URL: setting(made(serverIn, 'config.smtp'), undefined),
}

const kitEnvironment = { PSEUDO_LOCALES: setting(onOrOff, false) }

/** What a developer decides before the kit is made: at the start on Node, at the build of a Worker. */
export interface KitConfig {
  /** Whether the site has the pseudo-locales, in preview. */
  readonly pseudoLocales: boolean
}

export interface NodeConfig extends Config {
  readonly port: number
  readonly host: string
  readonly databasePath: string
  /** The most that cached pages may take, in bytes. 0: nothing is cached. */
  readonly pageCacheBytes: number
  /** Whether the folder's content is loaded into a new database: by itself not where the sample would be under a real address. */
  readonly samples: boolean
  readonly log: boolean
  /** Where emails are handed over; without it, they are kept. */
  readonly smtp: SmtpServer | undefined
}

const remoteEnvironment = { VERNACULAR_TOKEN: setting(fitting(isSecret, 'config.token'), undefined) }

/** What the site's folder decides, unless a variable decides it otherwise. */
type Decided = Pick<Settings, 'name' | 'origin' | 'zone' | 'features'>

const originOnPort = (port: number) => `http://localhost:${port}`

/** The configuration of either door. Throws one error that names every variable that is wrong. */
export function readConfig(variables: Variables, decided: Decided): Config {
  const { ORIGIN, SITE_NAME, MAIL_FROM, COMMENTS, SECOND_PERSON, NEWSROOM_ZONE, DIGEST_HOUR, INDEXNOW_KEY, INDEXNOW_URL } =
    readVariables(environment, variables)
  const origin = ORIGIN ?? decided.origin ?? originOnPort(portOtherwise)
  const siteName = SITE_NAME ?? decided.name
  const { hostname } = new URL(origin)
  const isLocal = isLoopback(hostname)
  const address = `no-reply@${isLocal ? 'localhost' : hostname}`
  return {
    origin,
    siteName,
    mailFrom: MAIL_FROM ?? { name: headerText(siteName), address },
    hasOutbox: isLocal,
    features: { ...decided.features, ...(COMMENTS === undefined ? {} : { comments: COMMENTS }) },
    asksSecondPerson: SECOND_PERSON,
    newsroomZone: NEWSROOM_ZONE ?? decided.zone,
    digestHour: DIGEST_HOUR,
    ...(INDEXNOW_KEY === undefined ? {} : { indexNow: { key: INDEXNOW_KEY, url: INDEXNOW_URL } }),
  }
}

/** The same for the Node door, with what only a server of your own needs. `folder`: the site's own, if it is not the sample. */
export function readNodeConfig(variables: Variables, decided: Decided, folder?: string): NodeConfig {
  const { PORT, HOST, DATABASE_PATH, PAGE_CACHE_MB, SAMPLES, LOG, SMTP_URL } = readVariables(nodeEnvironment, variables)
  const config = readConfig(variables, { ...decided, origin: decided.origin ?? originOnPort(PORT) })
  return {
    ...config,
    hasOutbox: config.hasOutbox && SMTP_URL === undefined && isLoopback(HOST),
    port: PORT,
    host: HOST,
    databasePath: DATABASE_PATH ?? `${folder ?? '.'}/data/vernacular.db`,
    pageCacheBytes: PAGE_CACHE_MB * 1024 * 1024,
    samples: SAMPLES ?? (folder !== undefined || isOwnMachine(config.origin)),
    log: LOG,
    smtp: SMTP_URL,
  }
}

/** The same for what is built into the program. */
export const readKitConfig = (variables: Variables): KitConfig => ({
  pseudoLocales: readVariables(kitEnvironment, variables).PSEUDO_LOCALES,
})

/** The token that lets the command line into a deployed site (`--remote`), if there is one. Throws like the others. */
export const readRemoteToken = (variables: Variables): string | undefined =>
  readVariables(remoteEnvironment, variables).VERNACULAR_TOKEN

/** Reads `Name <address>`, or an address alone. */
function senderIn(value: string): Sender | undefined {
  const [, name = '', inBrackets] = /^([^<>]*)<([^<>]*)>$/.exec(value.trim()) ?? []
  const address = addressOf(inBrackets ?? value)
  return address === undefined ? undefined : { name: headerText(name), address }
}

/** Reads `smtp://` or `smtps://` with a host, and with a user and a password if the server needs them. */
function serverIn(value: string): SmtpServer | undefined {
  const url = URL.parse(value)
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined
  if (!/^\/?$/.test(url.pathname + url.search + url.hash)) return undefined
  const [user, pass] = [unescaped(url.username), unescaped(url.password)]
  if (user === undefined || pass === undefined) return undefined
  const isSecure = url.protocol === 'smtps:'
  const hostname = url.hostname.toLowerCase()
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || (isSecure ? 465 : 587)),
    tls: isSecure ? 'always' : isLoopback(hostname) ? 'never' : 'upgrade',
    ...(user === '' ? {} : { auth: { user, pass } }),
  }
}

function unescaped(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined // It has a percent sign that escapes nothing.
  }
}
