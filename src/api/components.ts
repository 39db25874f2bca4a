import type * as z from 'zod'
import { type ProblemCode, statuses } from '../problem'
import type { Header, Parameter, Reference, ResponseObject, Schema } from './document'
import { named, problem } from './parts'

export const pathToSchema = (id: string) => `#/components/schemas/${id}`

/** A schema by its name in the document. Every one that is sent or answered has a name. */
export function referenceTo(schema: z.ZodType): Schema {
  const id = named.get(schema)?.id
  if (id === undefined) throw new Error('A schema that is sent or answered has no name.')
  return { $ref: pathToSchema(id) }
}

const line: Schema = { type: 'string', maxLength: 2000 }
const header = (description: string, { required = false, schema = line } = {}): Header => ({ description, required, schema })

/** The headers of answers. Those that are `required` are in every answer that names them. */
export const headers = {
  Vary: header('The request headers that the answer depends on.', { required: true }),
  ETag: header('The state of the answer.', { required: true }),
  'ETag.after': header('The current state. Absent if there is nothing yet.'),
  Link: header('The next page, as `<…>; rel="next"`. Absent on the last page.'),
  Location: header('The new address.', { required: true }),
  'Content-Language': header('The language of the answer, if it has one.'),
  'Content-Disposition': header('The name of the file.'),
  RateLimit: header(
    'How many requests are left, and in how many seconds the count starts again: `"api";r=299;t=60`. Only on some platforms.',
  ),
  'RateLimit-Policy': header('How many requests are allowed in how many seconds: `"api";q=300;w=60`.', { required: true }),
  'Retry-After': header('How many seconds to wait before the next request.', {
    required: true,
    schema: { type: 'integer', minimum: 1, maximum: 60 },
  }),
  'Idempotency-Replayed': header('The request was done before. This is the first answer again.', {
    schema: { const: 'true' },
  }),
  'WWW-Authenticate': header('How to authenticate: `Bearer`.', { required: true }),
  'Accept-Encoding': header('The encoding that a body may have: `identity`.', { required: true }),
} as const satisfies Readonly<Record<string, Header>>

const asked = (name: string, description: string, schema: Schema, required = false): Parameter => ({
  name,
  in: 'header',
  description,
  required,
  schema,
})
const tag: Schema = { type: 'string', maxLength: 2000 }

/** The headers of requests that decide something. */
export const parameters = {
  AcceptLanguage: asked('Accept-Language', 'The languages of the client, if the query names none. Also for refusals.', line),
  IfNoneMatch: asked('If-None-Match', 'The ETag of your copy. The answer is 304 as long as it is current.', tag),
  IfMatch: asked('If-Match', 'The ETag of the state that your change is based on; or `*`, whatever the state is.', tag),
  IfNothing: asked('If-None-Match', 'Instead of `If-Match`: there must be nothing yet.', { const: '*' }),
  IdempotencyKey: asked('Idempotency-Key', 'Your key for this request. Sent again with the same key, it is done only once.', {
    type: 'string',
    pattern: '^[\\x21-\\x7e]{1,100}$',
    maxLength: 100,
  }),
} as const satisfies Readonly<Record<string, Parameter>>

const sayings: Readonly<Record<ProblemCode, string>> = {
  invalid: 'The address, its query or a header is not valid.',
  unauthorised: 'The token is not valid, or there is none where one is needed.',
  forbidden: 'The token gives no access to this.',
  not_found: 'There is no such thing, or not for this client.',
  not_allowed: 'This method is not allowed here.',
  conflict: 'The request with this `Idempotency-Key` is still being processed.',
  gone: 'The editors withdrew the briefing: `withdrawnAt` and `why` say when and why. Or they removed it for good: `removedAt` says when.',
  precondition_failed: 'The state has changed: `current` names the current state, `sent` the one that the request is based on.',
  too_large: 'The body is too large for this operation.',
  unsupported: 'The body is compressed or inside a form.',
  unprocessable: 'The content is not valid, or the `Idempotency-Key` belongs to another request. `detail` says why.',
  precondition_required: 'The request does not say which state it is based on.',
  too_many: 'There were too many requests.',
  internal: 'An error in the site. Its log has the cause under `instance`.',
  not_offered: 'The requested format is not available.',
  unavailable: 'The database does not answer.',
  unwritable:
    'The database does not answer (`unavailable`), or cannot be written to (`unwritable`). `kept` then says what became of the request.',
  full: 'The disk of the site is full. `kept` says what became of the request.',
}

/** Headers of an answer, by the names that they have in the document. */
export const headersOf = (ids: readonly (keyof typeof headers)[]): Readonly<Record<string, Reference>> =>
  Object.fromEntries(ids.map((id) => [id.replace('.after', ''), { $ref: `#/components/headers/${id}` }]))

/** What refusals say beside those headers that all of them have. */
const further: Partial<Record<ProblemCode, readonly (keyof typeof headers)[]>> = {
  unauthorised: ['WWW-Authenticate'],
  unsupported: ['Accept-Encoding'],
  precondition_failed: ['ETag.after'],
  too_many: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
}

const refusal = (code: ProblemCode): ResponseObject => ({
  description: sayings[code],
  headers: headersOf(['Vary', 'Content-Language', ...(further[code] ?? [])]),
  content: {
    'application/problem+json': { schema: referenceTo(problem) },
    'text/html': { schema: { type: 'string' } },
  },
})

/** Answers that several operations have. No operation answers 405, which is what other methods are answered, or 501. */
export const responses: Readonly<Record<string, ResponseObject>> = {
  moved: { description: 'The briefing has another slug now.', headers: headersOf(['Location']) },
  ...Object.fromEntries(
    (Object.keys(statuses) as ProblemCode[])
      .filter((code) => code !== 'not_allowed' && code !== 'not_offered')
      .map((code) => [code, refusal(code)]),
  ),
}

export const security = {
  token: { type: 'http', scheme: 'bearer', description: 'An access token, `vern_…`, made by the operator of the site.' },
} as const
