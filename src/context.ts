import type { Context as HonoContext } from 'hono'
import type { Limits } from './delivery/limits'
import type { Coding } from './delivery/policy'
import type { Words } from './language/catalog'
import type { Locale } from './language/locale'
import type { LiveSite } from './site'

/** What a door may hand to a request: the id that its log lines have, and where to log. */
export interface Bindings {
  readonly requestId?: string
  /** The coding that the reader takes, if the door compresses nothing itself. An answer that is there in both forms depends on it. */
  readonly coding?: Coding | undefined
  /** The network that the request came from. Some limits count by it. */
  readonly network?: string
  readonly log?: (entry: Readonly<Record<string, unknown>>) => void
}

/**
 * What every handler finds in `c.var`. `createApp` sets it; the middleware of `/:locale` sets the last two. This file knows no slice:
 * a slice that finds more there has a context of its own (`members/visitor.ts`, `sharing/turns.ts`).
 */
export interface Variables {
  /** The site with the database for readers, which may be a moment behind. */
  readonly site: LiveSite
  /** The same site with the primary database. Rights and revisions are always read here. */
  readonly newsroom: LiveSite
  readonly limits: Limits
  /** The frame of pages in a locale, made once. A page's own pieces go between its four. */
  readonly frame: (locale: Locale) => readonly [string, string, string, string]
  /** The locale that the address names. It is always an open one. */
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
