import type { Words } from '../language/catalog'
import { markup } from '../language/locale'
import type { ProblemCode } from '../problem'
import type { Site } from '../site'
import { document, type LanguageLink, Switcher } from './layout'

/** What can have become of what was sent. */
export const keptStates = ['nothing', 'unknown', 'saved'] as const

interface ProblemPage {
  readonly site: Site
  readonly words: Words
  readonly code: ProblemCode
  readonly links: readonly LanguageLink[]
  /** The number of the error in the log; empty if there was none. */
  readonly reference: string
  /** What became of what was sent, if it could not be written. */
  readonly kept?: (typeof keptStates)[number] | undefined
  /** When the editors withdrew the briefing that was asked for, and what they say about it. */
  readonly withdrawal?: { readonly at: string; readonly why: string } | undefined
  /** When they removed it for good. */
  readonly removedAt?: string | undefined
}

/** The page for people when something cannot be shown: the problem, and where to go. */
export function problemPage({ site, words, code, links, reference, withdrawal, removedAt, kept }: ProblemPage): string {
  const { t } = words
  const problem = removedAt === undefined ? code : 'removed'
  const { source } = site.locales
  return document({
    site,
    words,
    head: (
      <>
        <title>{`${t(`error.${problem}.title`)} · ${site.config.siteName}`}</title>
        <meta name="robots" content="noindex" />
      </>
    ),
    switcher: <Switcher words={words} links={links} />,
    children: (
      <article class="plain problem">
        <h1>{t(`error.${problem}.title`)}</h1>
        <p>{t(`error.${problem}.text`)}</p>
        {removedAt !== undefined && <p>{t('error.removed.date', { date: words.date(removedAt) })}</p>}
        {kept && <p>{t(`error.kept.${kept}`)}</p>}
        {withdrawal && <p>{t('error.gone.date', { date: words.date(withdrawal.at) })}</p>}
        {withdrawal && withdrawal.why !== '' && (
          <>
            <h2>{t('error.gone.why')}</h2>
            <p {...markup(source)}>{withdrawal.why}</p>
          </>
        )}
        <p>
          <a href={`/${words.locale}/`}>{t('error.home')}</a>
        </p>
        {reference !== '' && <p class="reference">{t('error.reference', { id: reference })}</p>}
      </article>
    ),
  })
}
