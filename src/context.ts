import type { Context as HonoContext } from 'hono'
import type { Limits } from './delivery/limits'
import type { Frame } from './editions/print'
import type { Words } from './language/catalog'
import type { Locale } from './language/locale'
import type { Visitor } from './members/person'
import type { Draw } from './sharing/drawing'
import type { InTurn } from './sharing/turns'
import type { LiveSite } from './site'

/** What a door may tell a request: the number under which it is logged, and where to log. */
export interface Bindings {
  readonly requestId?: string
  /** The network that the request came from, by which some things are limited. */
  readonly network?: string
  readonly log?: (entry: Readonly<Record<string, unknown>>) => void
}

/** What every handler finds in `c.var`. `createApp` sets it, and the middleware of `/:locale` sets the last two. */
interface Variables {
  /** The site with the database that readers are answered from, which may be a moment behind. */
  readonly site: LiveSite
  /** The same site with the primary database: what decides a right or a revision is asked here. */
  readonly newsroom: LiveSite
  readonly limits: Limits
  readonly draw: Draw
  /** Pictures are drawn one at a time. */
  readonly inTurn: InTurn
  /** The frame of the site's pages in a locale, made once. */
  readonly frame: (locale: Locale) => Frame<string>
  /** Who is signed in, looked up once and only where somebody asks. */
  readonly visitor: () => Promise<Visitor | undefined>
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
export type RequestContext = HonoContext<Context>
