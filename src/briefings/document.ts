import { type Briefing, briefingSchema } from './briefing'

type Fields = Readonly<Record<string, unknown>>

/** How documents of one kind are kept in the database as JSON, whichever program wrote them. */
export interface DocumentKind<Value> {
  write(value: Value): string
  /** Returns a document as this program knows it. Throws where it is of a newer version. */
  read(json: string): Value
}

/** Names the version of a document. One without it is of the first: documents had no version then. */
const marker = '@version'

/**
 * A kind of document. The nth of `steps` makes a document of version n into one of version n + 1, so that a document of any version is
 * brought up to date when it is read. Steps are only added. `parse` checks what comes out of the last.
 */
export function documentKind<Value extends object>(
  steps: readonly ((document: Fields) => Fields)[],
  parse: (document: unknown) => Value,
): DocumentKind<Value> {
  const newest = steps.length + 1
  return {
    // The first version is written as it always was, so that the program before this one can read it.
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

/** The English of a briefing and its facts, as a source revision keeps them. */
export const briefingDocument = documentKind<Briefing>([], (document) => briefingSchema.parse(document))
