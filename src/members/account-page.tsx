import { everyone } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import type { MessageKey, Words } from '../language/catalog'
import { markup } from '../language/locale'
import { asEntry } from '../language/text'
import type { SiteTier } from '../settings/settings'
import type { Site } from '../site'
import { everyLanguage, ownName } from '../ui/layout'
import { memberPage } from '../ui/member-page'
import { joinableAbove, pathToJoin } from './membership'
import type { Person, Role, RoleName } from './person'
import { saidOfTier, tierName, titleToJoin } from './tier-words'

interface Account {
  readonly person: Person
  readonly sessions: readonly SessionShown[]
  /** The id of the current session. */
  readonly here: string
  /** How many requests wait for a decision; `undefined` for people who may not decide. */
  readonly openRequests: number | undefined
}

interface SessionShown {
  readonly id: string
  readonly browser: string
  readonly startedAt: string
  readonly seenAt: string
}

/** Everything a person can see and change of their account. */
export function accountPage(site: Site, words: Words, { person, sessions, here, openRequests }: Account): string {
  const { t } = words
  const home = `/${words.locale}/account`
  return memberPage({
    site,
    words,
    title: t('layout.account'),
    path: 'account',
    children: (
      <>
        <Membership words={words} person={person} openRequests={openRequests} tiers={site.settings.tiers} />
        <LanguageForm site={site} words={words} person={person} />
        {site.config.features.following && (
          <p>
            <a href={`${home}/following`}>{t('follow.list.title')}</a>
          </p>
        )}
        {site.config.features.newsletter && (
          <p>
            <a href={`${home}/newsletter`}>{t('newsletter.title')}</a>
          </p>
        )}
        <section aria-labelledby="sessions">
          <h2 id="sessions">{t('account.sessions')}</h2>
          <ul class="records">
            {sessions.map((session) => (
              <SessionEntry words={words} session={session} isHere={session.id === here} />
            ))}
          </ul>
          <form method="post" action={`${home}/sign-out`}>
            <button type="submit" class="quiet">
              {t('account.sign-out-everywhere')}
            </button>
          </form>
          <p>
            <a href={`${home}/passkeys`}>{t('passkey.title')}</a>
          </p>
        </section>
        <section aria-labelledby="data">
          <h2 id="data">{t('account.data')}</h2>
          <p>
            <a href={`${home}/export`} download>
              {t('account.export')}
            </a>
          </p>
          <p>
            <a href={`${home}/delete`}>{t('account.delete')}</a>
          </p>
        </section>
      </>
    ),
  })
}

/** Who they are on the site: their address, tier and roles. */
const Membership = ({
  words,
  person,
  openRequests,
  tiers,
}: { words: Words; tiers: readonly SiteTier[] } & Pick<Account, 'person' | 'openRequests'>) => {
  const { t } = words
  return (
    <dl class="account">
      <div>
        <dt>{t('sign-in.address')}</dt>
        <dd>
          <bdi>{person.address}</bdi>
        </dd>
      </div>
      {tiers.length > 0 && (
        <div>
          <dt>{t('account.tier')}</dt>
          <dd>
            {person.tier === everyone ? t('account.nothing') : <Opened words={words} tier={person.tier} />}
            {joinableAbove(tiers, person.tier).map((tier) => (
              <>
                <br />
                <a href={pathToJoin(tier.id, words.locale)}>{titleToJoin(words, tier)}</a>
              </>
            ))}
          </dd>
        </div>
      )}
      {person.roles.length > 0 && (
        <div>
          <dt>{t('account.roles')}</dt>
          <dd>
            <ul>
              {person.roles.map((role) => (
                <li>{roleIn(words, role)}</li>
              ))}
            </ul>
            {openRequests !== undefined && (
              <a href={`/${words.locale}/account/requests`}>{t('account.requests', { count: openRequests })}</a>
            )}
          </dd>
        </div>
      )}
    </dl>
  )
}

const Opened = ({ words, tier }: { words: Words; tier: Tier }) => (
  <>
    <strong>{tierName(words, tier)}</strong>
    <br />
    {saidOfTier(words, tier, 'account')}
  </>
)

const LanguageForm = ({ site, words, person }: { site: Site; words: Words; person: Person }) => {
  const { t } = words
  return (
    <form method="post" action={`/${words.locale}/account/language`}>
      <p>
        <label for="locale">{t('account.language')}</label>
        <select id="locale" name="locale">
          {everyLanguage(site, person.locale, '').map(({ locale, served }) => (
            <option value={locale} {...markup(locale)} selected={served}>
              {ownName(words, locale)}
            </option>
          ))}
        </select>
      </p>
      <button type="submit">{t('account.change-language')}</button>
    </form>
  )
}

const SessionEntry = ({ words, session, isHere }: { words: Words; session: SessionShown; isHere: boolean }) => {
  const { t } = words
  const { id, browser, startedAt, seenAt } = session
  return (
    <li>
      <div id={`session-${id}`}>
        <strong>{browser === '' ? t('account.session.unknown') : <bdi>{browser}</bdi>}</strong>
        {isHere && <span class="here">{t('account.session.here')}</span>}
        <br />
        <time datetime={startedAt}>{t('account.session.begun', { date: words.date(startedAt) })}</time>
        <br />
        <time datetime={seenAt}>{t('account.session.seen', { date: words.date(seenAt) })}</time>
      </div>
      <form method="post" action={isHere ? `/${words.locale}/sign-out` : `/${words.locale}/account/sessions`}>
        <button type="submit" class="quiet" name="session" value={id} aria-describedby={`session-${id}`}>
          {t(isHere ? 'account.sign-out' : 'account.session.end')}
        </button>
      </form>
    </li>
  )
}

/** A role, with its language if it has one. */
function roleIn(words: Words, { name, locale }: Role): string {
  const role = words.t(roleNames[name])
  if (locale === 'all') return role
  return words.t('punctuation.brackets', { text: role, inside: asEntry(words.language(locale), words.locale) })
}

const roleNames = {
  author: 'account.role.author',
  editor: 'account.role.editor',
  translator: 'account.role.translator',
  reviewer: 'account.role.reviewer',
  administrator: 'account.role.administrator',
} as const satisfies Readonly<Record<RoleName, MessageKey>>
