import type { Context as HonoContext } from 'hono'
import type { Limits } from './delivery/limits'
import type { Words } from './language/catalog'
import type { Locale } from './language/locale'
import type { LiveSite } from './site'

/** What a door may tell a request: the number under which it is logged, and where to log. */
export interface Bindings {
  readonly requestId?: string
  /** The network that the request came from, by which some things are limited. */
  readonly network?: string
  readonly log?: (entry: Readonly<Record<string, unknown>>) => void
}

/**
 * What every handler finds in `c.var`. `createApp` sets it, and the middleware of `/:locale` sets the last two. A slice that finds more
 * there says so in a context of its own (`members/visitor.ts`, `sharing/turns.ts`): this file knows no slice.
 */
export interface Variables {
  /** The site with the database that readers are answered from, which may be a moment behind. */
  readonly site: LiveSite
  /** The same site with the primary database: what decides a right or a revision is asked here. */
  readonly newsroom: LiveSite
  readonly limits: Limits
  /** The frame of the site's pages in a locale, made once: the four pieces between which a page's own stand. */
  readonly frame: (locale: Locale) => readonly [string, string, string, string]
  /** The locale that the address names. It is open: an address with any other is not found. */
  readonly locale: Locale
  readonly words: Words
}

/** What routes are typed with: `new Hono<Context>()`. */
export interface Context {
  readonly Bindings: Bindings
  readonly Variables: Variables
}

/** The `c` of a handler. */
export type RequestContext<Found extends Context = Context> = HonoContext<Found>
