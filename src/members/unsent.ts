import { parse } from 'hono/utils/cookie'
import { isSecret } from '../secrets/secret'
import type { Visitor } from './person'

/** A form's fields by their names. */
export type Fields = Readonly<Record<string, string>>

/** How long what could not be sent is kept, in milliseconds. */
export const unsentFor = 3_600_000

/** How many such forms of one person are kept. The oldest goes first. */
export const unsentMost = 5

/**
 * Whether a form comes from the person for whom it was made, by its hidden field. `false` if nobody is signed in, or somebody else by now.
 * A form without that field is its sender's.
 */
export const isOfWriter = (visitor: Visitor | undefined, { writer }: Fields): visitor is Visitor =>
  visitor !== undefined && (writer ?? visitor.person.id) === visitor.person.id

/** Like `cookieName` of a session. */
const cookieName = (origin: string) => (origin.startsWith('https:') ? '__Secure-unsent' : 'unsent')

/** The secret of what the browser could not send from this form, or `undefined`. */
export function unsentIn(origin: string, cookies: string | undefined): string | undefined {
  const name = cookieName(origin)
  const secret = parse(cookies ?? '', name)[name]
  return secret !== undefined && isSecret(secret) ? secret : undefined
}

/** The headers by which the browser keeps the secret of what it could not send just now; none if nothing was kept. */
export const rememberUnsent = (request: Request, origin: string, secret: string | undefined) =>
  secret === undefined ? {} : unsentCookie(request, origin, secret, unsentFor / 1000)

/** The headers by which the browser forgets what it sent just now, if it was kept. */
export const forgetUnsent = (request: Request, origin: string) =>
  unsentIn(origin, request.headers.get('Cookie') ?? undefined) === undefined ? {} : unsentCookie(request, origin, '', 0)

/** Its path is that of the form, as the browser has it. So each form has its own. */
function unsentCookie(request: Request, origin: string, secret: string, age: number): { readonly 'Set-Cookie': string } {
  const { pathname } = new URL(request.url)
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  return { 'Set-Cookie': `${cookieName(origin)}=${secret}; Path=${pathname}; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}` }
}
