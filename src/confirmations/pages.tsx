import type { Child } from 'hono/jsx'
import type { MessageKey, Words } from '../language/catalog'
import type { Site } from '../site'
import { memberPage } from '../ui/member-page'
import type { Kind } from './confirmation'

/** The page after a request. It is the same for every address, known or not. */
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

/**
 * The page of the link in an email: what is asked, and a button. Opening it does nothing, because programs that scan mail open
 * links too.
 */
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

/** The page of a link that is not valid, or no longer. */
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

/** The page that says that it is done, and what follows. */
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

/** A page without an address in other languages. Its menu of languages leads to the page for asking again. */
const pageOf = <More,>(site: Site, words: Words, kind: Kind<More>, title: MessageKey, ...children: Child[]): string =>
  memberPage({ site, words, title: words.t(title), path: kind.again?.path ?? '', children: <>{children}</> })
