import type { Child } from 'hono/jsx'
import { oneClick } from '../delivery/one-click'
import type { MessageKey, Words } from '../language/catalog'
import type { Site } from '../site'
import { memberPage } from '../ui/member-page'

/** The button that stops emails. It sends what an email provider would send. It is the same whether the link is valid or not. */
export const stopPage = (site: Site, words: Words, action: string): string =>
  pageOf(
    site,
    words,
    'follow.stop.title',
    <p>{words.t('follow.stop.text')}</p>,
    <form method="post" action={action}>
      <button type="submit" name={oneClick.name} value={oneClick.value}>
        {words.t('follow.stop.button')}
      </button>
    </form>,
  )

export const stoppedPage = (site: Site, words: Words): string =>
  pageOf(
    site,
    words,
    'follow.stopped.title',
    <p>{words.t('follow.stopped.text')}</p>,
    <p>
      <a href={`/${words.locale}/`}>{words.t('error.home')}</a>
    </p>,
  )

/** A page that has no address of its own in other languages: its menu leads to their front pages. */
const pageOf = (site: Site, words: Words, title: MessageKey, ...children: Child[]): string =>
  memberPage({ site, words, title: words.t(title), path: '', children: <>{children}</> })
