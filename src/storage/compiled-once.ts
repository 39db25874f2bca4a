import { type Compilable, type CompiledQuery, sql } from 'kysely'
import { type Database, settled } from './database'

/** Stands in a statement for a value that is given each time it runs. */
export const slot = (name: string) => settled(`@${name}`)

/** The same as a plain parameter, which may be the bound of a range in an index. */
export const bare = (name: string) => sql<string>`${`@${name}`}`

/**
 * A query that is compiled once for each database and form. Compiling one costs more than running it. `make` writes a form with slots, and
 * `values` has a value for each slot by its name.
 */
export function compiledOnce<Row>() {
  const databases = new WeakMap<Database, Map<string, CompiledQuery<Row>>>()
  return async (
    database: Database,
    form: string,
    make: () => Compilable<Row>,
    values: Readonly<Record<string, string>>,
  ): Promise<readonly Row[]> => {
    const forms = databases.get(database) ?? new Map<string, CompiledQuery<Row>>()
    databases.set(database, forms)
    const query = forms.get(form) ?? make().compile()
    forms.set(form, query)
    const filled = query.parameters.map((each) =>
      typeof each === 'string' && each.startsWith('@') ? values[each.slice(1)] : each,
    )
    return (await database.query.executeQuery<Row>({ ...query, parameters: filled })).rows
  }
}
