import type { MessageKey, Words } from '../language/catalog'
import type { Site } from '../site'
import { memberPage } from '../ui/member-page'
import { Restored, Writer } from '../ui/unsent'
import {
  type Application,
  type ApplicationField,
  applicationMax,
  type MembershipRequest,
  pathToJoin,
  titlesToJoin,
} from './membership'
import type { Person } from './person'
import { goingTo, pathToSignIn } from './session'

/** What the circle opens. Joining it is signing in. */
export function joinCirclePage(
  site: Site,
  words: Words,
  { isMember, next }: { readonly isMember: boolean; readonly next: string },
): string {
  const { t } = words
  return memberPage({
    site,
    words,
    title: t(titlesToJoin.circle),
    path: goingTo('join/circle', next),
    children: (
      <>
        <p>{t('join.circle.opens')}</p>
        {isMember ? (
          <>
            <p class="state">{t('account.opens.circle')}</p>
            <p>
              <a href={next}>{t('join.read-on')}</a>
            </p>
          </>
        ) : (
          <>
            <p>{t('join.circle.how')}</p>
            <p>
              <a class="button" href={pathToSignIn(words.locale, next)}>
                {t('sign-in.title')}
              </a>
            </p>
          </>
        )}
        <p>
          <a href={pathToJoin('alliance', words.locale)}>{t(titlesToJoin.alliance)}</a>
        </p>
      </>
    ),
  })
}

interface AskedForAlliance {
  /** The visitor; `undefined` if nobody is signed in. */
  readonly person: Person | undefined
  /** The last request that they made. */
  readonly last: MembershipRequest | undefined
  /** What was typed and could not be sent. */
  readonly typed?: Typed | undefined
}

interface Typed {
  readonly application: Application
  readonly flaws: Readonly<Partial<Record<ApplicationField, MessageKey>>>
  /** Whether it was sent before, when its writer was not signed in any more. */
  readonly isRestored?: boolean
}

/** What the alliance opens, and the state of a request to be admitted. */
export function joinAlliancePage(site: Site, words: Words, { person, last, typed }: AskedForAlliance): string {
  const { t } = words
  const tier = person?.tier
  const title = t(titlesToJoin.alliance)
  const isWaiting = last !== undefined && last.decidedAt === null
  return memberPage({
    site,
    words,
    title: typed && Object.keys(typed.flaws).length > 0 ? t('sign-in.title-again', { title }) : title,
    path: 'join/alliance',
    children: (
      <>
        <p>{t('join.alliance.opens')}</p>
        {tier === undefined && (
          <>
            <p>{t('join.alliance.sign-in-first')}</p>
            <p>
              <a class="button" href={pathToSignIn(words.locale, pathToJoin('alliance', words.locale))}>
                {t('sign-in.title')}
              </a>
            </p>
          </>
        )}
        {tier === 'alliance' && (
          <>
            <p class="state">{t('account.opens.alliance')}</p>
            <p>
              <a href={`/${words.locale}/`}>{t('join.read-on')}</a>
            </p>
          </>
        )}
        {tier === 'circle' && last && <State words={words} request={last} />}
        {tier === 'circle' && !isWaiting && <ApplicationForm words={words} writer={person?.id} {...typed} />}
      </>
    ),
  })
}

/** The state of a request. For a granted one it says nothing: the page is that of a member. */
const State = ({ words, request }: { words: Words; request: MembershipRequest }) => {
  const { decidedAt, decision, askedAt } = request
  if (decidedAt === null) return <p class="state">{words.t('join.waiting', { date: words.date(askedAt) })}</p>
  return decision === 'refused' ? <p class="state">{words.t('join.refused', { date: words.date(decidedAt) })}</p> : null
}

interface ApplicationOf extends Partial<Typed> {
  readonly words: Words
  readonly writer: string | undefined
}

const ApplicationForm = ({ words, writer, application, flaws = {}, isRestored }: ApplicationOf) => {
  const { t } = words
  const attributes = (field: ApplicationField) => ({
    id: field,
    name: field,
    required: true,
    dir: 'auto',
    maxlength: applicationMax[field],
    ...(flaws[field] ? { 'aria-invalid': 'true', 'aria-describedby': `${field}-flaw` } : {}),
  })
  const Flaw = ({ field }: { field: ApplicationField }) =>
    flaws[field] ? (
      <p class="flaw" id={`${field}-flaw`}>
        {t(flaws[field])}
      </p>
    ) : null
  return (
    <form method="post" action={pathToJoin('alliance', words.locale)}>
      {isRestored && <Restored words={words} />}
      <Writer id={writer} />
      <p>
        <label for="role">{t('join.role')}</label>
        <input {...attributes('role')} autocomplete="organization-title" value={application?.role ?? ''} />
      </p>
      <Flaw field="role" />
      <p>
        <label for="organisation">{t('join.organisation')}</label>
        <input {...attributes('organisation')} autocomplete="organization" value={application?.organisation ?? ''} />
      </p>
      <Flaw field="organisation" />
      <p>
        <label for="reason">{t('join.reason')}</label>
        <textarea {...attributes('reason')} rows={6}>
          {`\n${application?.reason ?? ''}`}
        </textarea>
      </p>
      <Flaw field="reason" />
      <button type="submit">{t('join.send')}</button>
    </form>
  )
}
