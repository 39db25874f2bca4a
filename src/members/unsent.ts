import { parse } from 'hono/utils/cookie'
import { isSecret } from '../secrets/secret'
import type { Visitor } from './person'

/** A form's fields by their names. */
export type Fields = Readonly<Record<string, string>>

/** How long what could not be sent is kept, in milliseconds. */
export const unsentFor = 3_600_000

/** How many such forms of one person are kept. The oldest goes first. */
export const unsentMost = 5

/** Whether a form comes from the person for whom it was made, by its hidden field. `false` if nobody is signed in, or somebody else by now. */
export const isOfWriter = (visitor: Visitor | undefined, { writer }: Fields): visitor is Visitor =>
  visitor !== undefined && (writer ?? visitor.person.id) === visitor.person.id

/** Like `cookieName` of a session. Its path is that of the form, so that each form has its own. */
const cookieName = (origin: string) => (origin.startsWith('https:') ? '__Secure-unsent' : 'unsent')

/** The secret of what the browser could not send from this form, or `undefined`. */
export function unsentIn(origin: string, cookies: string | undefined): string | undefined {
  const name = cookieName(origin)
  const secret = parse(cookies ?? '', name)[name]
  return secret !== undefined && isSecret(secret) ? secret : undefined
}

/** The headers by which the browser forgets what it sent just now, if it was kept. */
export const forgetUnsent = (request: Request, origin: string) =>
  unsentIn(origin, request.headers.get('Cookie') ?? undefined) === undefined
    ? {}
    : unsentCookie(origin, new URL(request.url).pathname, undefined)

/** The headers by which the browser keeps the secret for the form at this path; without a secret, those by which it forgets it. */
export function unsentCookie(origin: string, path: string, secret: string | undefined): { readonly 'Set-Cookie': string } {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  const age = secret === undefined ? 0 : unsentFor / 1000
  return { 'Set-Cookie': `${cookieName(origin)}=${secret ?? ''}; Path=${path}; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}` }
}
