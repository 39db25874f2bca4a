import type { Words } from '../language/catalog'
import { type Locale, markup } from '../language/locale'
import { asEntry } from '../language/text'
import type { Site } from '../site'

interface Served {
  readonly site: Site
  /** The site's words in the language asked for. */
  readonly words: Words
  readonly served: Locale
}

/** Says of a briefing in a list that it is served in another language than the one asked for, and in which. */
export const ServedLanguage = ({ site, words, served }: Served) => (
  <span class="label">
    {served === site.locales.source ? (
      words.t('card.in-source-language')
    ) : (
      <bdi {...markup(words.locale)}>{asEntry(words.language(served), words.locale)}</bdi>
    )}
  </span>
)
