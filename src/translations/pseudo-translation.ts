import type { BriefingFile } from '../briefings/briefing'
import { segmentsOf } from '../briefings/segments'
import type { Locale, PseudoLocale } from '../language/locale'
import { pseudoPieces } from '../language/pseudo'
import { split } from './packs/inline'
import type { LocaleFile } from './translation'

/** A briefing as a translator of a pseudo-locale would hand it in: every segment, from the English that stands. */
export function pseudoTranslation(briefing: BriefingFile, source: Locale, locale: PseudoLocale): LocaleFile {
  const texts = segmentsOf(briefing).map(({ id, kind, text }) => [id, pseudoPieces(split(kind, text), locale)] as const)
  return {
    locale,
    source,
    sourceRevision: briefing.revisions.length,
    state: 'approved',
    provenance: 'machine',
    credits: ['Pseudo'],
    segments: Object.fromEntries(texts),
  }
}
