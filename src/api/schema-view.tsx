import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { renderMarkdown } from '../language/markdown'
import type { Schema } from './document'

type Each = Schema | boolean

/** A schema in words: a line that says what it is, and below it its parts. */
export const SchemaView = ({ schema }: { schema: Schema }) => (
  <>
    <Kind schema={schema} />
    <Parts schema={schema} />
  </>
)

/** Markdown of the document, as one line. */
export const Line = ({ text }: { text: string }) => <>{raw(renderMarkdown(text).replace(/^<p>|<\/p>$/g, ''))}</>

/** A link to a schema that has a name, by the reference to it. */
const Named = ({ path }: { path: string }) => {
  const name = path.split('/').at(-1) ?? ''
  return <a href={`#${name}`}>{name}</a>
}

/** What a value is, in one line. */
export const Kind = ({ schema, isMany = false }: { schema: Schema; isMany?: boolean }): Child => {
  if (schema.$ref !== undefined) return <Named path={schema.$ref} />
  if (schema.const !== undefined) return <code>{String(schema.const)}</code>
  if (schema.enum) return <Values values={schema.enum} />
  if (schema.type === 'array') return <List schema={schema} />
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return <Choices choices={choices} />
  if (schema.type === 'object') return <ObjectKind schema={schema} />
  const type = schema.type === undefined ? 'bytes' : schema.type + (isMany ? 's' : '')
  if (schema.type === 'integer' || schema.type === 'number') {
    return (
      <>
        {type}
        {range(bound(schema.minimum), bound(schema.maximum), '')}
      </>
    )
  }
  return (
    <>
      {type}
      {schema.format && ` (${schema.format})`}
      {range(schema.minLength, schema.maxLength, 'characters')}
      {schema.pattern !== undefined && (
        <>
          {' '}
          like <code>{schema.pattern}</code>
        </>
      )}
    </>
  )
}

const Values = ({ values }: { values: readonly unknown[] }) => (
  <>
    {values.map((each, place) => (
      <>
        {place > 0 && ' · '}
        <code>{String(each)}</code>
      </>
    ))}
  </>
)

const List = ({ schema }: { schema: Schema }) => {
  const items = single(schema.items)
  return (
    <>
      a list{range(schema.minItems, schema.maxItems, 'items')} of{' '}
      {items === undefined ? 'anything' : isPlain(items) ? <Kind schema={items} isMany /> : 'objects'}
    </>
  )
}

const Choices = ({ choices }: { choices: readonly Each[] }) => {
  if (choices.every((each) => isSchema(each) && !isPlain(each))) return <>one of these</>
  return (
    <>
      {choices.filter(isSchema).map((each, place) => (
        <>
          {place > 0 && ', or '}
          <Kind schema={each} />
        </>
      ))}
    </>
  )
}

const ObjectKind = ({ schema }: { schema: Schema }) => {
  const values = single(schema.additionalProperties)
  if (!values || schema.properties) return <>an object</>
  return (
    <>
      an object; each key leads to <Kind schema={values} />
    </>
  )
}

/** The parts of a value: its members, or the members of its items, each with its description. */
const Parts = ({ schema }: { schema: Schema }): Child => {
  const items = single(schema.items) ?? single(schema.additionalProperties)
  if (schema.$ref !== undefined) return null
  if (items && !isPlain(items)) return <Parts schema={items} />
  const choices = (schema.anyOf ?? schema.oneOf)?.filter(isSchema).filter((each) => !isPlain(each))
  if (choices && choices.length > 0) {
    return (
      <ul>
        {choices.map((each) => (
          <li>
            <SchemaView schema={each} />
          </li>
        ))}
      </ul>
    )
  }
  const members = Object.entries<Each>(schema.properties ?? {})
  if (members.length === 0) return null
  return (
    <ul>
      {members.map(([name, each]) => (
        <li>
          <code class="name">{name}</code>
          {!schema.required?.includes(name) && ' (may be absent)'}: {isSchema(each) && <Member schema={each} />}
        </li>
      ))}
    </ul>
  )
}

const Member = ({ schema }: { schema: Schema }) => (
  <>
    <Kind schema={schema} />
    {schema.description !== undefined && (
      <>
        {' '}
        – <Line text={schema.description} />
      </>
    )}
    <Parts schema={schema} />
  </>
)

const isSchema = (each: unknown): each is Schema => typeof each === 'object' && each !== null && !Array.isArray(each)
const single = (each: unknown): Schema | undefined => (isSchema(each) ? each : undefined)

/** Whether one line says everything. */
const isPlain = (schema: Schema): boolean => schema.properties === undefined && !schema.anyOf && !schema.oneOf

/** A bound that says something. The largest number of JavaScript says nothing. */
const bound = (value: number | undefined) => (Math.abs(value ?? 0) >= Number.MAX_SAFE_INTEGER ? undefined : value)

const number = new Intl.NumberFormat('en')

function range(least: number | undefined, most: number | undefined, what: string): string {
  const unit = what === '' ? '' : ` ${what}`
  if (most !== undefined) return `, ${least === undefined ? 'up to' : `${number.format(least)} to`} ${number.format(most)}${unit}`
  return least === undefined ? '' : `, at least ${number.format(least)}${unit}`
}
