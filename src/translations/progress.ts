import type { Briefing } from '../briefings/briefing'
import type { RevisionHashes } from '../briefings/revisions'
import { type Segment, segmentsOf } from '../briefings/segments'
import type { Significance, Tier } from '../briefings/vocabulary'
import type { Locale } from '../language/locale'
import { countWords } from '../language/text'
import { changeSince } from './freshness'
import { type Translation, type TranslationState, textOf } from './translation'

/** Where one translation of one briefing stands. Counts are of segments; `words` are English words still to be translated. */
export interface Progress {
  readonly slug: string
  readonly locale: Locale
  readonly state: TranslationState | 'none'
  readonly coverage: number
  readonly missing: readonly string[]
  /** Segments whose English has changed since they were translated, by how much. Only `material` asks for work. */
  readonly behind: Readonly<Record<Significance, readonly string[]>>
  /** Segments that a machine drafted and no person has taken over. */
  readonly machine: readonly string[]
  readonly words: number
}

/** Where a translation stands against the English of now: of the segments that a tier opens. */
export function progressOf(
  slug: string,
  briefing: Briefing,
  history: readonly RevisionHashes[],
  locale: Locale,
  translation: Translation | undefined,
  tier?: Tier,
): Progress {
  const segments = segmentsOf(briefing, tier)
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
