import type { MessageKey, Words } from '../language/catalog'
import type { Site } from '../site'
import { AddressField } from '../ui/address-field'
import { memberPage } from '../ui/member-page'
import { PasskeyButton } from './passkey-button'
import { goingTo } from './session'

/** Asks for an address. `flaw` is the problem with the one that was typed. */
export function signInPage(
  site: Site,
  words: Words,
  asked: { readonly typed?: string; readonly next: string; readonly flaw?: MessageKey },
): string {
  const { t } = words
  const title = t('sign-in.title')
  return memberPage({
    site,
    words,
    title: asked.flaw ? t('sign-in.title-again', { title }) : title,
    path: goingTo('sign-in', asked.next),
    children: (
      <>
        <p>{t('sign-in.intro')}</p>
        <form method="post" action={`/${words.locale}/sign-in`}>
          <AddressField words={words} {...asked} />
          <input type="hidden" name="next" value={asked.next} />
          <button type="submit">{t('sign-in.send')}</button>
        </form>
        <PasskeyButton site={site} words={words} kind="sign-in" next={asked.next} />
      </>
    ),
  })
}
