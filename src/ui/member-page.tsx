import type { Child } from 'hono/jsx'
import type { Words } from '../language/catalog'
import type { Site } from '../site'
import { document, everyLanguage, Switcher } from './layout'

interface MemberPage {
  readonly site: Site
  readonly words: Words
  readonly title: string
  /** Where the same page is in another language, below the locale. */
  readonly path: string
  readonly children: Child
}

/** A page for the one who asks: in the frame of all others, and not to be found by search engines. */
export const memberPage = ({ site, words, title, path, children }: MemberPage): string =>
  document({
    site,
    words,
    head: (
      <>
        <title>{`${title} · ${site.config.siteName}`}</title>
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="same-origin" />
      </>
    ),
    switcher: <Switcher words={words} links={everyLanguage(site, words.locale, path)} />,
    children: (
      <article class="plain member">
        <h1>{title}</h1>
        {children}
      </article>
    ),
  })
