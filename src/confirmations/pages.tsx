import type { Child } from 'hono/jsx'
import type { MessageKey, Words } from '../language/catalog'
import type { Site } from '../site'
import { memberPage } from '../ui/member-page'
import type { Kind } from './confirmation'

/** What follows a request. Says the same whoever asked: known or not, written to already or not. */
export const sentPage = <More,>(site: Site, words: Words, kind: Kind<More>): string =>
  pageOf(
    site,
    words,
    kind,
    'sign-in.sent.title',
    <p>{words.t(kind.words.sent)}</p>,
    <p>
      {words.t('sign-in.sent.nothing')}
      {kind.again && (
        <>
          {' '}
          <Back words={words} kind={kind} />
        </>
      )}
    </p>,
  )

/** Where the link in a letter leads: what is asked, and a button, because programs that look at mail open links too. */
export const confirmPage = <More,>(site: Site, words: Words, kind: Kind<More>, secret: string, asked: Child): string =>
  pageOf(
    site,
    words,
    kind,
    kind.words.title,
    asked,
    <form method="post" action={kind.pathTo(words.locale, secret)}>
      <button type="submit">{words.t(kind.words.button)}</button>
    </form>,
    <p>{words.t('sign-in.confirm.otherwise')}</p>,
  )

/** Where a link leads that is not good, or not any longer. */
export const gonePage = <More,>(site: Site, words: Words, kind: Kind<More>): string =>
  pageOf(
    site,
    words,
    kind,
    'sign-in.gone.title',
    <p>{words.t(kind.words.gone)}</p>,
    <p>
      <Back words={words} kind={kind} />
    </p>,
  )

/** Says that it is done, and what comes of it. */
export const confirmedPage = <More,>(site: Site, words: Words, kind: Kind<More>, text: MessageKey): string =>
  pageOf(
    site,
    words,
    kind,
    'follow.confirmed.title',
    <p>{words.t(text)}</p>,
    <p>
      <Back words={words} kind={kind} />
    </p>,
  )

const Back = <More,>({ words, kind }: { words: Words; kind: Kind<More> }) => (
  <a href={`/${words.locale}/${kind.again?.path ?? ''}`}>{words.t(kind.again?.label ?? 'error.home')}</a>
)

/** A page that has no address of its own in other languages: its menu leads to where one asks again. */
const pageOf = <More,>(site: Site, words: Words, kind: Kind<More>, title: MessageKey, ...children: Child[]): string =>
  memberPage({ site, words, title: words.t(title), path: kind.again?.path ?? '', children: <>{children}</> })
