import { ladderOf, rankOn } from '../briefings/ladder'
import type { MessageKey, Words } from '../language/catalog'
import type { SiteTier } from '../settings/settings'
import type { Site } from '../site'
import { memberPage } from '../ui/member-page'
import { Restored, Writer } from '../ui/unsent'
import {
  type Application,
  type ApplicationField,
  applicationMax,
  joinableAbove,
  type MembershipRequest,
  pathToJoin,
} from './membership'
import type { Person } from './person'
import { goingTo, pathToSignIn } from './session'
import { saidOfTier, titleToJoin } from './tier-words'

interface SignedIn {
  /** The visitor; `undefined` if nobody is signed in. */
  readonly person: Person | undefined
}

/** What a tier opens that one joins by signing in. Who is signed in already and does not have it joins with a button. */
export function joinPage(
  site: Site,
  words: Words,
  tier: SiteTier,
  { person, next }: SignedIn & { readonly next: string },
): string {
  const { t } = words
  return memberPage({
    site,
    words,
    title: titleToJoin(words, tier),
    path: goingTo(`join/${tier.id}`, next),
    children: (
      <>
        <p>{saidOfTier(words, tier.id, 'opens')}</p>
        {person && has(site, person, tier) && <Joined words={words} tier={tier} next={next} />}
        {person && !has(site, person, tier) && (
          <form method="post" action={pathToJoin(tier.id, words.locale)}>
            <input type="hidden" name="next" value={next} />
            <button type="submit">{t('join.now')}</button>
          </form>
        )}
        {!person && <SignInFirst words={words} sentence={words.t('join.how')} next={next} />}
        <Others site={site} words={words} above={tier} />
      </>
    ),
  })
}

/** Whether a person has a tier, or a higher one. */
const has = ({ settings }: Site, { tier: held }: Person, { id }: SiteTier): boolean => {
  const ladder = ladderOf(settings.tiers)
  return rankOn(ladder, held) >= rankOn(ladder, id)
}

const Joined = ({ words, tier, next }: { words: Words; tier: SiteTier; next: string }) => (
  <>
    <p class="state">{saidOfTier(words, tier.id, 'account')}</p>
    <p>
      <a href={next}>{words.t('join.read-on')}</a>
    </p>
  </>
)

const SignInFirst = ({ words, sentence, next }: { words: Words; sentence: string; next: string }) => (
  <>
    <p>{sentence}</p>
    <p>
      <a class="button" href={pathToSignIn(words.locale, next)}>
        {words.t('sign-in.title')}
      </a>
    </p>
  </>
)

/** The higher tiers that one can join. */
const Others = ({ site, words, above }: { site: Site; words: Words; above: SiteTier }) => (
  <>
    {joinableAbove(site.settings.tiers, above.id).map((tier) => (
      <p>
        <a href={pathToJoin(tier.id, words.locale)}>{titleToJoin(words, tier)}</a>
      </p>
    ))}
  </>
)

interface Asked extends SignedIn {
  /** The last request that they made for this tier, or the one that is open. */
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

/** What a tier opens that one asks to be admitted to, and the state of a request. */
export function askPage(site: Site, words: Words, tier: SiteTier, { person, last, typed }: Asked): string {
  const { t } = words
  const title = titleToJoin(words, tier)
  const path = pathToJoin(tier.id, words.locale)
  const isWaiting = last !== undefined && last.decidedAt === null
  const isAsking = person !== undefined && !has(site, person, tier)
  return memberPage({
    site,
    words,
    title: typed && Object.keys(typed.flaws).length > 0 ? t('sign-in.title-again', { title }) : title,
    path: `join/${tier.id}`,
    children: (
      <>
        <p>{saidOfTier(words, tier.id, 'opens')}</p>
        {!person && <SignInFirst words={words} sentence={words.t('join.sign-in-first')} next={path} />}
        {person && !isAsking && <Joined words={words} tier={tier} next={`/${words.locale}/`} />}
        {isAsking && last && <State words={words} request={last} />}
        {isAsking && !isWaiting && <ApplicationForm words={words} action={path} writer={person.id} {...typed} />}
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
  readonly action: string
  readonly writer: string | undefined
}

const ApplicationForm = ({ words, action, writer, application, flaws = {}, isRestored }: ApplicationOf) => {
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
    <form method="post" action={action}>
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
