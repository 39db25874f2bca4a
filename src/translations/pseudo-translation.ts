import type { BriefingFile } from '../briefings/briefing'
import { segmentsOf } from '../briefings/segments'
import type { Locale, PseudoLocale } from '../language/locale'
import { pseudoPieces } from '../language/pseudo'
import { split } from './packs/inline'
import type { LocaleFile } from './translation'

/** The locale file of a briefing in a pseudo-locale: every segment, made from the present English. */
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
