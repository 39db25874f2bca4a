import type { Unit } from './pack'

/** What a file says of a text: that it is done, that it is not, or nothing. */
export type Said = 'done' | 'unfinished' | 'nothing'

/** How far a file says that a text is, when it leaves. A text to be translated has no state: see `said12`. */
const stateAs =
  (unfinished: string) =>
  ({ state }: Pick<Unit, 'state'>, isApproved: boolean): string | undefined => {
    if (state === 'missing') return undefined
    if (state !== 'current') return unfinished
    return isApproved ? 'final' : 'translated'
  }

/** The same in the words of XLIFF 1.2, and of XLIFF 2. */
export const state12 = stateAs('needs-review-translation')
export const state2 = stateAs('initial')

const done12 = ['translated', 'signed-off', 'final']

/** States that a tool gives a text itself: no file of ours has them. Poedit's “Needs work” is one, and it leaves `approved` as it was. */
const doubts12 = ['needs-l10n', 'needs-adaptation', 'needs-review-l10n', 'needs-review-adaptation']

/**
 * What XLIFF 1.2 says of a text that came back. OmegaT 5 and earlier write no state, so what it has finished has the one that it left
 * with: none. Weblate, Poedit and the translate-toolkit give a text that is not done `needs-translation` or `needs-l10n`, and read `new`
 * as that. Tools that know only `approved` leave the state.
 */
export function said12(state: string, isApproved: boolean): Said {
  if (done12.includes(state)) return 'done'
  if (isApproved && !doubts12.includes(state)) return 'done'
  return /^(?:new$|needs-)/.test(state) ? 'unfinished' : 'nothing'
}

/**
 * What XLIFF 2 says of a segment that came back. Trados writes `initial` for a draft, the translate-toolkit for a fuzzy text. Poedit's
 * “Needs work” is `translated` with the sub-state `poedit:fuzzy`. OmegaT writes none.
 */
export function said2(state: string, subState: string): Said {
  if (state === 'initial' || /:(?:.*(?:fuzzy|draft|reject|needs))/i.test(subState)) return 'unfinished'
  return ['translated', 'reviewed', 'final'].includes(state) ? 'done' : 'nothing'
}

/** What is said of a text of which each part has its own state. */
export function saidOfAll(parts: readonly Said[]): Said {
  if (parts.includes('unfinished')) return 'unfinished'
  return parts.length > 0 && parts.every((said) => said === 'done') ? 'done' : 'nothing'
}
