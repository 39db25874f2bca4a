import { readEarlierSegments } from '../briefings/revision-store'
import type { Earlier } from '../briefings/revisions'
import { type Segment, segmentsOf } from '../briefings/segments'
import type { Source } from '../briefings/source'
import { isPseudo, type Locale } from '../language/locale'
import { explain } from '../language/newsroom'
import type { LiveSite } from '../site'
import { type Accepted, settled } from '../translations/checks/accepted'
import { checkSegment, styleFindings } from '../translations/checks/checks'
import type { Finding } from '../translations/checks/finding'
import { type FileWarning, isWarning } from '../translations/checks/receipt'
import { namesIn, type Standards } from '../translations/checks/review'
import { type Translation, textOf } from '../translations/translation'

/** What stored texts are held to, and the warnings in them that somebody accepted with a reason. */
export interface Judged {
  readonly standards: Standards
  readonly acceptedIn: (slug: string, locale: Locale) => Accepted | undefined
}

/** By what a site has of it: its glossaries. */
const bySite = ({ glossaries }: LiveSite): Judged => ({
  standards: { glossaries: new Map(Object.entries(glossaries)), styles: new Map() },
  acceptedIn: () => undefined,
})

/** What is found in the stored English of a briefing: what the style sheet of its language says of it. */
export function findingsInEnglish(segments: readonly Segment[], locale: Locale, { standards }: Judged): readonly Finding[] {
  const style = standards.styles.get(locale)
  return style ? segments.flatMap(({ id, kind, text }) => styleFindings(style, { id, kind, target: text })) : []
}

/** What is found in a translation, apart from what is accepted. A text is held to the English that it was made from. */
export function findingsInTranslation(
  { slug, briefing }: Pick<Source, 'slug' | 'briefing'>,
  translation: Translation,
  earlier: Earlier,
  { standards, acceptedIn }: Judged,
): readonly Finding[] {
  const { locale } = translation
  const [names, glossary, style] = [namesIn(briefing), standards.glossaries.get(locale), standards.styles.get(locale)]
  const found = segmentsOf(briefing).flatMap(({ id, kind, text }) => {
    const target = textOf(translation, id)
    const source = earlier(id, translation.segments[id]?.seen ?? '')?.text ?? text
    return checkSegment({ locale, id, kind, source, target, names, glossary, style })
  })
  return settled(found, acceptedIn(slug, locale))
}

/**
 * What a person should look at in texts that readers get: in translations, and in the English if it is among them. A pseudo-locale has only
 * English.
 */
export async function warningsShown(
  site: LiveSite,
  source: Source,
  { translations, isEnglish = false }: { readonly translations: readonly Translation[]; readonly isEnglish?: boolean },
  judged: Judged = bySite(site),
): Promise<readonly FileWarning[]> {
  const english = site.locales.source
  const inEnglish = isEnglish ? findingsInEnglish(segmentsOf(source.briefing), english, judged) : []
  const checked = translations.filter(({ locale }) => !isPseudo(locale))
  const earlier = checked.length > 0 ? await readEarlierSegments(site.database, source.id) : () => undefined
  return [
    ...inEnglish.map((each) => [english, each] as const),
    ...checked.flatMap((each) =>
      findingsInTranslation(source, each, earlier, judged).map((found) => [each.locale, found] as const),
    ),
  ].flatMap(([locale, found]) => {
    const { segment, rule, complaint } = found
    return isWarning(found) ? [{ locale, segment, rule, reason: explain(complaint), complaint }] : []
  })
}
