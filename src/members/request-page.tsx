import type { Words } from '../language/catalog'
import type { Site } from '../site'
import { Lines } from '../ui/lines'
import { memberPage } from '../ui/member-page'
import type { MembershipRequest } from './membership'
import type { Person } from './person'
import { tierName } from './tier-words'

interface RequestShown extends MembershipRequest {
  readonly person: Pick<Person, 'id' | 'address' | 'locale'>
}

interface Requests {
  /** The reader of the page, who cannot decide their own request. */
  readonly deciderId: string
  readonly waiting: readonly RequestShown[]
  /** The most recent decisions. */
  readonly decided: readonly RequestShown[]
}

/** Requests to be admitted to a tier: those to decide, and recent decisions. */
export function requestsPage(site: Site, words: Words, { deciderId, waiting, decided }: Requests): string {
  const { t } = words
  const isTierSaid = site.settings.tiers.filter(({ entry }) => entry === 'request').length > 1
  return memberPage({
    site,
    words,
    title: t('request.title'),
    path: 'account/requests',
    children: (
      <>
        {waiting.length === 0 && <p>{t('request.none')}</p>}
        {waiting.map((request) => (
          <section class="request" aria-labelledby={`request-${request.id}`}>
            <h2 id={`request-${request.id}`}>
              <bdi>{request.person.address}</bdi>
            </h2>
            <Said words={words} request={request} isTierSaid={isTierSaid} />
            {request.person.id === deciderId ? <p>{t('request.own')}</p> : <Decide words={words} id={request.id} />}
          </section>
        ))}
        {decided.length > 0 && (
          <section aria-labelledby="decided">
            <h2 id="decided">{t('request.decided')}</h2>
            <ul class="records">
              {decided.map(({ person, decision, decidedAt }) => (
                <li>
                  <bdi>{person.address}</bdi>{' '}
                  <span>
                    {t(decision === 'granted' ? 'request.granted' : 'request.refused', { date: words.date(decidedAt ?? '') })}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p>
          <a href={`/${words.locale}/account`}>{t('layout.account')}</a>
        </p>
      </>
    ),
  })
}

/** What somebody says about themselves, in any language: the text sets its own direction. */
const Said = ({ words, request, isTierSaid }: { words: Words; request: RequestShown; isTierSaid: boolean }) => {
  const { t } = words
  return (
    <dl class="account">
      {isTierSaid && (
        <div>
          <dt>{t('account.tier')}</dt>
          <dd>{tierName(words, request.tier)}</dd>
        </div>
      )}
      <div>
        <dt>{t('join.role')}</dt>
        <dd>
          <bdi>{request.role}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('join.organisation')}</dt>
        <dd>
          <bdi>{request.organisation}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('join.reason')}</dt>
        <dd lang="">
          <Lines text={request.reason} />
        </dd>
      </div>
      <div>
        <dt>{t('request.asked')}</dt>
        <dd>
          <time datetime={request.askedAt}>{words.date(request.askedAt)}</time>
        </dd>
      </div>
    </dl>
  )
}

const Decide = ({ words, id }: { words: Words; id: string }) => (
  <form method="post" action={`/${words.locale}/account/requests`} class="decide">
    <input type="hidden" name="request" value={id} />
    <button type="submit" name="decision" value="granted" aria-describedby={`request-${id}`}>
      {words.t('request.grant')}
    </button>
    <button type="submit" name="decision" value="refused" class="quiet" aria-describedby={`request-${id}`}>
      {words.t('request.refuse')}
    </button>
  </form>
)
