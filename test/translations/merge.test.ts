import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complaint } from '../../src/language/complaint'
import { isTaken, type Met, merge, type SentText, type Verdict } from '../../src/translations/merge'
import type { TranslatedSegment } from '../../src/translations/translation'
import { rounds } from '../support/rounds'

const stands = { text: 'was', seen: 'now' }
const sentBy = (changes: Partial<SentText> = {}): SentText => ({
  id: 'title',
  text: 'mine',
  was: 'was',
  seen: 'now',
  isDone: false,
  ...changes,
})
const meeting = (changes: Partial<Met> = {}): Met => ({
  stands,
  english: 'The harbour closes',
  wasEarlier: () => false,
  isOutdated: (seen) => seen !== 'now',
  flawOf: () => undefined,
  ...changes,
})
const theirs = meeting({ stands: { text: 'theirs', seen: 'now' } })

describe('a text that comes back', () => {
  test.each<[string, SentText, Met, Partial<Verdict>]>([
    ['that nobody else changed is saved', sentBy(), meeting(), { outcome: 'accepted' }],
    ['where nothing stood is saved', sentBy({ was: '' }), meeting({ stands: undefined }), { outcome: 'accepted' }],
    ['as it was given undoes nothing', sentBy({ text: 'was' }), theirs, { outcome: 'unchanged', stands: 'theirs' }],
    ['that somebody else typed too is what stands', sentBy({ text: 'theirs' }), theirs, { outcome: 'unchanged' }],
    ['that clashes is told with both', sentBy(), theirs, { outcome: 'conflict', text: 'mine', stands: 'theirs' }],
    ['of what did not exist yet clashes too', sentBy({ was: '' }), theirs, { outcome: 'conflict', text: 'mine' }],
    ['of older English is saved as what it is', sentBy({ seen: 'then' }), meeting(), { outcome: 'outdated-saved' }],
    ['of English that never was is not believed', sentBy({ seen: undefined }), meeting(), { outcome: 'unknown', text: 'mine' }],
    ['of no segment is told', sentBy(), meeting({ english: undefined }), { outcome: 'unknown', text: 'mine' }],
    ['left out takes nothing away', sentBy({ text: ' ' }), meeting(), { outcome: 'emptied' }],
    ['that never was there is not missed', sentBy({ text: '', was: '' }), meeting(), { outcome: 'unchanged' }],
    ['that is to be taken away is', sentBy({ text: '', clears: true }), meeting(), { outcome: 'cleared' }],
    [
      'changed by others is not taken away',
      sentBy({ text: '', clears: true }),
      theirs,
      { outcome: 'conflict', stands: 'theirs' },
    ],
    [
      'over a machine’s draft is saved',
      sentBy({ was: '' }),
      meeting({ stands: { ...stands, machine: 'x' } }),
      { outcome: 'accepted' },
    ],
    ['that is the English is told', sentBy({ text: 'The harbour closes' }), meeting(), { outcome: 'identical' }],
    [
      'that the checks refuse is told',
      sentBy(),
      meeting({ flawOf: () => complaint('receipt.untranslated') }),
      { outcome: 'rejected', text: 'mine' },
    ],
    [
      'that says nothing of its origin says what it replaced',
      sentBy({ was: undefined }),
      theirs,
      { outcome: 'accepted', replaced: 'theirs' },
    ],
    [
      'that says nothing of its origin and stood earlier undoes nothing',
      sentBy({ was: undefined }),
      { ...theirs, wasEarlier: (text) => text === 'mine' },
      { outcome: 'unchanged', text: 'mine', stands: 'theirs' },
    ],
    [
      'after one of the same sender is saved',
      sentBy(),
      { ...theirs, since: () => ({ by: 'sender', had: () => false }) },
      { outcome: 'accepted' },
    ],
    [
      'after one with the same token or of the same file says what it replaced',
      sentBy(),
      { ...theirs, since: () => ({ by: 'program', had: () => false }) },
      { outcome: 'accepted', complaint: complaint('receipt.replaced-own'), replaced: 'theirs' },
    ],
    [
      'that is done confirms what was outdated',
      sentBy({ text: 'was', isDone: true }),
      meeting({ stands: { text: 'was', seen: 'then' } }),
      { outcome: 'confirmed' },
    ],
    [
      'that is done settles what its sender was shown beside it',
      sentBy({ text: 'was', isDone: true }),
      meeting({ isDecided: true }),
      { outcome: 'confirmed' },
    ],
    [
      'that is not done settles nothing beside it',
      sentBy({ text: 'was', isDone: false }),
      meeting({ isDecided: true }),
      { outcome: 'unchanged' },
    ],
  ])('%s', (_, sent, met, verdict) => {
    expect(merge(sent, met)).toMatchObject(verdict)
  })
})

const few = fc.constantFrom<string>('', 'a', 'b', 'c', 'The harbour closes', 'x\u202ey')
const standing = ([text, seen, isDrafted]: [string, string, boolean]): TranslatedSegment => ({
  text,
  seen,
  ...(isDrafted ? { machine: 'a machine' } : {}),
})
const situation = fc.record({
  sent: fc.record({
    id: fc.constant('title'),
    text: few,
    was: fc.option(few, { nil: undefined }),
    seen: fc.constantFrom('now', 'then', undefined),
    isDone: fc.boolean(),
    clears: fc.boolean(),
  }),
  stands: fc.option(fc.tuple(few, fc.constantFrom('now', 'then'), fc.boolean()).map(standing), { nil: undefined }),
  earlier: fc.array(few),
  isKnown: fc.boolean(),
  isFlawed: fc.boolean(),
})

type Situation = typeof situation extends fc.Arbitrary<infer One> ? One : never

const metIn = ({ stands, earlier, isKnown, isFlawed }: Situation): Met => ({
  stands,
  english: isKnown ? 'The harbour closes' : undefined,
  wasEarlier: (text) => earlier.includes(text),
  isOutdated: (seen) => seen !== 'now',
  flawOf: () => (isFlawed ? complaint('receipt.untranslated') : undefined),
})

/** What is lost by a decision: a text that was sent, or one of a person that stood. */
function lostBy(decide: typeof merge, situation: Situation): readonly string[] {
  const { sent, stands, earlier } = situation
  const { outcome, text, stands: told, replaced } = decide(sent, metIn(situation))
  const after = isTaken(outcome) ? sent.text : (stands?.text ?? '')
  const isKept = [after, text, sent.was].includes(sent.text) || earlier.includes(sent.text) || sent.text.trim() === ''
  const stood = stands && stands.machine === undefined ? stands.text : ''
  const isSeen = [after, sent.was, told, replaced].includes(stood)
  return [...(isKept ? [] : ['sent']), ...(isSeen || stood === '' ? [] : ['stood'])]
}

describe('whatever is sent upon whatever stands', () => {
  const holds = (decide: typeof merge) =>
    fc.check(
      fc.property(situation, (each) => lostBy(decide, each).length === 0),
      { numRuns: rounds(2000), seed: 1 },
    ).failed

  test('each text that was sent stands afterwards, or is told whole, or is what its sender was given; nobody’s text is undone in silence', () => {
    expect(holds(merge)).toBe(false)
  })

  test('which is noticed where a text is dropped, or another undone', () => {
    const dropping: typeof merge = (sent, met) => {
      const { text: _, ...verdict } = merge(sent, met)
      return verdict
    }
    const overwriting: typeof merge = (sent, met) => {
      const verdict = merge(sent, met)
      return verdict.outcome === 'conflict' ? { outcome: 'accepted' } : verdict
    }
    const undoing: typeof merge = (sent, met) => (sent.text === sent.was ? { outcome: 'accepted' } : merge(sent, met))
    expect([dropping, overwriting, undoing].map(holds)).toEqual([true, true, true])
  })

  test('nothing made from older English, or from none, becomes current', () => {
    fc.assert(
      fc.property(situation, (each) => {
        const { outcome } = merge(each.sent, metIn(each))
        return each.sent.seen === 'now' || (outcome !== 'accepted' && outcome !== 'confirmed')
      }),
      { numRuns: rounds(2000), seed: 1 },
    )
  })
})
