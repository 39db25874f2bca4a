import { wholeApp } from '../../src/apps/whole'
import { CountedLimits } from '../../src/delivery/limits'
import { heldPictures } from '../../src/sharing/pictures'
import type { LiveSite } from '../../src/site'
import { packFormats } from '../../src/translations/packs/pack'
import { asJson, fromOwnPage } from './members'

const slug = 'harbour-closes'
const origin = 'https://briefings.example'
const aSecret = `vern_${'A'.repeat(43)}`

/** One thing that the site says at an address: a route in one of its representations. */
export interface Output {
  /** The route that answers, as the program names it; `none` where no route does. */
  readonly route: string
  readonly name: string
  readonly path: (locale: string) => string
  readonly init?: RequestInit
  /** Whose texts it shows: a member's those of their tier, a program's those that its token sees, or all where it edits. Without it, nobody's. */
  readonly opens?: 'to members' | 'to programs' | 'to programs that edit'
  /** It tells of texts, by their names and number, and says none. */
  readonly isAboutTexts?: true
  /** Nobody keeps it, whoever asks. */
  readonly isPrivate?: true
  /** The languages in which it is there and says all texts; without it, every one. */
  readonly only?: readonly string[]
}

/** The languages into which `newsroomWithCanaries` has the briefing translated, for readers. */
export const translated: readonly string[] = ['es', 'fr', 'ar', 'ja', 'pl']

const api = '/api/v1'

/** What of the API is open, and to pages of other sites too: each route, and a path that it answers. */
export const openOfApi = [
  ['locales', 'locales'],
  ['briefings', 'briefings'],
  ['briefings/:slug', `briefings/${slug}`],
  ['briefings/:slug/editions', `briefings/${slug}/editions`],
  ['search', 'search?q=puerto'],
  ['glossary/:locale', 'glossary/es'],
] as const

const briefing = 'GET /:locale/briefings/:file'
const index = 'GET /:locale/'

/**
 * Every output of the site. Whatever shows the text of a briefing, or may be led to show it, has its row here; a route
 * without one fails the test.
 */
export const outputs: readonly Output[] = [
  { route: briefing, name: 'the page', path: (locale) => `/${locale}/briefings/${slug}`, opens: 'to members' },
  { route: briefing, name: 'the data', path: (locale) => `/${locale}/briefings/${slug}.json`, opens: 'to members' },
  { route: briefing, name: 'the text', path: (locale) => `/${locale}/briefings/${slug}.md`, opens: 'to members' },
  { route: briefing, name: 'the page at an address that it had', path: (locale) => `/${locale}/briefings/harbour-shuts` },
  { route: briefing, name: 'the data of a draft', path: (locale) => `/${locale}/briefings/not-yet.json` },
  { route: briefing, name: 'the page of a briefing that is not there', path: (locale) => `/${locale}/briefings/nowhere` },
  {
    route: 'GET /:locale/briefings/:slug/bilingual',
    name: 'the comparison',
    path: (locale) => `/${locale}/briefings/${slug}/bilingual`,
    opens: 'to members',
    only: translated,
  },
  {
    route: 'GET /:locale/briefings/:slug/changes',
    name: 'the changes',
    path: (locale) => `/${locale}/briefings/${slug}/changes`,
  },
  { route: 'GET /:page', name: 'a briefing at the address of a page without a language', path: () => `/${slug}` },
  { route: 'GET /:locale/:file', name: 'a briefing at the address of a page', path: (locale) => `/${locale}/${slug}` },
  {
    route: 'GET /:locale/:slug/bilingual',
    name: 'its comparison there',
    path: (locale) => `/${locale}/${slug}/bilingual`,
  },
  { route: 'GET /:locale/:slug/changes', name: 'its changes there', path: (locale) => `/${locale}/${slug}/changes` },
  { route: index, name: 'the index', path: (locale) => `/${locale}/` },
  {
    route: index,
    name: 'the narrowed index',
    path: (locale) => `/${locale}/?category=infrastructure&domain=infrastructure&impact=high&region=FR`,
  },
  { route: index, name: 'the index of this language', path: (locale) => `/${locale}/?only=${locale}` },
  { route: index, name: 'the index of what is not translated', path: (locale) => `/${locale}/?standing=not-yet` },
  { route: index, name: 'the index that was asked for amiss', path: (locale) => `/${locale}/?page=canary` },
  { route: 'GET /:locale/translations', name: 'the page of translations', path: (locale) => `/${locale}/translations` },
  { route: 'GET /:locale/confidence', name: 'the table of grades', path: (locale) => `/${locale}/confidence` },
  { route: 'GET /:locale/sign-in', name: 'the form to sign in with', path: (locale) => `/${locale}/sign-in` },
  {
    route: 'POST /:locale/sign-in',
    name: 'what is sent of it',
    path: (locale) => `/${locale}/sign-in`,
    init: fromOwnPage(origin, { address: 'someone', next: `/en/briefings/${slug}` }),
  },
  {
    route: 'POST /:locale/sign-in/passkey/options',
    name: 'what a passkey signs',
    path: (locale) => `/${locale}/sign-in/passkey/options`,
    init: asJson(origin, {}),
  },
  {
    route: 'POST /:locale/sign-in/passkey',
    name: 'a passkey that is none',
    path: (locale) => `/${locale}/sign-in/passkey`,
    init: asJson(origin, { credential: {} }),
  },
  { route: 'GET /:locale/account/passkeys', name: 'one’s passkeys', path: (locale) => `/${locale}/account/passkeys` },
  {
    route: 'POST /:locale/account/passkeys/options',
    name: 'what a new passkey signs',
    path: (locale) => `/${locale}/account/passkeys/options`,
    init: asJson(origin, {}),
  },
  {
    route: 'POST /:locale/account/passkeys',
    name: 'a new passkey that is none',
    path: (locale) => `/${locale}/account/passkeys`,
    init: asJson(origin, { credential: {} }),
  },
  {
    route: 'POST /:locale/account/passkeys/remove',
    name: 'a passkey that is not there to remove',
    path: (locale) => `/${locale}/account/passkeys/remove`,
    init: fromOwnPage(origin, { id: 'x' }),
  },
  { route: 'GET /account', name: 'the way to one’s account', path: () => '/account' },
  { route: 'GET /join/:tier', name: 'the way to the circle', path: () => '/join/circle' },
  { route: 'GET /join/:tier', name: 'the way to the alliance', path: () => '/join/alliance' },
  { route: 'GET /:locale/join/:tier', name: 'how one joins the circle', path: (locale) => `/${locale}/join/circle` },
  { route: 'GET /:locale/join/:tier', name: 'how one asks for the alliance', path: (locale) => `/${locale}/join/alliance` },
  { route: 'GET /:locale/account', name: 'one’s account', path: (locale) => `/${locale}/account` },
  { route: 'GET /:locale/account/export', name: 'what is kept of oneself', path: (locale) => `/${locale}/account/export` },
  { route: 'GET /:locale/account/delete', name: 'the page to give up an account', path: (locale) => `/${locale}/account/delete` },
  { route: 'GET /:locale/account/deleted', name: 'that an account was given up', path: (locale) => `/${locale}/account/deleted` },
  { route: 'GET /:locale/account/requests', name: 'requests that wait', path: (locale) => `/${locale}/account/requests` },
  {
    route: 'POST /:locale/join/:tier',
    name: 'a request that says nothing',
    path: (locale) => `/${locale}/join/alliance`,
    init: fromOwnPage(origin, { role: '' }),
  },
  {
    route: 'POST /:locale/account/language',
    name: 'a language that there is not',
    path: (locale) => `/${locale}/account/language`,
    init: fromOwnPage(origin, { locale: 'tlh' }),
  },
  {
    route: 'POST /:locale/account/sessions',
    name: 'a session that is not there',
    path: (locale) => `/${locale}/account/sessions`,
    init: fromOwnPage(origin, { session: 'x' }),
  },
  {
    route: 'POST /:locale/account/sign-out',
    name: 'signing out everywhere from another site',
    path: (locale) => `/${locale}/account/sign-out`,
    init: fromOwnPage('https://elsewhere.example'),
  },
  {
    route: 'POST /:locale/account/delete',
    name: 'giving up an account from another site',
    path: (locale) => `/${locale}/account/delete`,
    init: fromOwnPage('https://elsewhere.example'),
  },
  {
    route: 'POST /:locale/account/requests',
    name: 'a decision on a request that is not there',
    path: (locale) => `/${locale}/account/requests`,
    init: fromOwnPage(origin, { request: 'x', decision: 'granted' }),
  },
  {
    route: 'GET /:locale/briefings/:slug/follow',
    name: 'the page to follow a briefing',
    path: (locale) => `/${locale}/briefings/${slug}/follow`,
  },
  {
    route: 'POST /:locale/briefings/:slug/follow',
    name: 'following without an address',
    path: (locale) => `/${locale}/briefings/${slug}/follow`,
    init: fromOwnPage(origin, { wish: 'changes', address: 'someone' }),
  },
  { route: 'GET /:locale/follow/sent', name: 'that a link to confirm was sent', path: (locale) => `/${locale}/follow/sent` },
  { route: 'GET /:locale/follow/confirmed', name: 'that one follows', path: (locale) => `/${locale}/follow/confirmed` },
  {
    route: 'GET /:locale/follow/confirm/:secret',
    name: 'a link to confirm that is gone',
    path: (locale) => `/${locale}/follow/confirm/${aSecret}`,
  },
  {
    route: 'POST /:locale/follow/confirm/:secret',
    name: 'the button of a link to confirm that is gone',
    path: (locale) => `/${locale}/follow/confirm/${aSecret}`,
    init: fromOwnPage(origin),
  },
  { route: 'GET /:locale/follow/stop/:secret', name: 'a link to stop', path: (locale) => `/${locale}/follow/stop/${aSecret}` },
  {
    route: 'POST /:locale/follow/stop/:secret',
    name: 'the button of a link to stop',
    path: (locale) => `/${locale}/follow/stop/${aSecret}`,
    init: fromOwnPage(origin, { 'List-Unsubscribe': 'One-Click' }),
  },
  { route: 'GET /:locale/account/following', name: 'what one follows', path: (locale) => `/${locale}/account/following` },
  {
    route: 'POST /:locale/account/following',
    name: 'stopping what one does not follow',
    path: (locale) => `/${locale}/account/following`,
    init: fromOwnPage(origin, { stop: 'x' }),
  },
  { route: 'GET /:locale/newsletter', name: 'the form to get the newsletter', path: (locale) => `/${locale}/newsletter` },
  {
    route: 'POST /:locale/newsletter',
    name: 'asking for the newsletter without an address',
    path: (locale) => `/${locale}/newsletter`,
    init: fromOwnPage(origin, { rhythm: 'daily', locale: 'es', address: 'someone' }),
  },
  {
    route: 'GET /:locale/newsletter/sent',
    name: 'that a link to confirm the newsletter was sent',
    path: (locale) => `/${locale}/newsletter/sent`,
  },
  {
    route: 'GET /:locale/newsletter/confirmed',
    name: 'that one gets the newsletter',
    path: (locale) => `/${locale}/newsletter/confirmed`,
  },
  {
    route: 'GET /:locale/newsletter/confirm/:secret',
    name: 'a link to confirm the newsletter that is gone',
    path: (locale) => `/${locale}/newsletter/confirm/${aSecret}`,
  },
  {
    route: 'POST /:locale/newsletter/confirm/:secret',
    name: 'the button of a link to confirm the newsletter that is gone',
    path: (locale) => `/${locale}/newsletter/confirm/${aSecret}`,
    init: fromOwnPage(origin),
  },
  {
    route: 'GET /:locale/newsletter/stop/:secret',
    name: 'a link to stop the newsletter',
    path: (locale) => `/${locale}/newsletter/stop/${aSecret}`,
  },
  {
    route: 'POST /:locale/newsletter/stop/:secret',
    name: 'the button of a link to stop the newsletter',
    path: (locale) => `/${locale}/newsletter/stop/${aSecret}`,
    init: fromOwnPage(origin, { 'List-Unsubscribe': 'One-Click' }),
  },
  {
    route: 'GET /:locale/account/newsletter',
    name: 'how one gets the newsletter',
    path: (locale) => `/${locale}/account/newsletter`,
  },
  {
    route: 'POST /:locale/account/newsletter',
    name: 'stopping the newsletter from another site',
    path: (locale) => `/${locale}/account/newsletter`,
    init: fromOwnPage('https://elsewhere.example', { stop: 'all' }),
  },
  {
    route: 'GET /:locale/briefings/:slug/report',
    name: 'the page to report a problem',
    path: (locale) => `/${locale}/briefings/${slug}/report`,
    opens: 'to members',
    isPrivate: true,
    only: [...translated, 'ca'], // Catalan falls back to Spanish, which is a translation too.
  },
  {
    route: 'POST /:locale/briefings/:slug/report',
    name: 'a report on a text for members',
    path: (locale) => `/${locale}/briefings/${slug}/report`,
    init: fromOwnPage(origin, { segment: 'sections.insurers', kind: 'meaning' }),
  },
  {
    route: 'GET /:locale/briefings/:slug/report/sent',
    name: 'that a report was sent',
    path: (locale) => `/${locale}/briefings/${slug}/report/sent`,
  },
  { route: 'GET /:locale/briefings/:slug/comments', name: 'comments', path: (locale) => `/${locale}/briefings/${slug}/comments` },
  {
    route: 'POST /:locale/briefings/:slug/comments',
    name: 'a comment that says nothing',
    path: (locale) => `/${locale}/briefings/${slug}/comments`,
    init: fromOwnPage(origin, { text: '' }),
  },
  {
    route: 'GET /:locale/briefings/:slug/comments/held',
    name: 'that a comment is held',
    path: (locale) => `/${locale}/briefings/${slug}/comments/held`,
  },
  { route: 'GET /:locale/briefings/:slug/share', name: 'sharing', path: (locale) => `/${locale}/briefings/${slug}/share` },
  { route: 'GET /:locale/briefings/:slug/embed', name: 'the frame', path: (locale) => `/${locale}/briefings/${slug}/embed` },
  {
    route: 'GET /oembed',
    name: 'what is embedded',
    path: (locale) => `/oembed?url=${encodeURIComponent(`${origin}/${locale}/briefings/${slug}`)}`,
  },
  {
    route: 'GET /oembed',
    name: 'what is embedded, as XML, by an address that the briefing had',
    path: (locale) => `/oembed?format=xml&lang=${locale}&url=${encodeURIComponent(`${origin}/briefings/harbour-shuts`)}`,
  },
  { route: 'GET /cards/:file', name: 'a picture that there is not', path: () => `/cards/${'0'.repeat(32)}.png` },
  { route: 'GET /:locale/feed.xml', name: 'the feed', path: (locale) => `/${locale}/feed.xml` },
  { route: 'GET /:locale/feed.xml', name: 'the feed of everything', path: (locale) => `/${locale}/feed.xml?include=fallback` },
  { route: 'GET /:locale/feed.json', name: 'the feed as JSON', path: (locale) => `/${locale}/feed.json?include=fallback` },
  { route: 'GET /robots.txt', name: 'what crawlers are told', path: () => '/robots.txt' },
  { route: 'GET /llms.txt', name: 'what language models are told', path: () => '/llms.txt' },
  { route: 'GET /sitemap.xml', name: 'the index of sitemaps', path: () => '/sitemap.xml' },
  { route: 'GET /:file{sitemap-.+-[0-9]+\\.xml}', name: 'a sitemap', path: (locale) => `/sitemap-${locale}-0.xml` },
  { route: 'GET /sitemap-site.xml', name: 'the sitemap of pages that are no briefings', path: () => '/sitemap-site.xml' },
  { route: 'GET /news-sitemap.xml', name: 'the sitemap of what is new', path: () => '/news-sitemap.xml' },
  {
    route: 'GET /:locale/search',
    name: 'what is found',
    path: (locale) => `/${locale}/search?q=canary`,
    opens: 'to members',
    isPrivate: true,
    isAboutTexts: true,
  },
  {
    route: 'GET /:locale/search.json',
    name: 'what is found, as data',
    path: (locale) => `/${locale}/search.json?q=canary`,
    opens: 'to members',
    isPrivate: true,
    isAboutTexts: true,
  },
  { route: 'GET /:locale/sign-in/sent', name: 'that a link was sent', path: (locale) => `/${locale}/sign-in/sent` },
  { route: 'GET /:locale/sign-in/:secret', name: 'a link that is gone', path: (locale) => `/${locale}/sign-in/${aSecret}` },
  {
    route: 'POST /:locale/sign-in/:secret',
    name: 'the button of a link that is gone',
    path: (locale) => `/${locale}/sign-in/${aSecret}`,
    init: fromOwnPage(origin),
  },
  {
    route: 'POST /:locale/sign-out',
    name: 'signing out from another site',
    path: (locale) => `/${locale}/sign-out`,
    init: fromOwnPage('https://elsewhere.example'),
  },
  { route: 'GET /', name: 'the front door', path: () => '/' },
  { route: 'GET /sign-in', name: 'the way to sign in', path: () => '/sign-in' },
  { route: 'GET /briefings/:slug', name: 'a briefing in no language', path: () => `/briefings/${slug}` },
  { route: 'GET /healthz', name: 'whether the site is well', path: () => '/healthz' },
  { route: 'GET /readyz', name: 'whether the site can write', path: () => '/readyz' },
  {
    route: 'POST /language',
    name: 'the choice of a language',
    path: () => '/language',
    init: { ...fromOwnPage(origin, { locale: 'es' }), headers: { Origin: origin, Referer: `${origin}/en/briefings/${slug}` } },
  },
  {
    route: 'GET /api/v1/status',
    name: 'the status',
    path: (locale) => `/api/v1/status?locale=${locale}`,
    opens: 'to programs',
    isAboutTexts: true,
  },
  ...packFormats.map((format) => ({
    route: 'GET /api/v1/packs/:locale/:slug',
    name: `the pack as ${format}`,
    path: (locale: string) => `/api/v1/packs/${locale}/${slug}?format=${format}&copy-source=true`,
    opens: 'to programs' as const,
  })),
  {
    route: 'POST /api/v1/packs',
    name: 'a pack that is sent',
    path: () => `/api/v1/packs?file=${slug}.json&dry-run=true`,
    init: { method: 'POST', body: '{"locale": "es"' },
  },
  { route: 'GET /api/v1/locales', name: 'the languages', path: () => `${api}/locales` },
  { route: 'GET /api/v1/briefings', name: 'the list of briefings', path: (locale) => `${api}/briefings?locale=${locale}` },
  {
    route: 'GET /api/v1/briefings',
    name: 'the narrowed list of briefings',
    path: (locale) => `${api}/briefings?locale=${locale}&only=true&category=infrastructure&domain=infrastructure&region=FR`,
  },
  {
    route: 'GET /api/v1/briefings/:slug',
    name: 'the briefing',
    path: (locale) => `${api}/briefings/${slug}?locale=${locale}`,
    opens: 'to programs',
  },
  {
    route: 'GET /api/v1/briefings/:slug',
    name: 'the briefing at an address that it had',
    path: (locale) => `${api}/briefings/harbour-shuts?locale=${locale}`,
  },
  { route: 'GET /api/v1/briefings/:slug', name: 'a draft', path: (locale) => `${api}/briefings/not-yet?locale=${locale}` },
  { route: 'GET /api/v1/briefings/:slug/editions', name: 'its languages', path: () => `${api}/briefings/${slug}/editions` },
  { route: 'GET /api/v1/briefings/:slug/editions', name: 'those of a draft', path: () => `${api}/briefings/not-yet/editions` },
  {
    route: 'GET /api/v1/search',
    name: 'what is found, for programs',
    path: (locale) => `${api}/search?q=canary&locale=${locale}`,
    opens: 'to programs',
    isAboutTexts: true,
  },
  { route: 'GET /api/v1/glossary/:locale', name: 'the glossary', path: (locale) => `${api}/glossary/${locale}` },
  {
    route: 'GET /api/v1/memory/:locale',
    name: 'the memory',
    path: (locale) => `${api}/memory/${locale}?text=${encodeURIComponent('Repairs take weeks. And canary-alliance more.')}`,
    opens: 'to programs',
    isAboutTexts: true,
  },
  {
    route: 'GET /api/v1/translations/:locale',
    name: 'the translations by their revisions',
    path: (locale) => `${api}/translations/${locale}`,
    opens: 'to programs',
    isAboutTexts: true,
  },
  {
    route: 'GET /api/v1/translations/:locale/:slug',
    name: 'the translation',
    path: (locale) => `${api}/translations/${locale}/${slug}`,
    opens: 'to programs',
    only: ['es', 'fr', 'ar', 'pl', 'de', 'it'], // It says translations, and no English.
  },
  {
    route: 'PUT /api/v1/translations/:locale/:slug',
    name: 'a translation that is changed',
    path: (locale) => `${api}/translations/${locale}/${slug}?dry-run=true`,
    init: { method: 'PUT', body: '{"locale": "es"', headers: { 'If-Match': '*' } },
  },
  { route: 'GET /api/v1/releases', name: 'what is scheduled', path: () => `${api}/releases`, opens: 'to programs that edit' },
  {
    route: 'POST /api/v1/releases/:id/cancel',
    name: 'the cancelling of what is scheduled',
    path: () => `${api}/releases/none/cancel`,
    opens: 'to programs that edit',
    init: { method: 'POST' },
  },
  {
    route: 'GET /api/v1/sources',
    name: 'the briefings of any state',
    path: () => `${api}/sources`,
    opens: 'to programs that edit',
    isAboutTexts: true,
  },
  {
    route: 'GET /api/v1/sources/:slug',
    name: 'the English',
    path: () => `${api}/sources/${slug}`,
    opens: 'to programs that edit',
  },
  {
    route: 'PUT /api/v1/sources/:slug',
    name: 'the English that is changed',
    path: () => `${api}/sources/${slug}?dry-run=true`,
    init: { method: 'PUT', body: '{"briefing": {', headers: { 'If-Match': '*' } },
  },
  ...(['PUT', 'DELETE'] as const).map((method) => ({
    route: `${method} /api/v1/members/:address/tier`,
    name: `what somebody may read, by ${method}`,
    path: () => `${api}/members/nobody@example.org/tier`,
    init: { method, ...(method === 'PUT' ? { body: '{"tier": "' } : {}) },
  })),
  ...(['publish', 'take-back', 'remove', 'withdraw/es'] as const).map((act) => ({
    route: `POST /api/v1/${act === 'withdraw/es' ? 'withdraw/:locale' : act}/:slug`,
    name: `the act ${act}`,
    path: () => `${api}/${act}/${slug}?dry-run=true`,
    init: { method: 'POST', body: act === 'publish' ? '{"locales": ["es"' : '{"why": "' },
  })),
  ...openOfApi.map(([route, path]) => ({
    route: `OPTIONS ${api}/${route}`,
    name: `whether other sites may ask for ${path}`,
    path: () => `${api}/${path}`,
    init: { method: 'OPTIONS' },
  })),
  { route: 'GET /api/openapi.json', name: 'the document of the API', path: () => '/api/openapi.json' },
  {
    route: 'OPTIONS /api/openapi.json',
    name: 'whether other sites may ask for it',
    path: () => '/api/openapi.json',
    init: { method: 'OPTIONS' },
  },
  { route: 'GET /api/docs', name: 'the page of the API', path: () => '/api/docs' },
  { route: 'GET /outbox', name: 'the outbox, which only a developer has', path: () => '/outbox' },
  { route: 'GET /outbox/:id', name: 'a mail in it', path: () => '/outbox/1' },
  { route: 'none', name: 'an address that is not there', path: (locale) => `/${locale}/${slug}` },
  { route: 'none', name: 'a language that is not there', path: () => `/xx/briefings/${slug}` },
  { route: 'none', name: 'another spelling of a language', path: (locale) => `/${locale.toUpperCase()}/briefings/${slug}` },
  {
    route: 'none',
    name: 'a method that is not allowed',
    path: (locale) => `/${locale}/briefings/${slug}`,
    init: { method: 'DELETE' },
  },
]

/** The routes that a site has, each once: its method and its pattern. What stands before routes is none. */
export function routesOf(site: LiveSite): readonly string[] {
  const { routes } = wholeApp({
    site,
    newsroom: site,
    limits: new CountedLimits(),
    render: () => Promise.reject(),
    pictures: heldPictures(),
  })
  return [...new Set(routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`))]
}
