import type { Context } from 'hono'
import type { Bindings, Variables } from '../context'
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
export const addressOfVisitor = async ({ var: { visitor } }: Context<MemberContext>): Promise<string | undefined> =>
  (await visitor())?.person.address
