import type { Words } from '../language/catalog'
import type { ProblemCode } from '../problem'
import type { Site } from '../site'
import { document, type LanguageLink, Switcher } from './layout'

interface ProblemPage {
  readonly site: Site
  readonly words: Words
  readonly code: ProblemCode
  readonly links: readonly LanguageLink[]
  /** The number of the error in the log; empty if there was none. */
  readonly reference: string
}

/** The page for people when something cannot be shown: the problem, and where to go. */
export function problemPage({ site, words, code, links, reference }: ProblemPage): string {
  const { t } = words
  return document({
    site,
    words,
    head: (
      <>
        <title>{`${t(`error.${code}.title`)} · ${site.config.siteName}`}</title>
        <meta name="robots" content="noindex" />
      </>
    ),
    switcher: <Switcher words={words} links={links} />,
    children: (
      <article class="plain problem">
        <h1>{t(`error.${code}.title`)}</h1>
        <p>{t(`error.${code}.text`)}</p>
        <p>
          <a href={`/${words.locale}/`}>{t('error.home')}</a>
        </p>
        {reference !== '' && <p class="reference">{t('error.reference', { id: reference })}</p>}
      </article>
    ),
  })
}
