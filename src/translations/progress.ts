import type { Briefing } from '../briefings/briefing'
import { segmentsOf } from '../briefings/segments'
import type { Locale } from '../language/locale'
import { countWords } from '../language/text'
import { isOutdated, type RevisionHashes } from './freshness'
import type { Translation, TranslationState } from './translation'

/** Where one translation of one briefing stands. Counts are of segments; `words` are English words still to be translated. */
export interface Progress {
  readonly slug: string
  readonly locale: Locale
  readonly state: TranslationState | 'none'
  readonly coverage: number
  readonly missing: readonly string[]
  readonly outdated: readonly string[]
  readonly words: number
}

/** Where a translation stands against the English of now. */
export function progressOf(
  slug: string,
  briefing: Briefing,
  history: readonly RevisionHashes[],
  source: Locale,
  locale: Locale,
  translation: Translation | undefined,
): Progress {
  const segments = segmentsOf(briefing)
  const textOf = (id: string) => translation?.segments[id]?.text.trim() ?? ''
  const missing = segments.filter(({ id }) => textOf(id) === '')
  const outdated = segments.filter(
    ({ id }) => textOf(id) !== '' && isOutdated(id, translation?.segments[id]?.seen ?? '', history),
  )
  return {
    slug,
    locale,
    state: translation?.state ?? 'none',
    coverage: (segments.length - missing.length) / segments.length,
    missing: missing.map(({ id }) => id),
    outdated: outdated.map(({ id }) => id),
    words: [...missing, ...outdated].reduce((sum, { text }) => sum + countWords(text, source), 0),
  }
}
