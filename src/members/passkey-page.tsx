import type { Words } from '../language/catalog'
import type { Site } from '../site'
import { memberPage } from '../ui/member-page'
import type { Passkey } from './passkey'
import { PasskeyButton } from './passkey-button'

/** The passkeys of a person: their names, when they were used, and how to add or remove one. */
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
          <ul class="records">
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
  return (
    <li>
      <div id={`passkey-${id}`}>
        <strong>{name === '' ? t('passkey.unnamed') : <bdi>{name}</bdi>}</strong>
        <br />
        <time datetime={addedAt}>{t('passkey.added', { date: words.date(addedAt) })}</time>
        <br />
        {lastUsedAt === null ? (
          <span>{t('passkey.unused')}</span>
        ) : (
          <time datetime={lastUsedAt}>{t('passkey.used', { date: words.date(lastUsedAt) })}</time>
        )}
      </div>
      <form method="post" action={`/${words.locale}/account/passkeys/remove`}>
        <button type="submit" class="quiet" name="id" value={id} aria-describedby={`passkey-${id}`}>
          {t('passkey.remove')}
        </button>
      </form>
    </li>
  )
}
