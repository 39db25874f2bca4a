import { hashOf } from '../briefings/hash'
import { kindOf } from '../briefings/publication'
import { type Answer, isOwnPage } from '../editions/print'
import type { Appearance } from '../feeds/appearance-store'
import type { Locale } from '../language/locale'
import { isFallback } from '../language/resolution'
import { contentOf, materialStateOf } from './material'
import type { PublishedEnglish, PublishedTranslation } from './published'

/** What feeds, sitemaps and events need to know of these answers. */
export async function appearancesOf(
  source: PublishedEnglish,
  translations: readonly PublishedTranslation[],
  answers: readonly Answer[],
): Promise<readonly Appearance[]> {
  const served = [...new Set(answers.map(({ resolution }) => resolution.served))]
  const states = new Map(
    await Promise.all(served.map(async (locale) => [locale, await statesIn(locale, source, translations)] as const)),
  )
  return answers.map(({ resolution, reading }) => ({
    asked: resolution.asked,
    slug: reading.slug,
    kind: kindOf(reading),
    isNative: !isFallback(resolution),
    isOwn: isOwnPage(resolution),
    available: resolution.available,
    ...(states.get(resolution.served) ?? { state: '', content: '' }),
    sourceRevision: source.revision,
  }))
}

/** Hashes of what is served in a locale: as far as it matters, and of all of it. */
async function statesIn(locale: Locale, source: PublishedEnglish, translations: readonly PublishedTranslation[]) {
  const translation = translations.find((each) => each.locale === locale)
  const [state, content] = await Promise.all([
    hashOf(materialStateOf(source, translation)),
    hashOf(contentOf(source, translation)),
  ])
  return { state, content }
}
