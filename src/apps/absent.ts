import type { Hono } from 'hono'
import type { Context } from '../context'
import type { Features } from '../settings/settings'
import { refusal } from '../ui/refusal'

/** Where a site has what it may do without. Nobody can be asked to sign in where no one can join. */
const addresses: Readonly<Record<Exclude<keyof Features, 'fullTextFeeds'>, readonly string[]>> = {
  newsletter: ['/:locale/newsletter/*', '/:locale/account/newsletter'],
  following: ['/:locale/follow/*', '/:locale/briefings/:slug/follow/*', '/:locale/account/following'],
  reports: ['/:locale/briefings/:slug/report/*'],
  comments: ['/:locale/briefings/:slug/comments/*'],
  membership: [
    ...['/sign-in', '/account', '/join/*'],
    ...['sign-in', 'sign-out', 'account', 'join'].map((name) => `/:locale/${name}/*`),
  ],
  searchEngines: ['/sitemap.xml', '/news-sitemap.xml', '/:file{sitemap-.+\\.xml}', '/llms.txt'],
}

/** Answers 404 at every address of what this site does without, whatever the method. Comes before the routes. */
export function forgo(app: Hono<Context>, features: Features): void {
  const names = Object.keys(addresses) as (keyof typeof addresses)[]
  for (const name of names.filter((each) => !features[each])) {
    for (const path of addresses[name]) app.all(path, (c) => refusal(c, 'not_found'))
  }
}
