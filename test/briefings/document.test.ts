import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentKind } from '../../src/briefings/document'

interface Note {
  readonly title: string
  readonly tags: readonly string[]
}

/** A kind whose first version had a `heading` for a title, and whose second had no tags. */
const steps = [
  ({ heading, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, title: heading }),
  (document: Readonly<Record<string, unknown>>) => ({ ...document, tags: [] }),
]
const read = (document: unknown) => document as Note
const kinds = [0, 1, 2].map((count) => documentKind<object>(steps.slice(0, count), (document) => document as object))
const newest = documentKind<Note>(steps, read)

describe('a stored document', () => {
  test('of every earlier version is brought up to date when it is read', () => {
    const versions = [{ heading: 'Quay' }, { title: 'Quay' }, { title: 'Quay', tags: [] }]
    for (const [index, document] of versions.entries()) {
      const stored = kinds[index]?.write(document) ?? ''
      expect(newest.read(stored)).toEqual({ title: 'Quay', tags: [] })
    }
  })

  test('of the first version is written without a version, so that the program before can read it', () => {
    expect(documentKind<Note>([], read).write({ title: 'Quay', tags: [] })).toBe('{"title":"Quay","tags":[]}')
  })

  test('is read as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(fc.record({ title: fc.string(), tags: fc.array(fc.string()) }), (note) => {
        expect(newest.read(newest.write(note))).toEqual(note)
      }),
    )
  })

  test('of a version that this program does not know is refused, and not misread', () => {
    expect(() => kinds[0]?.read(newest.write({ title: 'Quay', tags: [] }))).toThrow('of version 3')
    expect(() => newest.read('{"@version":"2"}')).toThrow('of version 2')
  })
})
