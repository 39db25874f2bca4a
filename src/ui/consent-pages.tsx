import type { Child } from 'hono/jsx'
import { oneClick } from '../delivery/consent'
import type { MessageKey, Words } from '../language/catalog'
import type { Site } from '../site'
import { memberPage } from './member-page'

/** Says the same whoever asked: known or not, written to already or not. */
export const sentPage = (site: Site, words: Words): string =>
  consentPage(site, words, 'sign-in.sent.title', <p>{words.t('follow.sent.text')}</p>, <p>{words.t('sign-in.sent.nothing')}</p>)

export const gonePage = (site: Site, words: Words): string =>
  consentPage(site, words, 'sign-in.gone.title', <p>{words.t('follow.gone.text')}</p>, <Home words={words} />)

/** Where the link in a letter leads that asks whether we may write: a button, because programs that look at mail open links too. */
export const permissionPage = (site: Site, words: Words, action: string, asked: Child): string =>
  consentPage(
    site,
    words,
    'follow.confirm.title',
    <>
      {asked}
      <form method="post" action={action}>
        <button type="submit">{words.t('follow.confirm.button')}</button>
      </form>
    </>,
    <p>{words.t('sign-in.confirm.otherwise')}</p>,
  )

export const confirmedPage = (site: Site, words: Words, text: MessageKey): string =>
  consentPage(site, words, 'follow.confirmed.title', <p>{words.t(text)}</p>, <Home words={words} />)

/** The button that stops mails. It sends what a provider of mail would send. The same whatever the link is worth. */
export const stopPage = (site: Site, words: Words, action: string): string =>
  consentPage(
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
  consentPage(site, words, 'follow.stopped.title', <p>{words.t('follow.stopped.text')}</p>, <Home words={words} />)

const Home = ({ words }: { words: Words }) => (
  <p>
    <a href={`/${words.locale}/`}>{words.t('error.home')}</a>
  </p>
)

/** A page that has no address of its own in other languages: its menu leads to their front pages. */
const consentPage = (site: Site, words: Words, title: MessageKey, ...children: Child[]): string =>
  memberPage({ site, words, title: words.t(title), path: '', children: <>{children}</> })
