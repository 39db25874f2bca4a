import { type Contents, partnership } from './contents'
import { type Asked, aForm, asJson, origin } from './request'

const preferred = ['de', 'pt-PT, en;q=0.5', 'ja', 'zh-CN', 'zh-TW', 'ar-EG', 'ca', 'fr;q=0, it;q=0.1', 'xx', '*', '']
const elsewhere = 'https://elsewhere.example'

const paths: readonly string[] = [
  '/robots.txt',
  '/llms.txt',
  '/sitemap.xml',
  '/sitemap-site.xml',
  '/news-sitemap.xml',
  '/healthz',
  '/readyz',
  '/outbox',
  '/outbox/1',
  '/api/docs',
  '/api/openapi.json',
  '/api/v1/locales',
  '/api/v1/briefings?category=x',
  '/api/v1/sources',
  `/api/v1/sources/${partnership}`,
  '/api/v1/status',
  '/api/v1/translations/es',
  `/api/v1/packs/es/${partnership}`,
  '/api/nothing',
  '/oembed',
  `/oembed?format=yaml&url=${origin}/en/briefings/${partnership}`,
  `/cards/${'0'.repeat(32)}.png`,
  '/cards/x',
  '/assets/nothing.css',
  '/favicon.ico',
  '/xx/',
  '/%zz',
  '/zh-CN/',
  '/en-GB/confidence',
  '/en//',
  '/EN/',
]

/** Where a language is chosen for the reader. */
const negotiated = ['/sign-in', '/account', '/join/circle', '/join/alliance', `/briefings/${partnership}?x=1`, '/nothing']

/** What is asked without a language, by those who are not signed in. */
export const siteSeeds = ({ slugs, formerSlugs }: Contents): readonly Asked[] => [
  ...paths.map((path) => ({ path })),
  ...preferred.map((wanted) => ({ path: '/', headers: { 'Accept-Language': wanted } })),
  ...negotiated.flatMap((path) => [{ path }, { path, headers: { 'Accept-Language': 'pl' } }]),
  ...[...slugs, ...formerSlugs].flatMap((slug) =>
    ['', '/editions'].map((what) => ({ path: `/api/v1/briefings/${slug}${what}` })),
  ),
  ...requests,
]

/** Requests that are more than an address. */
const requests: readonly Asked[] = [
  { path: '/join/circle', headers: { Referer: `${origin}/ja/confidence` } },
  ...['/nothing', '/api/v1/nothing', '/api/v1/status', '/oembed'].map((path) => ({
    path,
    headers: { Accept: 'application/json' },
  })),
  { path: '/en/', headers: { 'If-None-Match': '*' } },
  { path: '/api/v1/locales', headers: { 'If-None-Match': '*' } },
  { path: '/api/v1/locales', headers: { Authorization: `Bearer vern_${'B'.repeat(43)}` } },
  { path: '/api/v1/locales', headers: { Origin: elsewhere } },
  ...['/en/', `/de/briefings/${partnership}`, '/en/feed.xml', '/nothing'].map((path) => ({ path, method: 'HEAD' as const })),
  ...['/api/v1/locales', '/api/v1/status', '/api/openapi.json', '/en/'].map((path) => ({ path, method: 'OPTIONS' as const })),
  ...['/en/', '/en/sign-in', '/api/v1/locales', '/nothing'].map((path) => ({ path, method: 'DELETE' as const })),
  { path: `/api/v1/sources/${partnership}`, method: 'PUT', body: '{' },
  { ...aForm('/language', 'locale=es'), headers: { ...aForm('', '').headers, Referer: `${origin}/en/confidence` } },
  aForm('/language', 'locale=pl'),
  aForm('/language', 'locale=tlh'),
  ...['/language', '/en/sign-out', '/en/account/delete', '/en/account/sign-out', '/en/sign-in'].map((path) =>
    aForm(path, 'locale=es', elsewhere),
  ),
  asJson('/en/sign-in/passkey/options', {}),
  asJson('/en/sign-in/passkey', { credential: {} }),
  asJson('/en/account/passkeys/options', {}),
  asJson('/en/account/passkeys', { credential: {} }),
  asJson('/en/account/passkeys', { credential: 'x'.repeat(20_000) }),
]

/** What is asked by a program that has a token for everything. Nothing of it is changed. */
export function programSeeds({ locales, slugs }: Contents): readonly Asked[] {
  const translated = locales.filter((locale) => locale !== 'en')
  const addresses = [
    ...['status', 'status?limit=2', 'sources', 'sources?limit=2', 'briefings', 'translations/xx', 'packs/es/nothing'],
    ...slugs.flatMap((slug) => [`sources/${slug}`, `briefings/${slug}`]),
    ...translated.flatMap((locale) => [
      `status?locale=${locale}`,
      `translations/${locale}`,
      `memory/${locale}?text=${encodeURIComponent('Mistral closes its flagship and opens a chat window')}`,
      ...slugs.map((slug) => `translations/${locale}/${slug}`),
      ...['xliff', 'xliff12', 'po', 'json'].map((format) => `packs/${locale}/${partnership}?format=${format}&copy-source=true`),
    ]),
    ...slugs.map((slug) => `packs/de/${slug}?only=missing`),
  ]
  const trial = { Accept: 'application/json', 'If-Match': '*' }
  return [
    ...addresses.map((asked) => ({ path: `/api/v1/${asked}` })),
    { path: `/api/v1/packs?file=${partnership}.json&dry-run=true`, method: 'POST', headers: trial, body: '{"locale": "es"' },
    { path: `/api/v1/translations/es/${partnership}?dry-run=true`, method: 'PUT', headers: trial, body: '{"locale": "es"' },
    { path: `/api/v1/sources/${partnership}?dry-run=true`, method: 'PUT', headers: trial, body: '{"briefing": {' },
    { path: `/api/v1/sources/${partnership}?dry-run=true`, method: 'PUT', body: '{}' },
  ]
}
