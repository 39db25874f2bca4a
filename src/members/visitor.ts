import type { Tier } from '../briefings/vocabulary'
import type { Bindings, RequestContext, Variables } from '../context'
import type { Visitor } from './person'

/** What routes are typed with that may ask who is signed in. */
export interface MemberContext {
  readonly Bindings: Bindings
  readonly Variables: Variables & {
    /** Who is signed in, looked up once and only where somebody asks. */
    readonly visitor: () => Promise<Visitor | undefined>
  }
}

/** The address of the one who asks, where they are signed in. */
export const addressOfVisitor = async ({ var: { visitor } }: RequestContext<MemberContext>): Promise<string | undefined> =>
  (await visitor())?.person.address

/** What the one who asks may open. */
export const tierOfVisitor = async ({ var: { visitor } }: RequestContext<MemberContext>): Promise<Tier> =>
  (await visitor())?.person.tier ?? 'public'
