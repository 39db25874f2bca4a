import type { DocumentedOperation, OpenApi, Parameter } from './document'
import { samples } from './guide'

/** The files in which examples save what they fetch, and which others send. */
const files: Readonly<Record<string, string>> = {
  getPack: 'pack.xlf',
  sendPack: 'pack.xlf',
  getTranslation: 'translation.json',
  putTranslation: 'translation.json',
  getSource: 'source.json',
  putSource: 'source.json',
}

/** What examples send that is no file. */
const values: Readonly<Record<string, unknown>> = {
  publish: { locales: ['en', 'es'] },
  setTier: { tier: samples['tier'] },
  remove: { why: 'A person in it asked for it.', confirm: samples['slug'] },
  takeBack: { why: 'We could not confirm its main source.' },
}

/** Parameters of an operation that stand in the document itself, not under `components`. */
export const parametersOf = ({ parameters }: DocumentedOperation): readonly Parameter[] =>
  parameters.flatMap((each) => ('$ref' in each ? [] : [each]))

/** A command that does an operation, as a shell takes it. Those that need a token read it from `token.txt`, as a header. */
export function curlOf({ servers: [server] }: OpenApi, method: string, path: string, operation: DocumentedOperation): string {
  const { operationId, security, requestBody } = operation
  const file = files[operationId]
  const isSending = requestBody !== undefined
  const value = values[operationId]
  const needsMethod = method !== 'get' && !(isSending && method === 'post')
  const state = file?.replace(/\.\w+$/, '.etag')
  const isConditional = operation.parameters.some((each) => '$ref' in each && each.$ref.endsWith('/IfMatch'))
  const asked = parametersOf(operation).filter(({ example }) => example !== undefined)
  const query = new URLSearchParams(asked.flatMap((each) => (each.in === 'query' ? [[each.name, String(each.example)]] : [])))
  const address = asked.reduce(
    (left, each) => (each.in === 'path' ? left.replace(`{${each.name}}`, encodeURIComponent(String(each.example))) : left),
    path,
  )
  const isType = file?.endsWith('.xlf') ? /xliff\+xml/ : /json/
  const [type = ''] = Object.keys(requestBody?.content ?? {}).filter((each) => isType.test(each))
  return [
    `curl -sS --fail-with-body${needsMethod ? ` -X ${method.toUpperCase()}` : ''}`,
    ...(security.some((each) => Object.keys(each).length === 0) ? [] : ['-H @token.txt']),
    ...(isConditional ? [`-H "If-Match: $(cat ${state})"`] : []),
    ...(isSending ? [`-H 'Content-Type: ${type}' --data-binary ${value ? quoted(JSON.stringify(value)) : `@${file}`}`] : []),
    ...(!isSending && file !== undefined ? [`--etag-save ${state} -o ${file}`] : []),
    quoted(`${server?.url}${address}${query.size > 0 ? `?${query}` : ''}`),
  ].join(' \\\n  ')
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
