import * as z from 'zod'
import { type ProblemCode, statuses } from '../problem'
import { headers, headersOf, parameters, pathToSchema, referenceTo, responses, security } from './components'
import type { DocumentedOperation, Media, OpenApi, Parameter, ResponseObject, Schema } from './document'
import { guide, samples, tags, whoMay } from './guide'
import { localeFile } from './newsroom-schemas'
import type { Answer, Content, Operation } from './operation'
import { operations } from './operations'
import { named } from './parts'

/**
 * The document of a site's API. It is made from the operations table, which the router also reads, and from the schemas of
 * requests and answers. It contains nothing else.
 */
export const openApi = ({ origin, siteName }: { readonly origin: string; readonly siteName: string }): OpenApi => ({
  openapi: '3.1.1',
  info: {
    title: siteName,
    version: '1.0.0',
    summary: 'Briefings in the reader’s language, or in English with a note that says so.',
    description: guide(origin),
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: origin }],
  tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
  ...described(),
})

type Described = Pick<OpenApi, 'paths' | 'components'>
let made: Described | undefined

/** The part that is the same for every site. It takes some milliseconds, so it is made once, when somebody first asks. */
function described(): Described {
  made ??= { paths: paths(), components: { schemas: schemas(), headers, parameters, responses, securitySchemes: security } }
  return made
}

function paths(): OpenApi['paths'] {
  const all: readonly (readonly [string, Operation])[] = Object.entries(operations)
  const listed: Record<string, Record<string, DocumentedOperation>> = {}
  for (const [name, operation] of all) {
    listed[operation.path] = { ...listed[operation.path], [operation.method.toLowerCase()]: documented(name, operation) }
  }
  return listed
}

/** The named schemas, each with its description. */
function schemas(): Readonly<Record<string, Schema>> {
  const { schemas: made } = z.toJSONSchema(named, {
    uri: pathToSchema,
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      const { description } = named.get(zodSchema) ?? {}
      if (description !== undefined) jsonSchema.description = description
      leaveOpen(jsonSchema)
    },
  })
  return Object.fromEntries(Object.entries(made).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]))
}

/** A field that the site fills in may be left out, also where answers always have it. */
function leaveOpen(schema: z.core.JSONSchema.BaseSchema): void {
  const isFilledIn = (key: string) => {
    const field = schema.properties?.[key]
    return typeof field === 'object' && 'default' in field
  }
  if (schema.required) schema.required = schema.required.filter((key) => !isFilledIn(key))
}

function documented(name: string, operation: Operation): DocumentedOperation {
  const { access, body, tag, summary, description } = operation
  return {
    operationId: name,
    tags: [tag],
    summary,
    description: `${description}\n\n${whoMay[access]}`,
    security: access === 'open' ? [{}, { token: [] }] : [{ token: [] }],
    parameters: [
      ...parametersIn('path', operation.params),
      ...parametersIn('query', operation.query),
      ...headersAskedWith(operation).map((each) => ({ $ref: `#/components/parameters/${each}` })),
    ],
    ...(body
      ? { requestBody: { description: bodyOf(body), required: !body.isOptional, content: mediaOf(body, body.bytesMax) } }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries<Answer | undefined>(operation.answers).flatMap(([status, answer]) =>
          answer ? [[status, responseOf(operation, answer)]] : [],
        ),
      ),
      ...(operation.leadsOn ? { 301: { $ref: '#/components/responses/moved' } } : {}),
      ...(operation.isTagged && operation.method === 'GET'
        ? { 304: responseOf(operation, { description: 'The state in `If-None-Match` is current.' }) }
        : {}),
      ...Object.fromEntries(refusalsOf(operation).map((code) => [statuses[code], { $ref: `#/components/responses/${code}` }])),
    },
  }
}

const bodyOf = ({ description, bytesMax }: NonNullable<Operation['body']>) =>
  `${description} At most ${bytesMax / 1_000_000} MB, uncompressed, not inside a form.`

const responseOf = (operation: Operation, { description, content }: Answer): ResponseObject => ({
  description,
  headers: headersOf(headerNamesOf(operation)),
  ...(content ? { content: mediaOf(content) } : {}),
})

/** The parameters of an address, with their descriptions. */
function parametersIn(place: 'path' | 'query', schema: Operation['params']): readonly Parameter[] {
  const { properties = {}, required = [] } = schema ? z.toJSONSchema(schema, { io: 'input' }) : {}
  return Object.entries(properties).map(([name, each]) => {
    const { description = '', ...rest } = typeof each === 'boolean' ? {} : each
    const sample = samples[name]
    return {
      name,
      in: place,
      description,
      required: required.includes(name),
      schema: rest,
      ...(sample === undefined ? {} : { example: sample }),
    }
  })
}

/** These items, if a condition holds. */
const where = <Item extends string>(isSo: unknown, ...items: readonly Item[]): readonly Item[] => (isSo ? items : [])

const hasLocale = ({ params, query }: Operation) => [params, query].some((each) => each && 'locale' in each.shape)
const isWrite = ({ method }: Operation) => method !== 'GET'

/** The headers of a request that decide something, by their names in the document. */
const headersAskedWith = (operation: Operation): readonly (keyof typeof parameters)[] => [
  'AcceptLanguage',
  ...where(operation.isConditional, 'IfMatch'),
  ...where(operation.isConditional && operation.answers[201], 'IfNothing'),
  ...where(operation.isTagged && !isWrite(operation), 'IfNoneMatch'),
  ...where(isWrite(operation), 'IdempotencyKey'),
]

/** The headers of an answer, likewise. */
const headerNamesOf = (operation: Operation): readonly (keyof typeof headers)[] => [
  'Vary',
  'RateLimit-Policy',
  'RateLimit',
  ...where(operation.isTagged, isWrite(operation) ? 'ETag.after' : 'ETag'),
  ...where(hasLocale(operation), 'Content-Language'),
  ...where(operation.query && 'after' in operation.query.shape, 'Link'),
  ...where(isWrite(operation), 'Idempotency-Replayed'),
  ...where('media' in (operation.answers[200]?.content ?? {}), 'Content-Disposition'),
]

/** The refusals that an operation may give, by its properties. */
function refusalsOf(operation: Operation): readonly ProblemCode[] {
  const { access, params, query, body, isConditional, leadsOn } = operation
  const codes: readonly ProblemCode[] = [
    ...where(isWrite(operation) || query, 'invalid'),
    'unauthorised',
    ...where(access !== 'open' && (access !== 'read' || hasLocale(operation)), 'forbidden'),
    ...where(params || hasLocale(operation), 'not_found'),
    ...where(body, 'too_large', 'unsupported'),
    ...where(isWrite(operation), 'unprocessable'),
    ...where(isWrite(operation), 'conflict'),
    ...where(leadsOn, 'gone'),
    ...where(isConditional, 'precondition_failed', 'precondition_required'),
    'too_many',
    'internal',
    ...(isWrite(operation) ? (['unwritable', 'full'] as const) : (['unavailable'] as const)),
  ]
  return codes.toSorted((one, other) => statuses[one] - statuses[other])
}

/** The content of a body: JSON of a schema, or a file: text of at most a known length. */
function mediaOf(content: Content, bytesMax?: number): Media {
  if ('schema' in content) return { 'application/json': { schema: referenceTo(content.schema) } }
  const file: Schema = { type: 'string', ...(bytesMax === undefined ? {} : { maxLength: bytesMax }) }
  return Object.fromEntries(
    content.media.map((each) => {
      const [type = ''] = each.split(';')
      if (type === 'application/octet-stream') return [type, {}]
      return [type, { schema: type === 'application/json' ? referenceTo(localeFile) : file }]
    }),
  )
}
