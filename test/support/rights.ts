import type { Right, Role } from '../../src/members/person'
import type { Grant } from '../../src/members/token'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation } from './briefings'
import { asJson, fromOwnPage } from './members'
import { openOfApi } from './outputs'

const origin = 'https://briefings.example'
const slug = 'harbour-closes'
const aSecret = `vern_${'A'.repeat(43)}`

/** A locale file that translates the title of the briefing, and nothing else. */
export const aTitle = (locale: string, title: string): LocaleFile => ({
  ...aTranslation(aBriefing(), locale),
  segments: { title },
})

/** People who are signed in, by what they are, with their tier and their roles. */
export const people = {
  circle: { tier: 'circle', roles: [] },
  alliance: { tier: 'alliance', roles: [] },
  'translator es': { tier: 'circle', roles: [{ name: 'translator', locale: 'es' }] },
  'translator fr': { tier: 'circle', roles: [{ name: 'translator', locale: 'fr' }] },
  'reviewer es': { tier: 'circle', roles: [{ name: 'reviewer', locale: 'es' }] },
  author: { tier: 'circle', roles: [{ name: 'author', locale: 'all' }] },
  editor: { tier: 'circle', roles: [{ name: 'editor', locale: 'all' }] },
  administrator: { tier: 'circle', roles: [{ name: 'administrator', locale: 'all' }] },
} as const satisfies Record<string, { tier: 'circle' | 'alliance'; roles: readonly Role[] }>

/** Programs, by what their tokens open. */
export const programs = {
  'reads es': { locales: ['es'], mayWrite: false, mayEdit: false, mayPublish: false, seesGated: false },
  'sends es': { locales: ['es'], mayWrite: true, mayEdit: false, mayPublish: false, seesGated: false },
  'sends fr': { locales: ['fr'], mayWrite: true, mayEdit: false, mayPublish: false, seesGated: false },
  'sends all, gated': { locales: 'all', mayWrite: true, mayEdit: false, mayPublish: false, seesGated: true },
  'edits all': { locales: 'all', mayWrite: false, mayEdit: true, mayPublish: false, seesGated: false },
  'publishes all': { locales: 'all', mayWrite: true, mayEdit: true, mayPublish: true, seesGated: false },
  'gives tiers': { locales: [], mayWrite: false, mayEdit: false, mayPublish: false, mayAdmit: true, seesGated: false },
} as const satisfies Record<string, Pick<Grant, 'locales' | 'mayWrite' | 'mayEdit' | 'mayPublish' | 'mayAdmit' | 'seesGated'>>

export type Member = keyof typeof people
export type Program = keyof typeof programs
export type Who = 'nobody' | Member | Program

export const members = Object.keys(people) as readonly Member[]
export const programNames = Object.keys(programs) as readonly Program[]
export const everyone: readonly Who[] = ['nobody', ...members, ...programNames]

/** Which roles may do what, and where; whoever is not named may not. A right without a row does not compile. */
export const rights: Readonly<Record<Right, Partial<Record<Member, 'everywhere' | readonly string[]>>>> = {
  'decide-requests': { editor: 'everywhere', administrator: 'everywhere' },
  'manage-people': { administrator: 'everywhere' },
  'write-source': { author: 'everywhere', editor: 'everywhere' },
  'publish-source': { editor: 'everywhere' },
  'remove-briefing': { editor: 'everywhere', administrator: 'everywhere' },
  translate: { 'translator es': ['es'], 'translator fr': ['fr'], 'reviewer es': ['es'], editor: 'everywhere' },
  'approve-translation': { 'reviewer es': ['es'], editor: 'everywhere' },
  'see-gated-source': { author: 'everywhere', editor: 'everywhere' },
}

/** A route, what it is asked, and who is let in. */
export interface RouteRight {
  readonly route: string
  readonly path: string
  readonly init?: RequestInit
  readonly may: readonly Who[]
  /** The status by which those are answered who may. */
  readonly answer: number
  /** And those who may not. */
  readonly refusal?: number | ((who: Who) => number)
}

const open = (route: string, path: string, answer: number, init?: RequestInit): RouteRight => ({
  route,
  path,
  may: everyone,
  answer,
  ...(init ? { init } : {}),
})

/** What a person has of their own: whoever is not signed in is led to where one signs in, or finds nothing. */
const forMembers = (route: string, path: string, answer: number, refusal: number, init?: RequestInit): RouteRight => ({
  route,
  path,
  may: members,
  answer,
  refusal,
  ...(init ? { init } : {}),
})

/** A program is told that it may not; whoever shows no token, that one is needed. */
const byToken = (who: Who) => (programNames.some((each) => each === who) ? 403 : 401)

/** Every route of the site and who may use it; a route without a row fails the test. */
export const routeRights: readonly RouteRight[] = [
  open('GET /', '/', 302),
  open('GET /sign-in', '/sign-in', 302),
  open('GET /briefings/:slug', `/briefings/${slug}`, 302),
  open('GET /readyz', '/readyz', 200),
  open('GET /healthz', '/healthz', 200),
  open('POST /language', '/language', 303, fromOwnPage(origin, { locale: 'es' })),
  open('GET /outbox', '/outbox', 404), // A developer's alone: on a site that others reach, it is not there.
  open('GET /outbox/:id', '/outbox/1', 404),
  open('GET /:locale/sign-in', '/es/sign-in', 200),
  open('POST /:locale/sign-in', '/es/sign-in', 303, fromOwnPage(origin, { address: 'ada@example.org' })),
  open('POST /:locale/sign-in/passkey/options', '/es/sign-in/passkey/options', 200, asJson(origin, {})),
  open('POST /:locale/sign-in/passkey', '/es/sign-in/passkey', 400, asJson(origin, { credential: {} })),
  forMembers('GET /:locale/account/passkeys', '/es/account/passkeys', 200, 303),
  forMembers('POST /:locale/account/passkeys/options', '/es/account/passkeys/options', 200, 404, asJson(origin, {})),
  forMembers('POST /:locale/account/passkeys', '/es/account/passkeys', 400, 404, asJson(origin, { credential: {} })),
  forMembers('POST /:locale/account/passkeys/remove', '/es/account/passkeys/remove', 404, 303, fromOwnPage(origin, { id: 'x' })),
  open('GET /account', '/account', 302),
  open('GET /join/:tier', '/join/circle', 302),
  open('GET /:locale/join/:tier', '/es/join/circle', 200),
  forMembers('POST /:locale/join/:tier', '/es/join/alliance', 400, 403, fromOwnPage(origin, { role: '' })),
  forMembers('GET /:locale/account', '/es/account', 200, 303),
  forMembers('GET /:locale/account/export', '/es/account/export', 200, 303),
  forMembers('POST /:locale/account/language', '/es/account/language', 400, 303, fromOwnPage(origin, { locale: 'tlh' })),
  forMembers('POST /:locale/account/sessions', '/es/account/sessions', 400, 303, fromOwnPage(origin)),
  open('POST /:locale/account/sign-out', '/es/account/sign-out', 303, fromOwnPage(origin)),
  forMembers('GET /:locale/account/delete', '/es/account/delete', 200, 303),
  open('POST /:locale/account/delete', '/es/account/delete', 303, fromOwnPage(origin)),
  open('GET /:locale/account/deleted', '/es/account/deleted', 200),
  {
    route: 'GET /:locale/account/requests',
    path: '/es/account/requests',
    may: ['editor', 'administrator'],
    answer: 200,
    refusal: 404,
  },
  {
    route: 'POST /:locale/account/requests',
    path: '/es/account/requests',
    init: fromOwnPage(origin, { request: 'x', decision: 'granted' }),
    may: ['editor', 'administrator'],
    answer: 303,
    refusal: 404,
  },
  open('GET /:locale/briefings/:slug/follow', `/es/briefings/${slug}/follow`, 200),
  open(
    'POST /:locale/briefings/:slug/follow',
    `/es/briefings/${slug}/follow`,
    303,
    fromOwnPage(origin, { wish: 'changes', address: 'ada@example.org' }),
  ),
  open('GET /:locale/follow/sent', '/es/follow/sent', 200),
  open('GET /:locale/follow/confirmed', '/es/follow/confirmed', 200),
  open('GET /:locale/follow/confirm/:secret', `/es/follow/confirm/${aSecret}`, 410),
  open('GET /:locale/briefings/:slug/share', `/es/briefings/${slug}/share`, 200),
  open('GET /:locale/briefings/:slug/embed', `/es/briefings/${slug}/embed`, 200),
  open('GET /oembed', `/oembed?url=${encodeURIComponent(`${origin}/es/briefings/${slug}`)}`, 200),
  open('GET /cards/:file', `/cards/${'0'.repeat(32)}.png`, 404),
  open('POST /:locale/follow/confirm/:secret', `/es/follow/confirm/${aSecret}`, 410, fromOwnPage(origin)),
  open('GET /:locale/follow/stop/:secret', `/es/follow/stop/${aSecret}`, 200),
  open(
    'POST /:locale/follow/stop/:secret',
    `/es/follow/stop/${aSecret}`,
    200,
    fromOwnPage(origin, { 'List-Unsubscribe': 'One-Click' }),
  ),
  forMembers('GET /:locale/account/following', '/es/account/following', 200, 303),
  open('POST /:locale/account/following', '/es/account/following', 303, fromOwnPage(origin, { stop: 'x' })),
  forMembers('GET /:locale/newsletter', '/es/newsletter', 303, 200), // Who is signed in is led to a page of their own.
  open(
    'POST /:locale/newsletter',
    '/es/newsletter',
    303,
    fromOwnPage(origin, { rhythm: 'weekly', locale: 'es', address: 'ada@example.org' }),
  ),
  open('GET /:locale/newsletter/sent', '/es/newsletter/sent', 200),
  open('GET /:locale/newsletter/confirmed', '/es/newsletter/confirmed', 200),
  open('GET /:locale/newsletter/confirm/:secret', `/es/newsletter/confirm/${aSecret}`, 410),
  open('POST /:locale/newsletter/confirm/:secret', `/es/newsletter/confirm/${aSecret}`, 410, fromOwnPage(origin)),
  open('GET /:locale/newsletter/stop/:secret', `/es/newsletter/stop/${aSecret}`, 200),
  open(
    'POST /:locale/newsletter/stop/:secret',
    `/es/newsletter/stop/${aSecret}`,
    200,
    fromOwnPage(origin, { 'List-Unsubscribe': 'One-Click' }),
  ),
  forMembers('GET /:locale/account/newsletter', '/es/account/newsletter', 200, 303),
  open('POST /:locale/account/newsletter', '/es/account/newsletter', 303, fromOwnPage(origin, { stop: 'all' })),
  open('GET /:locale/briefings/:slug/report', `/es/briefings/${slug}/report`, 200),
  open('POST /:locale/briefings/:slug/report', `/es/briefings/${slug}/report`, 400, fromOwnPage(origin, { segment: 'x' })),
  open('GET /:locale/briefings/:slug/report/sent', `/es/briefings/${slug}/report/sent`, 200),
  open('GET /:locale/briefings/:slug/comments', `/es/briefings/${slug}/comments`, 404), // `COMMENTS` is off.
  open('POST /:locale/briefings/:slug/comments', `/es/briefings/${slug}/comments`, 404, fromOwnPage(origin, { text: 'x' })),
  open('GET /:locale/briefings/:slug/comments/held', `/es/briefings/${slug}/comments/held`, 404),
  open('GET /:locale/feed.xml', '/es/feed.xml', 200),
  open('GET /:locale/feed.json', '/es/feed.json', 200),
  open('GET /robots.txt', '/robots.txt', 200),
  open('GET /llms.txt', '/llms.txt', 200),
  open('GET /sitemap.xml', '/sitemap.xml', 200),
  open('GET /sitemap-site.xml', '/sitemap-site.xml', 200),
  open('GET /:file{sitemap-.+-[0-9]+\\.xml}', '/sitemap-es-0.xml', 200),
  open('GET /news-sitemap.xml', '/news-sitemap.xml', 200),
  open('GET /:locale/search', '/es/search?q=puerto', 200),
  open('GET /:locale/search.json', '/es/search.json?q=puerto', 200),
  open('GET /:locale/sign-in/sent', '/es/sign-in/sent', 200),
  open('GET /:locale/sign-in/:secret', `/es/sign-in/${aSecret}`, 410),
  open('POST /:locale/sign-in/:secret', `/es/sign-in/${aSecret}`, 410, fromOwnPage(origin)),
  open('POST /:locale/sign-out', '/es/sign-out', 303, fromOwnPage(origin)),
  open('GET /:locale/', '/es/', 200),
  open('GET /:locale/confidence', '/es/confidence', 200),
  open('GET /:locale/translations', '/es/translations', 200),
  open('GET /:locale/briefings/:file', `/es/briefings/${slug}`, 200),
  open('GET /:locale/briefings/:slug/bilingual', `/es/briefings/${slug}/bilingual`, 200),
  open('GET /:locale/briefings/:slug/changes', `/es/briefings/${slug}/changes`, 200),
  open('GET /:locale/:file', '/es/no-page', 404),
  open('GET /:locale/:slug/bilingual', '/es/no-page/bilingual', 404),
  open('GET /:locale/:slug/changes', '/es/no-page/changes', 404),
  open('GET /:page', '/no-page', 404),
  {
    route: 'GET /api/v1/packs/:locale/:slug',
    path: `/api/v1/packs/es/${slug}`,
    may: ['reads es', 'sends es', 'sends all, gated', 'edits all', 'publishes all'],
    answer: 200,
    refusal: byToken,
  },
  {
    route: 'GET /api/v1/packs/:locale/:slug',
    path: `/api/v1/packs/fr/${slug}`,
    may: ['sends fr', 'sends all, gated', 'edits all', 'publishes all'],
    answer: 200,
    refusal: byToken,
  },
  {
    route: 'POST /api/v1/packs',
    path: `/api/v1/packs?file=${slug}.json`,
    init: { method: 'POST', body: JSON.stringify(aTitle('es', 'es: El puerto')) },
    may: ['sends es', 'sends all, gated', 'publishes all'],
    answer: 200,
    refusal: byToken,
  },
  { route: 'GET /api/v1/status', path: '/api/v1/status', may: programNames, answer: 200, refusal: 401 },
  {
    route: 'GET /api/v1/status',
    path: '/api/v1/status?locale=fr',
    may: ['sends fr', 'sends all, gated', 'edits all', 'publishes all'],
    answer: 200,
    refusal: byToken,
  },
  ...openOfApi.flatMap(([route, path]) => [
    open(`GET /api/v1/${route}`, `/api/v1/${path}`, 200),
    open(`OPTIONS /api/v1/${route}`, `/api/v1/${path}`, 204, { method: 'OPTIONS' }),
  ]),
  open('GET /api/openapi.json', '/api/openapi.json', 200),
  open('OPTIONS /api/openapi.json', '/api/openapi.json', 204, { method: 'OPTIONS' }),
  open('GET /api/docs', '/api/docs', 200),
  {
    route: 'GET /api/v1/memory/:locale',
    path: '/api/v1/memory/es?text=Harbour',
    may: ['sends all, gated'],
    answer: 200,
    refusal: byToken,
  },
  {
    route: 'GET /api/v1/translations/:locale',
    path: '/api/v1/translations/fr',
    may: ['sends fr', 'sends all, gated', 'edits all', 'publishes all'],
    answer: 200,
    refusal: byToken,
  },
  {
    route: 'GET /api/v1/translations/:locale/:slug',
    path: `/api/v1/translations/fr/${slug}`,
    may: ['sends fr', 'sends all, gated', 'edits all', 'publishes all'],
    answer: 200,
    refusal: byToken,
  },
  {
    route: 'PUT /api/v1/translations/:locale/:slug',
    path: `/api/v1/translations/es/${slug}`,
    init: { method: 'PUT', body: JSON.stringify(aTitle('es', 'es: El puerto')), headers: { 'If-Match': '*' } },
    may: ['sends es', 'sends all, gated', 'publishes all'],
    answer: 200,
    refusal: byToken,
  },
  { route: 'GET /api/v1/sources', path: '/api/v1/sources', may: ['edits all', 'publishes all'], answer: 200, refusal: byToken },
  {
    route: 'GET /api/v1/sources/:slug',
    path: `/api/v1/sources/${slug}`,
    may: ['edits all', 'publishes all'],
    answer: 200,
    refusal: byToken,
  },
  {
    route: 'PUT /api/v1/sources/:slug',
    path: `/api/v1/sources/${slug}`,
    init: { method: 'PUT', body: JSON.stringify({ briefing: aBriefing() }), headers: { 'If-Match': '*' } },
    may: ['edits all', 'publishes all'],
    answer: 200,
    refusal: byToken,
  },
  {
    route: 'POST /api/v1/publish/:slug',
    path: `/api/v1/publish/${slug}`,
    init: { method: 'POST', body: JSON.stringify({ locales: ['en', 'es'] }) },
    may: ['publishes all'],
    answer: 200,
    refusal: byToken,
  },
  {
    route: 'POST /api/v1/withdraw/:locale/:slug',
    path: `/api/v1/withdraw/es/${slug}`,
    init: { method: 'POST' },
    may: ['publishes all'],
    answer: 200,
    refusal: byToken,
  },
  {
    route: 'POST /api/v1/remove/:slug',
    path: `/api/v1/remove/${slug}?dry-run=true`,
    init: { method: 'POST', body: JSON.stringify({ why: 'It was wrong.', confirm: slug }) },
    may: ['publishes all'],
    answer: 200,
    refusal: byToken,
  },
  ...(['PUT', 'DELETE'] as const).map((method) => ({
    route: `${method} /api/v1/members/:address/tier`,
    path: '/api/v1/members/nobody@example.org/tier',
    init: { method, ...(method === 'PUT' ? { body: JSON.stringify({ tier: 'public' }) } : {}) },
    may: ['gives tiers'] as const,
    answer: 404,
    refusal: byToken,
  })),
  {
    route: 'POST /api/v1/take-back/:slug',
    path: `/api/v1/take-back/${slug}`,
    init: { method: 'POST', body: JSON.stringify({ why: 'It was wrong.' }) },
    may: ['publishes all'],
    answer: 200,
    refusal: byToken,
  },
  { route: 'GET /api/v1/releases', path: '/api/v1/releases', may: ['publishes all'], answer: 200, refusal: byToken },
  {
    route: 'POST /api/v1/releases/:id/cancel',
    path: '/api/v1/releases/nothing/cancel',
    init: { method: 'POST' },
    may: ['publishes all'],
    answer: 404,
    refusal: byToken,
  },
]

/**
 * Every command. Commands are for whoever has the machine or the account that the database is in: no role is asked for. Each
 * says what of it is noted for good; one that changes who may do what and notes nothing would be a way around the log.
 */
export const commands: Readonly<Record<string, 'nothing is noted' | readonly string[]>> = {
  init: 'nothing is noted',
  migrate: 'nothing is noted',
  load: ['printed'],
  check: 'nothing is noted',
  publish: ['published', 'translation-approved', 'printed', 'release-scheduled'],
  withdraw: ['withdrawn', 'printed'],
  'take-back': ['taken-back', 'printed'],
  remove: ['taken-back', 'printed', 'removed'],
  'releases list': 'nothing is noted',
  'releases cancel': ['release-cancelled'],
  print: ['printed'],
  export: 'nothing is noted',
  import: ['translation-approved', 'printed'],
  pull: 'nothing is noted',
  push: ['printed'],
  changes: 'nothing is noted',
  confirm: ['printed'],
  mark: 'nothing is noted',
  draft: ['printed'],
  status: 'nothing is noted',
  mail: 'nothing is noted',
  newsletter: 'nothing is noted',
  backup: 'nothing is noted',
  audit: 'nothing is noted',
  'reports list': 'nothing is noted',
  'reports close': ['report-closed'],
  'comments list': 'nothing is noted',
  'comments accept': ['comment-accepted'],
  'comments refuse': ['comment-refused'],
  'people add': ['person-added', 'role-given'],
  'people role': ['role-given', 'role-taken'],
  'people tier': ['tier-changed'],
  'people remove': ['person-removed'],
  'people list': 'nothing is noted',
  'people token add': ['token-added'],
  'people token list': 'nothing is noted',
  'people token revoke': ['token-revoked'],
  'webhooks add': ['webhook-added'],
  'webhooks list': 'nothing is noted',
  'webhooks remove': ['webhook-removed'],
  'webhooks enable': ['webhook-enabled'],
  'webhooks rotate': ['webhook-rotated'],
  'webhooks deliveries': 'nothing is noted',
  'webhooks replay': ['webhook-replayed'],
  'webhooks test': 'nothing is noted',
}
