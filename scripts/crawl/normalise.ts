import type { Entry } from './kept'

/** Something in answers that is another in every crawl, or may be another in a later program, and tells readers nothing. */
export interface Normalisation {
  readonly name: string
  readonly why: string
  readonly pattern: RegExp
  readonly by: string
}

/** What is made alike in addresses, headers and texts before two crawls are compared. */
export const normalisations: readonly Normalisation[] = [
  {
    name: 'addresses of style sheets',
    why: 'They are named by the hash of what they hold, and every page loads them. What they hold is compared.',
    pattern: /(\/assets\/[\w/-]+?[.-])[0-9A-Za-z]{8,16}(\.css)/g,
    by: '$1…$2',
  },
  {
    name: 'challenges of passkeys',
    why: 'What a passkey is to sign is random.',
    pattern: /("challenge":")[\w-]{43}(")/g,
    by: '$1…$2',
  },
]

/** Headers that tell readers nothing that is compared, with the reason. Of the first, it is compared whether they are there. */
const valueless: Readonly<Record<string, string>> = {
  etag: 'It names the program, by the fingerprint of its words.',
}
const passing: Readonly<Record<string, string>> = {
  date: 'A server takes it from the clock of the machine; the platform’s cache adds it where it had an answer.',
  age: 'The platform’s cache counts the seconds for which it has had an answer.',
  'cf-cache-status': 'Whether the platform’s cache had an answer depends on what was asked before.',
}

/** Headers in which the doors differ by their nature, with the reason. */
const ofDoors: readonly { readonly name: string; readonly why: string; readonly is: (entry: Entry) => boolean }[] = [
  ...['connection', 'keep-alive', 'transfer-encoding', 'content-length'].map((name) => ({
    name,
    why: 'Each server frames its messages.',
    is: () => true,
  })),
  { name: 'ratelimit', why: 'The platform does not tell how often one may still ask.', is: () => true },
  {
    name: 'content-type',
    why: 'An answer without a body has no type; the platform leaves it there.',
    is: ({ status }) => status === 304,
  },
  ...['etag', 'strict-transport-security'].map((name) => ({
    name,
    why: 'The platform serves static files itself.',
    is: ({ address }: Entry) => address.startsWith('/assets/'),
  })),
]

export const normalised = (text: string): string =>
  normalisations.reduce((result, { pattern, by }) => result.replace(pattern, by), text)

/** The headers of an answer as they are compared with those before; `betweenDoors`: with those of the other door. */
export function comparedHeaders(entry: Entry, betweenDoors: boolean): ReadonlyMap<string, string> {
  const isLeftOut = (name: string) =>
    Object.hasOwn(passing, name) || (betweenDoors && ofDoors.some((each) => each.name === name && each.is(entry)))
  const compared = (name: string, text: string) => {
    if (name === 'content-length' && text === String(entry.bytes)) return 'that of the body'
    if (name === 'vary' && betweenDoors) return text.replace(/^Accept-Encoding(, )?/, '') // The Node door compresses; for the Worker, the platform does.
    return Object.hasOwn(valueless, name) ? 'there' : normalised(text)
  }
  return new Map(
    Object.entries(entry.headers)
      .filter(([name]) => !isLeftOut(name))
      .map(([name, text]) => [name, compared(name, text)] as const)
      .filter(([, value]) => value !== ''),
  )
}
