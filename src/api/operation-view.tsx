import { raw } from 'hono/html'
import { renderMarkdown } from '../language/markdown'
import { curlOf, parametersOf } from './curl'
import type { DocumentedOperation, Media, OpenApi, Parameter, ResponseObject } from './document'
import { Kind, Line } from './schema-view'

export interface Asked {
  readonly api: OpenApi
  readonly path: string
  readonly method: string
  readonly operation: DocumentedOperation
}

/** An operation: its parameters, its answers, and an example. */
export const OperationView = ({ api, path, method, operation }: Asked) => {
  const { operationId, summary, description, requestBody, responses } = operation
  const headers = operation.parameters.flatMap((each) =>
    '$ref' in each ? [api.components.parameters[nameIn(each.$ref)]].flatMap((found) => found ?? []) : [],
  )
  const parameters = [...parametersOf(operation), ...headers]
  return (
    <section id={operationId} class="operation">
      <h3>{summary}</h3>
      <p class="address">
        <b>{method.toUpperCase()}</b> <code>{path}</code>
      </p>
      {raw(renderMarkdown(description))}
      <h4>Asked with</h4>
      <dl>
        {parameters.map((each) => (
          <ParameterView {...each} />
        ))}
        {requestBody && (
          <div>
            <dt>the body</dt>
            <dd>
              {requestBody.description}
              <MediaView content={requestBody.content} />
            </dd>
          </div>
        )}
      </dl>
      <h4>Answered by</h4>
      <dl>
        {Object.entries(responses).map(([status, response]) => (
          <AnswerView
            status={status}
            response={'$ref' in response ? (api.components.responses[nameIn(response.$ref)] ?? response) : response}
          />
        ))}
      </dl>
      <h4>For example</h4>
      <pre>
        <code>{curlOf(api, method, path, operation)}</code>
      </pre>
    </section>
  )
}

const nameIn = (reference: string) => reference.split('/').at(-1) ?? ''

const ParameterView = ({ name, in: place, description, required, schema }: Parameter) => (
  <div>
    <dt>
      <code>{name}</code> <span>{required ? `${place}, needed` : place}</span>
    </dt>
    <dd>
      <Line text={description} />
      <span class="kind">
        <Kind schema={schema} />
        {schema.default !== undefined && schema.default !== '' && (
          <>
            ; without it <code>{String(schema.default)}</code>
          </>
        )}
      </span>
    </dd>
  </div>
)

const AnswerView = ({ status, response }: { status: string; response: ResponseObject | { readonly $ref: string } }) => (
  <div>
    <dt>
      <code>{status}</code>
    </dt>
    <dd>
      {'description' in response && <Line text={response.description} />}{' '}
      {'content' in response && Number(status) < 400 && <MediaView content={response.content ?? {}} />}
    </dd>
  </div>
)

const MediaView = ({ content }: { content: Media }) => (
  <span class="kind">
    {Object.entries(content).map(([type, { schema }], place) => (
      <>
        {place > 0 && ', '}
        <code>{type}</code>
        {schema?.$ref !== undefined && (
          <>
            {': '}
            <Kind schema={schema} />
          </>
        )}
      </>
    ))}
  </span>
)
