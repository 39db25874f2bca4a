import { readEarlierSegments } from '../briefings/revision-store'
import { segmentsOf } from '../briefings/segments'
import type { Source } from '../briefings/source'
import { listSources } from '../briefings/store'
import { isPseudo, type Locale, openLocales } from '../language/locale'
import type { LiveSite } from '../site'
import type { Finding } from '../translations/checks/finding'
import { isWarning } from '../translations/checks/receipt'
import { listTranslations } from '../translations/store'
import { findingsInEnglish, findingsInTranslation, type Judged } from './judged'

/** What is found in the stored texts of a briefing in one language. */
export interface StoredFindings {
  readonly slug: string
  readonly locale: Locale
  readonly findings: readonly Finding[]
}

const briefingsAtOnce = 20

/** Checks everything that is stored, the newest revision of each briefing and each translation, as `review` checks files. */
export async function* reviewStored(site: LiveSite, judged: Judged): AsyncGenerator<StoredFindings> {
  const { database, locales } = site
  const open = openLocales(locales).filter((tag) => !isPseudo(tag))
  for (let after: string | undefined = ''; after !== undefined; ) {
    const sources: readonly Source[] = await listSources(database, after, briefingsAtOnce)
    for (const source of sources) {
      const { id, slug, briefing } = source
      yield { slug, locale: locales.source, findings: findingsInEnglish(segmentsOf(briefing), locales.source, judged) }
      const earlier = await readEarlierSegments(database, id)
      for (const translation of await listTranslations(database, id)) {
        const { locale } = translation
        if (!open.includes(locale)) continue
        yield { slug, locale, findings: findingsInTranslation(source, translation, earlier, judged).filter(isFault) }
      }
    }
    after = sources.length < briefingsAtOnce ? undefined : sources.at(-1)?.slug
  }
}

const isFault = (finding: Finding) => finding.severity === 'error' || isWarning(finding)
