import type { Briefing } from '../briefings/briefing'
import type { RevisionHashes } from '../briefings/revisions'
import { type Segment, type Sight, segmentsOf } from '../briefings/segments'
import type { Significance } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import { countWords } from '../language/text'
import { changeSince } from './freshness'
import { type Translation, textOf } from './translation'
import type { TranslationState } from './vocabulary'

/** What readers have of something that is saved: its newest revision, an earlier one, or nothing. */
export const havings = ['newest', 'earlier', 'nothing'] as const
export type Having = (typeof havings)[number]

export const havingOf = (published: number | undefined, isNewerWaiting: boolean): Having =>
  published === undefined ? 'nothing' : isNewerWaiting ? 'earlier' : 'newest'

/** The progress of one translation of one briefing. Counts are of segments; `words` counts English words to translate. */
export interface Progress {
  readonly slug: string
  readonly locale: Locale
  readonly state: TranslationState | 'none'
  readonly coverage: number
  readonly missing: readonly string[]
  /** Segments whose English has changed since they were translated, by significance. Only `material` needs work. */
  readonly behind: Readonly<Record<Significance, readonly string[]>>
  /** Segments that a machine drafted and no person has taken over. */
  readonly machine: readonly string[]
  readonly words: number
}

/** The progress of a translation, compared with the present English. Only segments in sight count. */
export function progressOf(
  slug: string,
  briefing: Briefing,
  history: readonly RevisionHashes[],
  locale: Locale,
  translation: Translation | undefined,
  sight?: Sight,
): Progress {
  const segments = segmentsOf(briefing, sight)
  const isMissing = ({ id }: Segment) => textOf(translation, id) === ''
  const missing = segments.filter(isMissing)
  const changes = new Map(segments.map((each) => [each, isMissing(each) ? undefined : changeOf(each)] as const))
  const behind = (weight: Significance) => segments.filter((each) => changes.get(each) === weight)
  const idsOf = (some: readonly Segment[]) => some.map(({ id }) => id)
  const outdated = behind('material')

  function changeOf({ id }: Segment) {
    return changeSince(id, translation?.segments[id]?.seen ?? '', history)
  }
  return {
    slug,
    locale,
    state: translation?.state ?? 'none',
    coverage: (segments.length - missing.length) / segments.length,
    missing: idsOf(missing),
    behind: { typo: idsOf(behind('typo')), minor: idsOf(behind('minor')), material: idsOf(outdated) },
    machine: idsOf(segments.filter(({ id }) => translation?.segments[id]?.machine !== undefined)),
    words: [...missing, ...outdated].reduce((sum, { text }) => sum + countWords(text), 0),
  }
}
