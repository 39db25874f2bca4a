import { limits } from '../delivery/limits'
import type { Access } from './operation'

/** What a newcomer reads before the first operation, in Markdown. */
export const guide = (
  origin: string,
): string => `This API gives programs what the site publishes, and lets them work on it. Answers are JSON in UTF-8. Times are ISO 8601 in UTC.

**Access.** What readers see is open to everyone. Everything else needs an access token: \`Authorization: Bearer vern_…\`. The operator of the site makes tokens and decides what each may do. Send the token in this header only. The examples read it from a file, \`token.txt\`, so that it appears in no list of processes. Where an operation is open, a token may also show you texts for members. Without it, a section for members is only its heading and its length. Pages of other sites may request what is open (CORS).

**Language.** Addresses name no language. \`locale\` names the reader’s language. Without it, \`Accept-Language\` decides, and \`Vary\` says so. What does not exist in that language is served in another. \`resolution\` always names the language asked for, the language served and the reason.

**States.** An \`ETag\` names the state of an answer. Send it back as \`If-None-Match\`: the answer is 304 as long as the state is current. A change names the state that it is based on: \`If-Match\` with the ETag that you fetched, or \`If-None-Match: *\` for something new. Without either, it is refused with 428. If somebody else was faster, it is refused with 412, which names both states. \`If-Match: *\` stands for any state. A translation that is sent so is merged text by text.

**Sending again.** If an answer was lost, send the request again with the same \`Idempotency-Key\` of your choice (1 to 100 visible ASCII characters). It is done only once, and you get the first answer again, with \`Idempotency-Replayed: true\`. Keys belong to a token and are kept for one day.

**Pages.** A list comes in pages. \`Link: <…>; rel="next"\` leads to the next page. The last page has none.

**Limits.** One network may send ${limits.api} requests a minute, one token ${limits['api-token']}. \`RateLimit-Policy\` says so. On some platforms \`RateLimit\` says how many are left. After a 429, \`Retry-After\` says how long to wait.

**Refusals** are \`application/problem+json\` (RFC 9457). \`code\` is for programs. \`title\` is in the language asked for. \`detail\` says in English what to do. \`complaint\` says the same as a code with values. Clients that accept \`text/html\` get a page. Unknown query parameters are ignored.

The same as data: [${origin}/api/openapi.json](${origin}/api/openapi.json)`

/** The groups of operations. */
export const tags = {
  Reading: 'What readers see.',
  Translating: 'What translators and their tools fetch and send, in the languages that their token gives access to.',
  Editing: 'The English of briefings, with all texts for members.',
  Publishing: 'What decides what readers have.',
  Members: 'What people may read who pay for it.',
} as const

/** Who may call an operation. */
export const whoMay: Readonly<Record<Access, string>> = {
  open: 'Open to everyone.',
  read: 'Needs an access token.',
  'see-gated': 'Needs an access token that may read texts for members.',
  translate: 'Needs an access token that may send translations.',
  edit: 'Needs an access token with access to the English.',
  publish: 'Needs an access token that may publish.',
  admit: 'Needs an access token that may give people tiers.',
}

/** The values with which parameters are shown. They work with the samples of a new site, if a release has that id. */
export const samples: Readonly<Record<string, string | number>> = {
  locale: 'es',
  id: '9d2c6a1e-4f0b',
  slug: 'uk-merger-case-microsoft-mistral',
  q: 'Mistral',
  text: 'What the authority decided',
  address: 'ada@example.org',
  tier: 'public',
  limit: 5,
  format: 'xliff',
  'dry-run': 'true',
}
