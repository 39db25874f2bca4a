import { describe, expect, test } from 'vitest'
import { said2, said12, saidOfAll } from '../../../src/translations/packs/states'

/** The states that the tools named here write, from their own code and manuals. */
describe('a text in XLIFF 1.2 that came back', () => {
  test.each([
    ['OmegaT 5 finished it, and writes no state', '', false, 'nothing'],
    ['OmegaT 6 finished it', 'translated', false, 'done'],
    ['Poedit saved it', 'translated', false, 'done'],
    ['Poedit says “Needs work”', 'needs-l10n', false, 'unfinished'],
    ['Poedit says “Needs work” of an approved text', 'needs-l10n', true, 'unfinished'],
    ['Weblate says “Needs editing”', 'needs-translation', false, 'unfinished'],
    ['Weblate approved it', 'final', true, 'done'],
    ['Crowdin filled the English in', 'needs-translation', false, 'unfinished'],
    ['Trados has it as not translated', 'new', false, 'unfinished'],
    ['Trados signed it off', 'signed-off', false, 'done'],
    ['Smartcat leveraged it', 'needs-review-translation', false, 'unfinished'],
    ['nobody touched what was pre-filled', 'needs-review-translation', false, 'unfinished'],
    ['a tool that knows only approved', 'needs-review-translation', true, 'done'],
    ['a tool with a state of its own', 'x-checked', false, 'nothing'],
  ] as const)('where %s', (_, state, isApproved, said) => {
    expect(said12(state, isApproved)).toBe(said)
  })
})

describe('a text in XLIFF 2 that came back', () => {
  test.each([
    ['OmegaT finished it, and writes no state', '', '', 'nothing'],
    ['Poedit saved it', 'translated', '', 'done'],
    ['Poedit says “Needs work”', 'translated', 'poedit:fuzzy', 'unfinished'],
    ['the translate-toolkit, and so Weblate, has it as fuzzy', 'initial', '', 'unfinished'],
    ['Trados has a draft', 'initial', '', 'unfinished'],
    ['Trados approved it', 'reviewed', '', 'done'],
    ['a tool with a sub-state of its own says it is done', 'final', 'tool:confirmed', 'done'],
  ] as const)('where %s', (_, state, subState, said) => {
    expect(said2(state, subState)).toBe(said)
  })

  test('is as far as the least of its parts', () => {
    expect(saidOfAll(['done', 'done'])).toBe('done')
    expect(saidOfAll(['done', 'nothing'])).toBe('nothing')
    expect(saidOfAll(['done', 'unfinished'])).toBe('unfinished')
    expect(saidOfAll([])).toBe('nothing')
  })
})
