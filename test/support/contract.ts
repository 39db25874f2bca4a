import { type Schema as JsonSchema, Validator } from '@cfworker/json-schema'
import type { DocumentedOperation, Header, OpenApi, Parameter, ResponseObject, Schema } from '../../src/api/document'

/** One operation of a document, with its address. */
export interface Promised {
  readonly path: string
  readonly method: string
  readonly operation: DocumentedOperation
}

/** What was answered. */
export interface Given {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** The operations of a document, each once. */
export const promisedIn = (api: OpenApi): readonly Promised[] =>
  Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )

/** What a reference of a document leads to. */
export function found<Part>(api: OpenApi, part: Part | { readonly $ref: string }): Part {
  if (typeof part !== 'object' || part === null || !('$ref' in part)) return part as Part
  const keys = part.$ref.split('/').slice(1)
  const there = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], api)
  if (there === undefined) throw new Error(`The document has no ${part.$ref}.`)
  return there as Part
}

/** The parameters of an operation, those under `components` among them. */
export const parametersIn = (api: OpenApi, { parameters }: DocumentedOperation): readonly Parameter[] =>
  parameters.map((each) => found<Parameter>(api, each))

/** What is wrong with a value, by a schema of the document, each as a line; an independent judge, not the library that made the schema. */
export function faultsInValue({ components }: Pick<OpenApi, 'components'>, schema: Schema, value: unknown): readonly string[] {
  const whole = JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll('#/components/schemas/', '#/$defs/')
  const { valid, errors } = new Validator(JSON.parse(whole) as JsonSchema, '2020-12', false).validate(value)
  return valid ? [] : errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
}

/**
 * What an answer has that the document does not promise, or lacks of what it does: its status, its media type, its body, its headers.
 * A 5xx is a fault, documented as it is.
 */
export function faultsIn(
  api: OpenApi,
  { operation }: Promised,
  { status, headers, text }: Given,
  isHead = false,
): readonly string[] {
  const documented = operation.responses[String(status)]
  if (!documented) return [`answers ${status}, which is not documented: ${text.slice(0, 300)}`]
  const told = found<ResponseObject>(api, documented)
  return [
    ...(status < 500 ? [] : [`answers ${status}`]),
    ...faultsInHeaders(api, told, headers).map((each) => `${status}: ${each}`),
    ...faultsInBody(api, told, headers.get('Content-Type'), text, isHead).map((each) => `${status}: ${each}`),
  ]
}

function faultsInHeaders(api: OpenApi, { headers: promised = {} }: ResponseObject, headers: Headers): readonly string[] {
  const all = new Set(Object.keys(api.components.headers).map((name) => name.replace('.after', '')))
  return [...all].flatMap((name) => {
    const value = headers.get(name)
    const header = promised[name]
    if (!header) return value === null || name === 'Vary' ? [] : [`the header ${name} is not documented`]
    const { required, schema } = found<Header>(api, header)
    if (value === null) return required ? [`the header ${name} is not there`] : []
    return faultsInValue(api, schema, schema.type === 'integer' ? Number(value) : value).map(
      (each) => `the header ${name}: ${each}`,
    )
  })
}

function faultsInBody(
  api: OpenApi,
  { content }: ResponseObject,
  type: string | null,
  text: string,
  isHead: boolean,
): readonly string[] {
  if (!content) return text === '' && type === null ? [] : [`there is a body, and none is documented`]
  const media = (type ?? '').split(';')[0] ?? ''
  const promised = content[media]
  if (!promised) return [`the media type ${media} is not documented`]
  if (isHead) return text === '' ? [] : ['there is a body']
  const { schema } = promised
  if (!schema) return []
  return faultsInValue(api, schema, /[/+]json$/.test(media) ? JSON.parse(text) : text)
}
