import fc from 'fast-check'
import type { OpenApi, Parameter, Schema } from '../../src/api/document'
import { found, type Promised, parametersIn } from './contract'

/** A request, as it is sent. */
export interface Asked {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined
}

/** What exists: values of parameters by their names, bodies by their operations, tokens. */
export interface Known {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly bodies: Readonly<Record<string, readonly string[]>>
  readonly tokens: readonly (string | undefined)[]
}

/** Texts that programs have stumbled over. */
const hostile = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ufeff',
  '\ud800',
  '\u202e',
  '%',
  '%00',
  '%zz',
  '..',
  '../../etc/passwd',
  '/',
  '\\',
  "'",
  "' or 1=1 --",
  '"',
  '";drop table briefing',
  '*',
  '{}',
  '[]',
  'null',
  'true',
  '-1',
  '0',
  '1e309',
  '0x10',
  '9007199254740993',
  'NaN',
  'Infinity',
  '1.5',
  ' 5 ',
  '５',
  'constructor',
  '__proto__',
  'toString',
  'x'.repeat(61),
  'x'.repeat(5001),
  'İ',
  'ß',
  '🚢'.repeat(30),
  'en-XA',
  'EN',
  'es-MX',
  'x-private',
  'und',
  'true,false',
  '<script>alert(1)</script>',
  '1~2026-01-01T00:00:00Z~harbour',
  '0~2026-99-99T00:00:00Z~harbour',
  '1~t~9007199254740991',
  '0~rest~-9007199254740991',
  'AND OR NOT NEAR(',
  '-"" -',
  '^title:*',
]

const aHostileText = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ maxLength: 300 }),
)

/** Values of a schema of the document: good ones, those at its edges and just beyond them, and some of another type. */
export function valuesOf(api: OpenApi, schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const wrong = fc.oneof(aHostileText, fc.constantFrom<unknown>(null, 0, -1, 1e308, 2 ** 53, true, [], {}, [[[]]], ''))
  if (depth > 8) return wrong
  return fc.oneof({ weight: 30, arbitrary: rightOf(api, schema, depth) }, { weight: 1, arbitrary: wrong })
}

function rightOf(api: OpenApi, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const inner = (each: unknown) => valuesOf(api, (typeof each === 'object' && each !== null ? each : {}) as Schema, depth + 1)
  if (schema.$ref !== undefined) return inner(found<Schema>(api, { $ref: schema.$ref }))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map(inner))
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'integer' || schema.type === 'number') {
    const [min, max] = [schema.minimum ?? -1e9, schema.maximum ?? 1e9]
    const between =
      schema.type === 'integer' ? fc.integer({ min, max: Math.min(max, min + 1e9) }) : fc.double({ min, max, noNaN: true })
    return fc.oneof({ weight: 6, arbitrary: between }, fc.constantFrom(min, max), fc.constantFrom(min - 1, max + 1, 0.5))
  }
  if (schema.type === 'array') {
    const [least, most] = [schema.minItems ?? 0, schema.maxItems ?? 5]
    const { items } = schema
    return fc.array(inner(Array.isArray(items) ? {} : items), { minLength: least, maxLength: Math.max(least, Math.min(most, 3)) })
  }
  if (schema.type === 'object') {
    const members = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, inner(each)] as const)
    const own = fc.record(Object.fromEntries(members), { requiredKeys: schema.required ?? [] })
    const { additionalProperties } = schema
    const more =
      typeof additionalProperties === 'object'
        ? fc.dictionary(fc.string({ maxLength: 20 }), inner(additionalProperties), { maxKeys: 3 })
        : own
    return fc.tuple(own, more).map(([one, other]) => ({ ...other, ...one }))
  }
  return textsOf(schema)
}

function textsOf({ format, pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().replace(/\.\d+/, ''))
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const ordinary = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength ?? 40, 40)) })
  if (maxLength === undefined) return fc.oneof(ordinary, aHostileText)
  const atTheEdge = fc.constantFrom('a'.repeat(maxLength), 'a'.repeat(maxLength + 1))
  return fc.oneof(
    { weight: 8, arbitrary: ordinary },
    { weight: 1, arbitrary: maxLength <= 5000 ? atTheEdge : ordinary },
    aHostileText,
  )
}

/** A text as an address carries it, or as somebody wrote it into one without care. */
function encoded(text: string, isCareful: boolean): string {
  if (isCareful) return encodeURIComponent(text.toWellFormed())
  return text.toWellFormed().replaceAll(/[^\x21-\x7e]|[#?/&\\]/gu, (each) => encodeURIComponent(each))
}

const often = { weight: 6 }

/** Requests of an operation that are good but for a part of them, and such as are good in nothing. */
export const requestsOf = (api: OpenApi, promised: Promised, known: Known, good: Asked): fc.Arbitrary<Asked> =>
  fc
    .tuple(
      wildRequestsOf(api, promised, known),
      fc.constantFrom<readonly (keyof Asked)[]>(['path'], ['headers'], ['body'], ['path', 'body'], ['path', 'headers', 'body']),
    )
    .map(([wild, parts]) => ({ ...good, ...Object.fromEntries(parts.map((part) => [part, wild[part]])) }))

/** Requests of an operation, of every kind: such as it describes, such as it does not, and such as nobody should send. */
function wildRequestsOf(api: OpenApi, { path, method, operation }: Promised, known: Known): fc.Arbitrary<Asked> {
  const parameters = parametersIn(api, operation)
  const inPath = parameters.filter((each) => each.in === 'path')
  const inQuery = parameters.filter((each) => each.in === 'query')
  const typed = ({ name, schema }: Parameter): fc.Arbitrary<string> =>
    fc.oneof(
      { ...often, arbitrary: fc.constantFrom(...(known.values[name] ?? ['x'])) },
      valuesOf(api, schema).map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
      aHostileText,
    )
  const address = fc
    .tuple(fc.tuple(...inPath.map(typed)), fc.oneof({ ...often, arbitrary: fc.constant(true) }, fc.boolean()))
    .map(([values, isCareful]) =>
      inPath.reduce((left, { name }, place) => left.replace(`{${name}}`, () => encoded(values[place] ?? '', isCareful)), path),
    )
  const aPair = inQuery.map((each) =>
    fc.oneof(
      { weight: each.required ? 1 : 6, arbitrary: fc.constant<readonly string[]>([]) },
      { weight: each.required ? 12 : 3, arbitrary: typed(each).map((value) => [`${each.name}=${encoded(value, true)}`]) },
      fc.tuple(typed(each), typed(each)).map((pair) => pair.map((value) => `${each.name}=${encoded(value, true)}`)),
      typed(each).map((value) => [`${each.name}[]=${encoded(value, false)}`]),
    ),
  )
  const stranger = fc.oneof(
    { weight: 9, arbitrary: fc.constant<readonly string[]>([]) },
    aHostileText.map((text) => [encoded(text, true)]),
  )
  const query = fc.tuple(...aPair, stranger).map((parts) => parts.flat().join('&'))
  return fc
    .tuple(address, query, headersOf(known, method), method === 'GET' ? fc.constant(undefined) : bodiesOf(api, operation, known))
    .map(([at, asked, headers, body]) => ({
      path: asked === '' ? at : `${at}?${asked}`,
      headers,
      ...(body === undefined ? {} : { body }),
    }))
}

function headersOf({ tokens }: Known, method: string): fc.Arbitrary<Readonly<Record<string, string>>> {
  const seldom = (...values: readonly string[]) =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, fc.constantFrom(...values))
  const aTag = fc.constantFrom('*', '"x"', 'x', '', 'W/"1-1"', '"', '"1-1", "2-1"')
  return fc
    .record({
      Accept: fc.constantFrom('*/*', '*/*', 'application/json', 'text/html', '', 'nothing', 'application/xliff+xml;q=0'),
      Authorization: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...tokens.map((each) => each && `Bearer ${each}`)) },
        fc.constantFrom('Bearer', 'Bearer x', 'Basic eDp5', `Bearer vern_${'A'.repeat(43)}`, ''),
      ),
      'Accept-Language': seldom('pl', 'ar, en;q=0.1', 'xx', '*', 'de-AT;q=1.5', 'q'.repeat(3000), 'zh-TW', ','),
      'If-None-Match': fc.oneof({ weight: method === 'GET' ? 6 : 9, arbitrary: fc.constant(undefined) }, aTag),
      'If-Match':
        method === 'GET' ? seldom('*') : fc.oneof({ weight: 6, arbitrary: fc.constant('*') }, aTag, fc.constant(undefined)),
      'Idempotency-Key': seldom('a', '"b"', '', ' ', 'x'.repeat(101), 'a b', '\u0009'),
      'Content-Type': seldom(
        'application/json',
        'text/plain',
        'multipart/form-data; boundary=x',
        'application/x-www-form-urlencoded',
        '/',
      ),
      'Content-Encoding': fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, fc.constantFrom('gzip', 'identity', '')),
      'Content-Length': fc.oneof({ weight: 40, arbitrary: fc.constant(undefined) }, fc.constantFrom('99999999')),
      Cookie: seldom('locale=ar', '__Host-session=x', 'locale=%zz'),
    })
    .map((headers) =>
      Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    )
}

/** Bodies: those that are known to be good, the same with one thing in them changed, such as the schema describes, and none of these. */
function bodiesOf(
  api: OpenApi,
  { operationId, requestBody }: Promised['operation'],
  known: Known,
): fc.Arbitrary<string | Uint8Array<ArrayBuffer>> {
  const schema = requestBody?.content['application/json']?.schema ?? {}
  const good = fc.constantFrom(...(known.bodies[operationId] ?? ['{}']))
  const changed = fc.tuple(good, fc.nat(), valuesOf(api, {})).map(([text, place, value]) => changedAt(text, place, value))
  return fc.oneof(
    { weight: 4, arbitrary: good },
    { weight: 6, arbitrary: changed },
    { weight: 3, arbitrary: valuesOf(api, schema).map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: aHostileText.map((text) => text.toWellFormed()) },
    { weight: 1, arbitrary: fc.constant('['.repeat(100_000)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)) },
    { weight: 1, arbitrary: fc.tuple(good, fc.nat()).map(([text, cut]) => text.slice(0, cut % (text.length + 1))) },
  )
}

/** A body with one value in it replaced, or, where it is no JSON, with a text put into it. */
function changedAt(text: string, place: number, value: unknown): string {
  if (!/^\s*\{/.test(text)) {
    const at = place % (text.length + 1)
    return text.slice(0, at) + (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed() + text.slice(at)
  }
  let count = 0
  JSON.parse(text, (_key, each: unknown) => {
    count += 1
    return each
  })
  let left = place % count
  const changed: unknown = JSON.parse(text, (_key, each: unknown) => {
    left -= 1
    return left === -1 ? value : each
  })
  return JSON.stringify(changed) ?? ''
}
