import type { Words } from '../language/catalog'
import type { Site } from '../site'
import type { Passkey } from './passkey'
import { PasskeyButton } from './passkey-button'
import { memberPage } from './sign-in-page'

/** The passkeys of a person: what they are known by, when they were used, and how to add or remove one. */
export const passkeyPage = (site: Site, words: Words, passkeys: readonly Passkey[], mayAdd: boolean): string =>
  memberPage({
    site,
    words,
    title: words.t('passkey.title'),
    path: 'account/passkeys',
    children: (
      <>
        <p>{words.t('passkey.intro')}</p>
        {passkeys.length === 0 ? (
          <p>{words.t('passkey.none')}</p>
        ) : (
          <ul class="kept">
            {passkeys.map((passkey) => (
              <Kept passkey={passkey} words={words} />
            ))}
          </ul>
        )}
        {mayAdd ? (
          <>
            <PasskeyButton site={site} words={words} kind="add" />
            <p data-without-passkey>{words.t('passkey.needs')}</p>
          </>
        ) : (
          <p>{words.t('passkey.full')}</p>
        )}
        <p>
          <a href={`/${words.locale}/account`}>{words.t('passkey.back')}</a>
        </p>
      </>
    ),
  })

const Kept = ({ passkey: { id, name, addedAt, lastUsedAt }, words }: { passkey: Passkey; words: Words }) => {
  const { t } = words
  const shown = name === '' ? t('passkey.unnamed') : name
  return (
    <li>
      <p>
        <strong>
          <bdi>{shown}</bdi>
        </strong>
      </p>
      <p>{t('passkey.added', { date: words.date(addedAt) })}</p>
      <p>{lastUsedAt === null ? t('passkey.unused') : t('passkey.used', { date: words.date(lastUsedAt) })}</p>
      <form method="post" action={`/${words.locale}/account/passkeys/remove`} class="quiet">
        <button type="submit" name="id" value={id} aria-label={t('passkey.remove-named', { name: shown })}>
          {t('passkey.remove')}
        </button>
      </form>
    </li>
  )
}
