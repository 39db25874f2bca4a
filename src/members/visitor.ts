import type { Tier } from '../briefings/vocabulary'
import type { Bindings, RequestContext, Variables } from '../context'
import type { Visitor } from './person'

/** What routes are typed with that may ask who is signed in. */
export interface MemberContext {
  readonly Bindings: Bindings
  readonly Variables: Variables & {
    /** Who is signed in. Looked up at most once, and only if needed. */
    readonly visitor: () => Promise<Visitor | undefined>
  }
}

/** The visitor's address, if they are signed in. */
export const addressOfVisitor = async (c: RequestContext<MemberContext>): Promise<string | undefined> =>
  (await c.get('visitor')())?.person.address

/** The visitor's tier. */
export const tierOfVisitor = async (c: RequestContext<MemberContext>): Promise<Tier> =>
  (await c.get('visitor')())?.person.tier ?? 'public'
