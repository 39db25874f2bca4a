import { readEarlierSegments } from '../briefings/revision-store'
import type { Earlier } from '../briefings/revisions'
import { type Segment, segmentsOf } from '../briefings/segments'
import type { Source } from '../briefings/source'
import { listSources } from '../briefings/store'
import { isPseudo, type Locale, openLocales } from '../language/locale'
import type { LiveSite } from '../site'
import { type Accepted, settled } from '../translations/checks/accepted'
import { checkSegment, styleFindings } from '../translations/checks/checks'
import type { Finding } from '../translations/checks/finding'
import { isWarning } from '../translations/checks/receipt'
import { namesIn, type Standards } from '../translations/checks/review'
import { listTranslations, type StoredTranslation } from '../translations/store'
import { textOf } from '../translations/translation'

/** What is found in the stored texts of a briefing in one language. */
export interface StoredFindings {
  readonly slug: string
  readonly locale: Locale
  readonly findings: readonly Finding[]
}

const briefingsAtOnce = 20

/**
 * Checks everything that is stored, the newest revision of each briefing and each translation, as `review` checks files. A text is
 * held to the English that it was made from. `acceptedIn` gives the warnings that somebody accepted with a reason.
 */
export async function* reviewStored(
  site: LiveSite,
  standards: Standards,
  acceptedIn: (slug: string, locale: Locale) => Accepted | undefined,
): AsyncGenerator<StoredFindings> {
  const { database, locales } = site
  const open = openLocales(locales).filter((tag) => !isPseudo(tag))
  for (let after: string | undefined = ''; after !== undefined; ) {
    const sources: readonly Source[] = await listSources(database, after, briefingsAtOnce)
    for (const source of sources) {
      const { id, slug, briefing } = source
      yield {
        slug,
        locale: locales.source,
        findings: findingsInEnglish(segmentsOf(briefing), standards.styles.get(locales.source)),
      }
      const earlier = await readEarlierSegments(database, id)
      for (const translation of await listTranslations(database, id)) {
        const { locale } = translation
        if (!open.includes(locale)) continue
        const found = findingsIn(source, translation, earlier, standards)
        yield { slug, locale, findings: settled(found, acceptedIn(slug, locale)).filter(isFault) }
      }
    }
    after = sources.length < briefingsAtOnce ? undefined : sources.at(-1)?.slug
  }
}

const isFault = (finding: Finding) => finding.severity === 'error' || isWarning(finding)

const findingsInEnglish = (segments: readonly Segment[], style: Parameters<typeof styleFindings>[0] | undefined) =>
  style ? segments.flatMap(({ id, kind, text }) => styleFindings(style, { id, kind, target: text })) : []

function findingsIn(
  { briefing }: Source,
  translation: StoredTranslation,
  earlier: Earlier,
  { glossaries, styles }: Standards,
): readonly Finding[] {
  const { locale } = translation
  const [names, glossary, style] = [namesIn(briefing), glossaries.get(locale), styles.get(locale)]
  return segmentsOf(briefing).flatMap(({ id, kind, text }) => {
    const target = textOf(translation, id)
    const source = earlier(id, translation.segments[id]?.seen ?? '')?.text ?? text
    return checkSegment({ locale, id, kind, source, target, names, glossary, style })
  })
}
