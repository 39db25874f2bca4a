import { raw } from 'hono/html'
import type { Words } from '../language/catalog'
import { renderMarkdown } from '../language/markdown'
import type { Site } from '../site'
import { document } from '../ui/layout'
import { curlOf, parametersOf } from './curl'
import type { DocumentedOperation, Media, OpenApi, Parameter, Told } from './document'
import { Kind, Line, SchemaView } from './schema-view'

export const docsPath = '/api/docs'

/** The API's document for people. Like all documentation it is in English, and it is the one page of a site that is in no other language. */
export function docsPage(site: Site, words: Words, api: OpenApi): string {
  const title = `The API of ${site.config.siteName}`
  const asked = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const groups = api.tags.map((tag) => ({ ...tag, asked: asked.filter(({ operation }) => operation.tags.includes(tag.name)) }))
  const [introduction = '', ...guide] = api.info.description.split('\n\n')
  return document({
    site,
    words,
    head: (
      <>
        <title>{`${title} · ${site.config.siteName}`}</title>
        <meta name="description" content={api.info.summary} />
        <link rel="canonical" href={site.config.origin + docsPath} />
      </>
    ),
    switcher: null,
    children: (
      <article class="docs">
        <h1>{title}</h1>
        {raw(renderMarkdown(introduction))}
        <nav aria-label="Contents">
          <p>
            <a href="#guide">How it works</a>
          </p>
          {groups.map(({ name, asked }) => (
            <div>
              <p>
                <a href={`#${name.toLowerCase()}`}>{name}</a>
              </p>
              <ul>
                {asked.map(({ operation: { operationId, summary } }) => (
                  <li>
                    <a href={`#${operationId}`}>{summary}</a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
          <div>
            <p>
              <a href="#schemas">Schemas</a>
            </p>
            <p class="names">
              {Object.keys(api.components.schemas).map((name) => (
                <>
                  <a href={`#${name}`}>{name}</a>{' '}
                </>
              ))}
            </p>
          </div>
        </nav>
        <section class="guide" aria-labelledby="guide">
          <h2 id="guide">How it works</h2>
          {raw(renderMarkdown(guide.join('\n\n')))}
        </section>
        {groups.map(({ name, description, asked }) => (
          <section aria-labelledby={name.toLowerCase()}>
            <h2 id={name.toLowerCase()}>{name}</h2>
            <p>{description}</p>
            {asked.map((each) => (
              <OperationView api={api} {...each} />
            ))}
          </section>
        ))}
        <section aria-labelledby="schemas">
          <h2 id="schemas">Schemas</h2>
          {Object.entries(api.components.schemas).map(([name, schema]) => (
            <section id={name} class="schema">
              <h3>{name}</h3>
              {schema.description !== undefined && (
                <p>
                  <Line text={schema.description} />
                </p>
              )}
              <div>
                <SchemaView schema={schema} />
              </div>
            </section>
          ))}
        </section>
      </article>
    ),
  })
}

interface Asked {
  readonly api: OpenApi
  readonly path: string
  readonly method: string
  readonly operation: DocumentedOperation
}

const OperationView = ({ api, path, method, operation }: Asked) => {
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
        {Object.entries(responses).map(([status, told]) => (
          <AnswerView status={status} told={'$ref' in told ? (api.components.responses[nameIn(told.$ref)] ?? told) : told} />
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

const AnswerView = ({ status, told }: { status: string; told: Told | { readonly $ref: string } }) => (
  <div>
    <dt>
      <code>{status}</code>
    </dt>
    <dd>
      {'description' in told && <Line text={told.description} />}{' '}
      {'content' in told && Number(status) < 400 && <MediaView content={told.content ?? {}} />}
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
