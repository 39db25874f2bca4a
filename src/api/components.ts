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
  Vary: header('Which headers of the request decide the answer.', { required: true }),
  ETag: header('Names the state of what is answered.', { required: true }),
  'ETag.after': header('Names the state that it is in now; absent where nothing is there yet.'),
  Link: header('Where the next page is, as `<…>; rel="next"`; absent on the last.'),
  Location: header('The address that it has now.', { required: true }),
  'Content-Language': header('The language of the answer, where it is in one.'),
  'Content-Disposition': header('The name under which the file is kept.'),
  RateLimit: header('How many requests are left and when they are counted anew: `"api";r=299;t=60`. Where the platform tells.'),
  'RateLimit-Policy': header('How many requests there may be in how many seconds: `"api";q=300;w=60`.', { required: true }),
  'Retry-After': header('After how many seconds it may be asked for again.', {
    required: true,
    schema: { type: 'integer', minimum: 1, maximum: 60 },
  }),
  'Idempotency-Replayed': header('That the request was done before, and this is what it was answered.', {
    schema: { const: 'true' },
  }),
  'WWW-Authenticate': header('What lets one in: `Bearer`.', { required: true }),
  'Accept-Encoding': header('How a body may be coded: `identity`.', { required: true }),
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
  AcceptLanguage: asked(
    'Accept-Language',
    'The languages of whoever asks, where the query names none; also that of refusals.',
    line,
  ),
  IfNoneMatch: asked('If-None-Match', 'The ETag of what one has: 304 while it stands.', tag),
  IfMatch: asked('If-Match', 'The ETag of the state that the change was made from.', tag),
  IfNothing: asked('If-None-Match', 'In place of `If-Match`: that there is nothing yet.', { const: '*' }),
  IdempotencyKey: asked('Idempotency-Key', 'Under which the request may be sent again and is done once.', {
    type: 'string',
    pattern: '^[\\x21-\\x7e]{1,100}$',
    maxLength: 100,
  }),
} as const satisfies Readonly<Record<string, Parameter>>

const sayings: Readonly<Record<ProblemCode, string>> = {
  invalid: 'The address, its query or a header is not of the expected form.',
  unauthorised: 'The token that is shown is worth nothing, or none is shown where one is needed.',
  forbidden: 'The token does not reach as far.',
  not_found: 'There is no such thing, or it is not there for whoever asks.',
  not_allowed: 'Nothing can be asked by this method here.',
  conflict: 'The same request is still being worked on, under the same `Idempotency-Key`.',
  precondition_failed: 'What there is has changed since: `current` names it, `sent` what the request was made from.',
  too_large: 'More than the operation takes.',
  unsupported: 'Compressed, or within a form.',
  unprocessable:
    'What was sent cannot be taken in, or another request was sent under the same `Idempotency-Key`: `detail` says why.',
  precondition_required: 'The request does not say which state it was made from.',
  too_many: 'This was asked for too often.',
  internal: 'A fault of the site; its log knows it by `instance`.',
  not_offered: 'Not offered in the form that was asked for.',
  unavailable: 'The database does not answer.',
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
  token: { type: 'http', scheme: 'bearer', description: 'An access token, `vern_…`, as the operator of the site makes it.' },
} as const
