import type { Words } from '../language/catalog'
import type { Site } from '../site'
import { memberPage } from '../ui/member-page'
import type { Person } from './person'

/** Asks for confirmation before an account is deleted. */
export const deletePage = (site: Site, words: Words, person: Person): string =>
  memberPage({
    site,
    words,
    title: words.t('account.delete'),
    path: 'account/delete',
    children: (
      <>
        <p>
          <bdi>{person.address}</bdi>
        </p>
        <p>{words.t('account.delete.text')}</p>
        <p>{words.t('account.delete.log')}</p>
        <form method="post" action={`/${words.locale}/account/delete`}>
          <button type="submit">{words.t('account.delete.button')}</button>
        </form>
        <p>
          <a href={`/${words.locale}/account`}>{words.t('account.delete.keep')}</a>
        </p>
      </>
    ),
  })

export const deletedPage = (site: Site, words: Words): string =>
  memberPage({
    site,
    words,
    title: words.t('account.deleted.title'),
    path: 'account/deleted',
    children: (
      <>
        <p>{words.t('account.deleted.text')}</p>
        <p>
          <a href={`/${words.locale}/`}>{words.t('error.home')}</a>
        </p>
      </>
    ),
  })
