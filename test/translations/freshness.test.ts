import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RevisionHashes } from '../../src/briefings/revisions'
import type { Significance } from '../../src/briefings/vocabulary'
import { changeSince, isOutdated, weightOf } from '../../src/translations/freshness'
import { rounds } from '../support/rounds'

/** A revision in which the segment `body.closure` reads so; the hash of a text is the text itself. */
const revision = (significance: Significance, text: string): RevisionHashes => ({
  significance,
  significances: {},
  hashes: { 'body.closure': text, title: 'The harbour closes' },
})

/** Whether a translation of `seen` warns its reader, after these revisions: `material A`, `typo B` … */
const warns = (seen: string, ...revisions: readonly `${Significance} ${string}`[]) =>
  isOutdated(
    'body.closure',
    seen,
    revisions.map((each) => revision(each.split(' ')[0] as Significance, each.split(' ')[1] ?? '')),
  )

describe('a reader of a translation', () => {
  test('is warned of a material change of what the translator saw', () => {
    expect(warns('A', 'material A', 'material B')).toBe(true)
  })

  test('is never warned of a typo or a minor change, nor of any number of them', () => {
    expect(warns('A', 'material A', 'typo B')).toBe(false)
    expect(warns('A', 'material A', 'minor B')).toBe(false)
    expect(warns('A', 'material A', 'minor B', 'typo C', 'minor D')).toBe(false)
  })

  test('is not warned of a material change elsewhere in the briefing', () => {
    expect(warns('A', 'material A', 'material A')).toBe(false)
    expect(warns('A', 'material A', 'typo B', 'material B')).toBe(false)
  })

  test('is warned of a material change that typos came before or after', () => {
    expect(warns('A', 'material A', 'typo B', 'material C')).toBe(true)
    expect(warns('A', 'material A', 'material B', 'typo C')).toBe(true)
  })

  test('is not warned of a change that was undone, whatever the undoing was called', () => {
    expect(warns('A', 'material A', 'material B', 'material A')).toBe(false)
    expect(warns('A', 'material A', 'material B', 'typo A')).toBe(false)
  })

  test('is not warned where a change was undone to a text that differs from theirs by a typo only', () => {
    expect(warns('A', 'material A', 'typo A´', 'material B', 'minor A´')).toBe(false)
    expect(warns('A', 'material A', 'typo A´', 'material B', 'minor B´')).toBe(true)
  })

  test('is not warned of what changed before the translator saw it', () => {
    expect(warns('B', 'material A', 'material B')).toBe(false)
    expect(warns('B', 'material A', 'material B', 'typo C')).toBe(false)
  })

  test('is warned where the translator saw an English that never was', () => {
    expect(warns('X', 'material A')).toBe(true)
    expect(warns('', 'material A', 'typo B')).toBe(true)
    expect(warns('A')).toBe(true)
  })

  test('is warned by the last time that the translator’s English stood there', () => {
    expect(warns('A', 'material A', 'minor B', 'minor A', 'material B')).toBe(true)
    expect(warns('A', 'material A', 'material B', 'material A', 'minor C')).toBe(false)
  })

  test('of a segment that came later is judged from there on', () => {
    const before: RevisionHashes = { significance: 'material', significances: {}, hashes: {} }
    expect(isOutdated('body.closure', 'A', [before, revision('material', 'A')])).toBe(false)
    expect(isOutdated('body.closure', 'A', [before, revision('material', 'A'), revision('material', 'B')])).toBe(true)
    expect(isOutdated('body.closure', '', [before, revision('material', 'A')])).toBe(true)
  })
})

describe('a revision that says of one segment what it does not say of itself', () => {
  const own = (significance: Significance, text: string, ofClosure: Significance): RevisionHashes => ({
    ...revision(significance, text),
    significances: { 'body.closure': ofClosure },
  })

  test('warns where that segment changed materially, and not where it changed by a typo', () => {
    expect(isOutdated('body.closure', 'A', [revision('material', 'A'), own('minor', 'B', 'material')])).toBe(true)
    expect(isOutdated('body.closure', 'A', [revision('material', 'A'), own('material', 'B', 'typo')])).toBe(false)
  })

  test('matters on the whole as much as its weightiest change', () => {
    const first = revision('material', 'A')
    expect(weightOf(own('material', 'B', 'typo'), first)).toBe('typo')
    expect(weightOf(own('minor', 'B', 'material'), first)).toBe('material')
    const both = { ...own('minor', 'B', 'typo'), hashes: { 'body.closure': 'B', title: 'Another' } }
    expect(weightOf(both, first)).toBe('minor')
    expect(weightOf(revision('minor', 'A'), first)).toBe('minor')
  })
})

describe('how far a translation is behind', () => {
  const behind = (seen: string, ...history: readonly RevisionHashes[]) => changeSince('body.closure', seen, history)

  test('is as far as the weightiest change since, and nothing where the English is as it was', () => {
    expect(behind('A', revision('material', 'A'))).toBeUndefined()
    expect(behind('A', revision('material', 'A'), revision('typo', 'B'))).toBe('typo')
    expect(behind('A', revision('material', 'A'), revision('minor', 'B'), revision('typo', 'C'))).toBe('minor')
    expect(behind('A', revision('material', 'A'), revision('material', 'B'), revision('typo', 'C'))).toBe('material')
    expect(behind('A', revision('material', 'A'), revision('material', 'B'), revision('material', 'A'))).toBeUndefined()
  })
})

const aSignificance = fc.constantFrom('typo' as const, 'minor' as const, 'material' as const)
const small = fc.constantFrom('typo' as const, 'minor' as const)
const aText = fc.constantFrom('A', 'B', 'C', 'D')
const aRevision = fc.tuple(aSignificance, aText).map(([significance, text]) => revision(significance, text))
const aPast = fc.array(aRevision, { minLength: 1, maxLength: 8 })
const textIn = (each: RevisionHashes | undefined) => each?.hashes['body.closure'] ?? ''
const outdated = (seen: string, history: readonly RevisionHashes[]) => isOutdated('body.closure', seen, history)

describe('whatever the newsroom did', () => {
  test('a translation of the English as it stands warns nobody', () => {
    fc.assert(
      fc.property(aPast, (past) => {
        expect(outdated(textIn(past.at(-1)), past)).toBe(false)
      }),
    )
  })

  test('only content decides: a revision that leaves the segment as it was changes nothing', () => {
    fc.assert(
      fc.property(aPast, aText, aSignificance, (past, seen, significance) => {
        expect(outdated(seen, [...past, revision(significance, textIn(past.at(-1)))])).toBe(outdated(seen, past))
      }),
      { numRuns: rounds(500) },
    )
  })

  test('a typo or a minor change makes no current translation outdated', () => {
    fc.assert(
      fc.property(aPast, aText, small, aText, (past, seen, significance, text) => {
        fc.pre(!outdated(seen, past))
        expect(outdated(seen, [...past, revision(significance, text)])).toBe(false)
      }),
      { numRuns: rounds(500) },
    )
  })

  test('a typo cannot hide that a translation is outdated, unless it brings its English back', () => {
    fc.assert(
      fc.property(aPast, aText, small, (past, seen, significance) => {
        fc.pre(outdated(seen, past))
        expect(outdated(seen, [...past, revision(significance, 'new')])).toBe(true)
      }),
      { numRuns: rounds(500) },
    )
  })

  test('a material change to something new makes every translation outdated', () => {
    fc.assert(
      fc.property(aPast, aText, (past, seen) => {
        expect(outdated(seen, [...past, revision('material', 'new')])).toBe(true)
      }),
    )
  })

  test('a change that is undone at once leaves everything as it was', () => {
    fc.assert(
      fc.property(aPast, aText, aSignificance, aSignificance, (past, seen, there, back) => {
        const history = [...past, revision(there, 'new'), revision(back, textIn(past.at(-1)))]
        expect(outdated(seen, history)).toBe(outdated(seen, past))
      }),
      { numRuns: rounds(500) },
    )
  })
})
