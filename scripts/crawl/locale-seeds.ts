import { type Contents, partnership } from './contents'
import { type Asked, aForm, origin } from './request'
import { secretOf } from './rows'

const gone = `vern_${'A'.repeat(43)}`
const onBriefings = ['', '.json', '.md', '/bilingual', '/changes', '/share', '/embed', '/follow', '/report', '/comments']

const pages: readonly string[] = [
  '',
  '?only=x',
  '?category=nothing',
  '?page=2',
  '?after=0~x',
  '?region=EU&impact=high&standing=current',
  'confidence',
  'translations',
  'nothing-here',
  'newsletter',
  'newsletter/sent',
  'newsletter/confirmed',
  `newsletter/confirm/${secretOf('newsletter')}`,
  `newsletter/confirm/${gone}`,
  `newsletter/stop/${gone}`,
  'follow/sent',
  'follow/confirmed',
  `follow/confirm/${secretOf('follow')}`,
  `follow/confirm/${gone}`,
  `follow/stop/${gone}`,
  'sign-in',
  'sign-in/sent',
  `sign-in/${secretOf('sign-in')}`,
  `sign-in/${gone}`,
  'join/circle',
  'join/alliance',
  'search.json?q=mistral&region=FR',
  'feed.xml?include=fallback',
  'feed.json?include=fallback',
  'feed.xml?region=EU',
  'feed.xml?archive=1',
  'feed.json?archive=2&include=fallback',
  'feed.xml?archive=x',
  `briefings/${partnership}/report/sent`,
  `briefings/${partnership}/comments/held`,
  `briefings/${partnership}/nothing`,
]

const searched = ['mistral', 'mistrall', 'asociación', 'Partnerschaft', 'الشراكة', '提携', '"le chat" -azure', 'xyzzy', '']

/** Pages of one's account. */
export const accountSeeds = (locale: string): readonly Asked[] =>
  ['', '/passkeys', '/export', '/delete', '/deleted', '/requests', '/following', '/newsletter'].map((page) => ({
    path: `/${locale}/account${page}`,
  }))

/** What is asked in each language by whoever it is: one of each kind of page, whether a link leads to it or not. */
export const localeSeeds = (locale: string, { slugs, formerSlugs }: Contents): readonly Asked[] => [
  ...pages.map((page) => ({ path: `/${locale}/${page}` })),
  ...searched.map((typed) => ({ path: `/${locale}/search?q=${encodeURIComponent(typed)}` })),
  ...[...slugs, ...formerSlugs, 'nothing'].flatMap((slug) =>
    onBriefings.map((way) => ({ path: `/${locale}/briefings/${slug}${way}` })),
  ),
  ...accountSeeds(locale),
  ...[`/${locale}`, `/${locale}/briefings`, `/${locale.toUpperCase()}/confidence`].map((path) => ({ path })),
  { path: `/${locale}/nothing-here`, headers: { Accept: 'application/json' } },
  { path: `/${locale}/briefings/${partnership}`, headers: { Accept: 'text/markdown' } },
  aForm(`/${locale}/join/alliance`, 'role='),
  aForm(`/${locale}/briefings/${partnership}/report`, 'segment=nothing&kind=meaning'),
  aForm(`/${locale}/briefings/${partnership}/comments`, 'text='),
  aForm(`/${locale}/account/language`, 'locale=tlh'),
  aForm(`/${locale}/account/passkeys/remove`, 'id=nothing'),
  aForm(`/${locale}/account/sessions`, 'session=nothing'),
]

/** What is asked in each language by those alone who are not signed in. Their forms say nothing that could be of use. */
export const visitorSeeds = (locale: string): readonly Asked[] => [
  { path: '/', headers: { Cookie: `locale=${locale}` } },
  { path: '/api/v1/briefings', headers: { 'Accept-Language': locale } },
  ...[
    ...[`/sitemap-${locale}-0.xml`, `/sitemap-${locale}-1.xml`],
    `/oembed?format=xml&lang=${locale}&url=${origin}/briefings/${partnership}`,
    `/oembed?maxwidth=300&maxheight=200&url=${origin}/${locale}/briefings/${partnership}`,
    `/api/v1/briefings?locale=${locale}`,
    `/api/v1/briefings?locale=${locale}&only=true&region=FR`,
    `/api/v1/briefings/${partnership}?locale=${locale}`,
    `/api/v1/search?locale=${locale}&q=mistral`,
    `/api/v1/glossary/${locale}`,
    `/api/v1/memory/${locale}?text=x`,
  ].map((path) => ({ path })),
  aForm(`/${locale}/sign-in`, 'address=someone&next=/en/'),
  aForm(`/${locale}/sign-in/${gone}`, ''),
  aForm(`/${locale}/briefings/${partnership}/follow`, 'wish=changes&address=someone'),
  aForm(`/${locale}/follow/confirm/${gone}`, ''),
  aForm(`/${locale}/follow/stop/${gone}`, 'List-Unsubscribe=One-Click'),
  aForm(`/${locale}/newsletter`, `rhythm=daily&locale=${locale}&address=someone`),
  aForm(`/${locale}/newsletter/confirm/${gone}`, ''),
  aForm(`/${locale}/newsletter/stop/${gone}`, 'List-Unsubscribe=One-Click'),
]
