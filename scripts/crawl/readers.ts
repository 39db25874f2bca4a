import type { Contents } from './contents'
import type { Reader } from './crawling'
import { accountSeeds, localeSeeds, visitorSeeds } from './locale-seeds'
import { secretOf } from './rows'
import { programSeeds, siteSeeds } from './site-seeds'

/** Everybody who reads a site. */
export function readersOf(contents: Contents): readonly Reader[] {
  const inEach = contents.locales.flatMap((locale) => localeSeeds(locale, contents))
  const signedIn = (name: string) => ({ Cookie: `__Host-session=${secretOf(name)}` })
  const members = ['circle', 'alliance'].map((tier) => ({
    tier,
    headers: signedIn(tier),
    seeds: inEach,
    // What is the same for everyone was asked already, and lists are narrowed for everyone alike.
    follows: (path: string) => !/^\/(assets|cards|api)\/|^\/oembed|\?/.test(path),
  }))
  return [
    {
      tier: 'public',
      headers: {},
      seeds: [...siteSeeds(contents), ...inEach, ...contents.locales.flatMap(visitorSeeds)],
      follows: () => true,
    },
    ...members,
    {
      tier: 'editor',
      headers: signedIn('editor'),
      seeds: contents.locales.flatMap(accountSeeds),
      follows: () => false,
    },
    {
      tier: 'program',
      headers: { Accept: 'application/json', Authorization: `Bearer ${secretOf('program')}` },
      seeds: programSeeds(contents),
      follows: () => false,
      isSlow: true, // Each answer tells how many more may be asked.
    },
  ]
}

/** A developer, who looks at what only they have. */
export function developersReader(contents: Contents): Reader {
  const pseudo = ['en-XA', 'ar-XB']
  return {
    tier: 'public',
    headers: {},
    seeds: [
      ...['/outbox', '/outbox/mail-waiting', '/robots.txt', '/en/'].map((path) => ({ path })),
      ...pseudo.flatMap((locale) => localeSeeds(locale, contents)),
    ],
    follows: (path) => pseudo.some((locale) => path.startsWith(`/${locale}/`)),
  }
}
