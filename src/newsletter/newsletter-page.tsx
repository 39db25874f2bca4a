import type { MessageKey, Words } from '../language/catalog'
import { markup } from '../language/locale'
import type { Site } from '../site'
import { AddressField, SentTo } from '../ui/address-field'
import { everyLanguage, ownName } from '../ui/layout'
import { memberPage } from '../ui/member-page'
import { type Chosen, newsletterPathTo, type Order, ownPathTo, rhythms } from './newsletter'

const rhythmNames = { daily: 'newsletter.daily', weekly: 'newsletter.weekly' } as const
const promises = { daily: 'newsletter.will.daily', weekly: 'newsletter.will.weekly' } as const

/** The form for readers who are not signed in: address, rhythm and language, with what they typed and the problems with it. */
export function newsletterPage(site: Site, words: Words, chosen: Chosen, typed: string, flaw?: MessageKey): string {
  const { t } = words
  const name = t('newsletter.title')
  const path = newsletterPathTo(words.locale)
  return memberPage({
    site,
    words,
    title: flaw ? t('sign-in.title-again', { title: name }) : name,
    path: path.slice(words.locale.length + 2),
    children: (
      <>
        <Intro words={words} />
        <form method="post" action={path}>
          <AddressField words={words} typed={typed} flaw={flaw} />
          <Choices site={site} words={words} chosen={chosen} />
          <button type="submit">{t('newsletter.subscribe')}</button>
        </form>
        <p>{t('newsletter.again')}</p>
      </>
    ),
  })
}

/** The subscription of somebody who is signed in, with the forms that change and stop it. */
export function ownPage(site: Site, words: Words, address: string, current: Chosen | undefined): string {
  const { t } = words
  const path = ownPathTo(words.locale)
  return memberPage({
    site,
    words,
    title: t('newsletter.title'),
    path: path.slice(words.locale.length + 2),
    children: (
      <>
        <Intro words={words} />
        {current ? <Promised words={words} order={{ ...current, address }} /> : <p>{t('newsletter.none')}</p>}
        <form method="post" action={path}>
          <Choices site={site} words={words} chosen={current ?? { locale: words.locale, rhythm: 'weekly' }} />
          <button type="submit">{t(current ? 'newsletter.change' : 'newsletter.subscribe')}</button>
        </form>
        {current && (
          <form method="post" action={path}>
            <button type="submit" class="quiet" name="stop" value="all">
              {t('follow.stop.title')}
            </button>
          </form>
        )}
        <p>
          <a href={`/${words.locale}/account`}>{t('layout.account')}</a>
        </p>
      </>
    ),
  })
}

const Intro = ({ words: { t } }: { words: Words }) => (
  <>
    <p>{t('newsletter.intro')}</p>
    <p>{t('newsletter.when')}</p>
  </>
)

/** What somebody gets, and at which address. */
export const Promised = ({ words, order: { address, locale, rhythm } }: { words: Words; order: Order }) => (
  <>
    <p>{words.t(promises[rhythm], { language: words.language(locale) })}</p>
    <SentTo words={words} address={address} />
  </>
)

const Choices = ({ site, words, chosen }: { site: Site; words: Words; chosen: Chosen }) => (
  <>
    <fieldset>
      <legend>{words.t('newsletter.rhythm')}</legend>
      {rhythms.map((rhythm) => (
        <label class="choice">
          <input type="radio" name="rhythm" value={rhythm} required checked={rhythm === chosen.rhythm} />
          {words.t(rhythmNames[rhythm])}
        </label>
      ))}
    </fieldset>
    <p>
      <label for="locale">{words.t('account.language')}</label>
      <select id="locale" name="locale">
        {everyLanguage(site, chosen.locale, '').map(({ locale, served }) => (
          <option value={locale} {...markup(locale)} selected={served}>
            {ownName(words, locale)}
          </option>
        ))}
      </select>
    </p>
  </>
)
