import { raw } from 'hono/html'
import type { Words } from '../language/catalog'
import { renderMarkdown } from '../language/markdown'
import type { Site } from '../site'
import { document } from '../ui/layout'
import type { OpenApi } from './document'
import { type Asked, OperationView } from './operation-view'
import { Line, SchemaView } from './schema-view'

export const docsPath = '/api/docs'

/** The API's document for people. Like all documentation it is in English. No other page of a site exists in English only. */
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
        <Contents groups={groups} names={Object.keys(api.components.schemas)} />
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
        <Schemas schemas={api.components.schemas} />
      </article>
    ),
  })
}

interface Group {
  readonly name: string
  readonly asked: readonly Pick<Asked, 'operation'>[]
}

/** The contents of the document, with links. */
const Contents = ({ groups, names }: { groups: readonly Group[]; names: readonly string[] }) => (
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
        {names.map((name) => (
          <>
            <a href={`#${name}`}>{name}</a>{' '}
          </>
        ))}
      </p>
    </div>
  </nav>
)

const Schemas = ({ schemas }: Pick<OpenApi['components'], 'schemas'>) => (
  <section aria-labelledby="schemas">
    <h2 id="schemas">Schemas</h2>
    {Object.entries(schemas).map(([name, schema]) => (
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
)
