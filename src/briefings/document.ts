type Fields = Readonly<Record<string, unknown>>

/** Writes and reads documents of one kind, which the database keeps as JSON. An earlier program may have written them. */
export interface DocumentKind<Value> {
  write(value: Value): string
  /** Returns a document in this program's version. Throws if it is of a newer one. */
  read(json: string): Value
}

/** The field with the version of a document. A document without it is of version 1. */
const marker = '@version'

/**
 * A kind of document. The nth of `steps` turns a document of version n into one of version n + 1. Reading runs the steps that a document
 * lacks. Steps are only added. `parse` checks the result of the last.
 */
export function documentKind<Value extends object>(
  steps: readonly ((document: Fields) => Fields)[],
  parse: (document: unknown) => Value,
): DocumentKind<Value> {
  const newest = steps.length + 1
  return {
    // Version 1 is written without the field, so that the program before this one can read it.
    write: (value) => JSON.stringify(newest === 1 ? value : { [marker]: newest, ...value }),
    read: (json) => {
      const { [marker]: version = 1, ...document } = JSON.parse(json) as Fields
      if (typeof version !== 'number' || version > newest) {
        throw new Error(`A stored document is of version ${version}; this program knows versions up to ${newest}.`)
      }
      return parse(steps.slice(version - 1).reduce((before, step) => step(before), document))
    },
  }
}
