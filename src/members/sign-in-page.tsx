import type { MessageKey, Words } from '../language/catalog'
import { isolated } from '../language/text'
import type { Site } from '../site'
import { AddressField } from '../ui/address-field'
import { memberPage } from '../ui/member-page'
import { PasskeyButton } from './passkey-button'

/** Asks for an address; `flaw` says what was wrong with the one that was typed. */
export function signInPage(
  site: Site,
  words: Words,
  asked: { readonly typed?: string; readonly next?: string; readonly flaw?: MessageKey },
): string {
  const { t } = words
  const title = t('sign-in.title')
  return memberPage({
    site,
    words,
    title: asked.flaw ? t('sign-in.title-again', { title }) : title,
    path: 'sign-in',
    children: (
      <>
        <p>{t('sign-in.intro')}</p>
        <form method="post" action={`/${words.locale}/sign-in`}>
          <AddressField words={words} {...asked} />
          {asked.next && <input type="hidden" name="next" value={asked.next} />}
          <button type="submit">{t('sign-in.send')}</button>
        </form>
        <PasskeyButton site={site} words={words} kind="sign-in" {...(asked.next ? { next: asked.next } : {})} />
      </>
    ),
  })
}

/** Says the same whoever asked, known or not. */
export const sentPage = (site: Site, words: Words): string =>
  memberPage({
    site,
    words,
    title: words.t('sign-in.sent.title'),
    path: 'sign-in',
    children: (
      <>
        <p>{words.t('sign-in.sent.text')}</p>
        <p>
          {words.t('sign-in.sent.nothing')} <a href={`/${words.locale}/sign-in`}>{words.t('sign-in.again')}</a>
        </p>
      </>
    ),
  })

/** Where a link leads: a button, because programs that look at mail open links too, and who it signs in, so that nobody is signed in as another. */
export const confirmPage = (site: Site, words: Words, action: string, address: string): string =>
  memberPage({
    site,
    words,
    title: words.t('sign-in.confirm.title'),
    path: 'sign-in',
    children: (
      <>
        <p>{words.t('sign-in.confirm.text', { address: isolated(address) })}</p>
        <form method="post" action={action}>
          <button type="submit">{words.t('sign-in.confirm.button')}</button>
        </form>
        <p>{words.t('sign-in.confirm.otherwise')}</p>
      </>
    ),
  })

export const gonePage = (site: Site, words: Words): string =>
  memberPage({
    site,
    words,
    title: words.t('sign-in.gone.title'),
    path: 'sign-in',
    children: (
      <>
        <p>{words.t('sign-in.gone.text')}</p>
        <p>
          <a href={`/${words.locale}/sign-in`}>{words.t('sign-in.again')}</a>
        </p>
      </>
    ),
  })
