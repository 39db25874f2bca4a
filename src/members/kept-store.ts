import { type Compilable, sql } from 'kysely'
import type { Database } from '../storage/database'
import type { Person } from './person'
import { signIn } from './session'

/**
 * Everything that is kept of a person, by what it is, for them to have: all but what signs in (hashes, links, the texts of
 * mails) and who decided on them. Whatever keeps more of a person adds it here, and below where it is not removed with their row.
 */
export async function listKept({ query }: Database, { id, address, ...person }: Person) {
  const [sessions, passkeys, links, requests, followings, newsletters, reports, comments, translations, mails, log] =
    await Promise.all([
      query
        .selectFrom('session')
        .select(['id', 'browser', 'started_at as startedAt', 'seen_at as seenAt', 'expires_at as expiresAt'])
        .where('person_id', '=', id)
        .orderBy('started_at')
        .execute(),
      query
        .selectFrom('passkey')
        .select(['name', 'added_at as addedAt', 'last_used_at as lastUsedAt'])
        .where('person_id', '=', id)
        .orderBy('added_at')
        .execute(),
      query
        .selectFrom('confirmation')
        .select([
          'locale',
          sql<string>`json_extract(request, '$.next')`.as('next'),
          'asked_at as askedAt',
          'expires_at as expiresAt',
        ])
        .where('address', '=', address)
        .where('kind', '=', signIn.name)
        .orderBy('asked_at')
        .execute(),
      query
        .selectFrom('membership_request')
        .select(['id', 'role', 'organisation', 'reason', 'asked_at as askedAt', 'decided_at as decidedAt', 'decision'])
        .where('person_id', '=', id)
        .orderBy('asked_at')
        .execute(),
      query
        .selectFrom('following')
        .select(['briefing_id as briefing', 'locale', 'wish', 'began_at as beganAt', 'told_at as toldAt'])
        .where('address', '=', address)
        .orderBy('began_at')
        .execute(),
      query
        .selectFrom('subscription')
        .select(['locale', 'rhythm', 'began_at as beganAt', 'sent_at as sentAt'])
        .where('address', '=', address)
        .execute(),
      query
        .selectFrom('report')
        .select(['briefing_id as briefing', 'locale', 'segment', 'kind', 'detail', 'sent_at as sentAt', 'state'])
        .where('person_id', '=', id)
        .orderBy('number')
        .execute(),
      query
        .selectFrom('comment')
        .select(['briefing_id as briefing', 'locale', 'name', 'text', 'sent_at as sentAt', 'state'])
        .where('person_id', '=', id)
        .orderBy('number')
        .execute(),
      query
        .selectFrom('translation_revision')
        .select(['briefing_id as briefing', 'locale', 'revision', 'state', 'saved_at as savedAt'])
        .where('person_id', '=', id)
        .orderBy('saved_at')
        .execute(),
      query
        .selectFrom('mail')
        .select(['id', 'locale', 'queued_at as queuedAt', 'sent_at as sentAt', 'failed_at as failedAt'])
        .where('recipient', '=', address)
        .orderBy('queued_at')
        .execute(),
      query
        .selectFrom('audit')
        .select(['at', 'actor', 'act', 'subject', 'detail'])
        .where(({ or, eb }) => or([eb('subject', '=', id), eb('actor', '=', id)]))
        .orderBy('number')
        .execute(),
    ])
  return {
    person: { id, address, ...person },
    sessions,
    passkeys,
    links,
    requests,
    followings,
    newsletters,
    reports,
    comments,
    translations,
    mails,
    log: log.map(({ detail, ...line }) => ({ ...line, detail: JSON.parse(detail) as Readonly<Record<string, string>> })),
  }
}

/** The writes that remove a person with all that is kept of them: what goes with their row, and what is kept by their address. */
export const writesToRemove = ({ query }: Database, { id, address }: Pick<Person, 'id' | 'address'>): readonly Compilable[] => [
  query.deleteFrom('confirmation').where('address', '=', address),
  query.deleteFrom('following').where('address', '=', address),
  query.deleteFrom('subscription').where('address', '=', address),
  query.deleteFrom('mail').where('recipient', '=', address),
  query.deleteFrom('person').where('id', '=', id),
]
