import { limits } from '../delivery/limits'
import type { Access } from './operation'

/** What a newcomer reads before the first operation, in Markdown. */
export const guide = (
  origin: string,
): string => `What the site publishes, and the work on it, for programs. Answers are JSON in UTF-8; times are ISO 8601 in UTC.

**Who may.** What readers see is open. Everything else takes an access token, which the operator of the site makes and which says how far it reaches: \`Authorization: Bearer vern_…\`. A token counts in this header alone; the examples read it from a file of their own, \`token.txt\`, so that it stands in no list of processes. Where an operation is open, a token that sees the texts for members is shown them; to all others a section for members is its heading and its length. Pages of other sites may ask for what is open (CORS).

**Language.** What is for readers has no language in its address. \`locale\` says what theirs is; without it \`Accept-Language\` decides, and answers say so by \`Vary\`. What is not there in that language is served in another, and never silently: \`resolution\` says what was asked for, what is served, and why.

**States.** An \`ETag\` names the state of what was answered. Sent back as \`If-None-Match\`, it is answered 304 while that state stands. A change says which state it was made from: \`If-Match\` with the ETag that the thing was fetched with, or \`If-None-Match: *\` where it is new. Without either it is refused by 428; where somebody was faster, by 412, which tells both states.

**Sending again.** A request whose answer was lost is sent again under the same \`Idempotency-Key\` of your choice (1 to 100 visible characters of ASCII): it is done once, and answered what it was answered before, with \`Idempotency-Replayed: true\`. Keys are a token's own and are kept for a day.

**Pages.** A list comes in pages. \`Link: <…>; rel="next"\` is where the next one is; on the last there is none.

**Limits.** ${limits.api} requests a minute from one network, ${limits['api-token']} with one token: \`RateLimit-Policy\` says so, \`RateLimit\`, where the platform tells, how many are left, and \`Retry-After\` how long to wait after a 429.

**Refusals** are \`application/problem+json\` (RFC 9457): \`code\` is for programs, \`title\` is in the language asked for, \`detail\` says in English what to do, and \`complaint\` says the same as a code with values. To whoever accepts \`text/html\` they are pages. What an operation does not name in a query is passed over.

This document as data: [${origin}/api/openapi.json](${origin}/api/openapi.json)`

/** The groups of operations. */
export const tags = {
  Reading: 'What readers see, as they see it.',
  Translating: 'What translators and their tools fetch and send, each in the languages that their token reaches.',
  Editing: 'The English of briefings, with all that is for members in it.',
} as const

/** Who may call an operation. */
export const whoMay: Readonly<Record<Access, string>> = {
  open: 'Open to everyone.',
  read: 'For any access token.',
  'see-gated': 'For an access token that sees the texts for members.',
  translate: 'For an access token that may send translations.',
  edit: 'For an access token that reaches the English.',
}

/** The values with which parameters are shown. Each works with the samples of a new site. */
export const samples: Readonly<Record<string, string | number>> = {
  locale: 'es',
  slug: 'uk-merger-case-microsoft-mistral',
  q: 'Mistral',
  text: 'What the authority decided',
  limit: 5,
  format: 'xliff',
  'dry-run': 'true',
}
