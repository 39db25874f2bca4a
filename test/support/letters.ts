import type { Tier } from '../../src/briefings/vocabulary'
import { dangersIn } from './html'
import { signedIn } from './members'
import type { Newsroom } from './newsroom'

/** Somebody who is signed in. */
export interface Member {
  readonly id: string
  readonly address: string
  readonly cookie: string
}

/** Signs somebody in who reads Spanish. */
export async function signIn(
  newsroom: Newsroom,
  address = 'ada@example.com',
  tier: Exclude<Tier, 'public'> = 'circle',
): Promise<Member> {
  const { person, cookie } = await signedIn(newsroom, address, { locale: 'es', tier })
  return { id: person.id, address, cookie }
}

/** Sends a form as a browser does from a page of this site; `headers` add to or replace what it sends. */
export function send(
  { ask, origin }: Newsroom,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return ask(path, { method: 'POST', body, headers: { Accept: 'text/html', Origin: origin, ...headers } })
}

/** What in a page could run or lead away, but for the fields that it has itself. */
export const dangersBesideFields = (html: string) => dangersIn(html).filter((danger) => danger !== '<textarea>')

/** What nobody can see, or what would disturb whoever reads it, each with a name. */
export const unreadable: readonly (readonly [string, string])[] = [
  ['a null', 'x\u0000y'],
  ['a bell', 'x\u0007y'],
  ['an escape sequence', '\u001b[2J\u001b]0;owned\u0007'],
  ['a C1 control', 'x\u009b31my'],
  ['a bidi override', 'x\u202ey'],
  ['an isolate left open', 'x\u2067y'],
  ['a zero-width space', 'x\u200by'],
  ['marks without end', `x${'\u0301'.repeat(60)}`],
]

/** What the least trusted of readers might type. */
export const scripts = [
  '<script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '</option></select><img src=x onerror=alert(1)>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '</bdi></li></ol><iframe srcdoc="<script>alert(1)</script>">',
  '<!-- cut -->',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '[x](javascript:alert(1)) https://evil.example',
]
