import { type Compilable, sql } from 'kysely'
import type { Database } from '../storage/database'
import type { Person } from './person'
import { signIn } from './sign-in'

type Query = Database['query']

/**
 * Everything that is kept about a person, for them to download: all but what signs in (hashes, links, texts of emails) and who
 * decided about them. A slice that keeps more about a person adds it here, and also below if it is not removed with their row.
 */
export async function listKept({ query }: Database, { id, address, ...person }: Person) {
  const [sessions, passkeys, links, requests, followings, newsletters, reports, comments, unsent, translations, mails, log] =
    await Promise.all([
      sessionsOf(query, id),
      passkeysOf(query, id),
      linksTo(query, address),
      requestsOf(query, id),
      followingsOf(query, address),
      newslettersTo(query, address),
      reportsBy(query, id),
      commentsBy(query, id),
      unsentBy(query, id),
      translationsBy(query, id),
      mailsTo(query, address),
      logOf(query, id),
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
    unsent,
    translations,
    mails,
    log,
  }
}

const sessionsOf = (query: Query, id: string) =>
  query
    .selectFrom('session')
    .select(['id', 'browser', 'started_at as startedAt', 'seen_at as seenAt', 'expires_at as expiresAt'])
    .where('person_id', '=', id)
    .orderBy('started_at')
    .execute()

const passkeysOf = (query: Query, id: string) =>
  query
    .selectFrom('passkey')
    .select(['name', 'added_at as addedAt', 'last_used_at as lastUsedAt'])
    .where('person_id', '=', id)
    .orderBy('added_at')
    .execute()

/** The links to sign in that were asked for, without what opens them. */
const linksTo = (query: Query, address: string) =>
  query
    .selectFrom('confirmation')
    .select(['locale', sql<string>`json_extract(request, '$.next')`.as('next'), 'asked_at as askedAt', 'expires_at as expiresAt'])
    .where('address', '=', address)
    .where('kind', '=', signIn.name)
    .orderBy('asked_at')
    .execute()

const requestsOf = (query: Query, id: string) =>
  query
    .selectFrom('membership_request')
    .select(['id', 'tier', 'role', 'organisation', 'reason', 'asked_at as askedAt', 'decided_at as decidedAt', 'decision'])
    .where('person_id', '=', id)
    .orderBy('asked_at')
    .execute()

const followingsOf = (query: Query, address: string) =>
  query
    .selectFrom('following')
    .select(['briefing_id as briefing', 'locale', 'wish', 'began_at as beganAt', 'told_at as toldAt'])
    .where('address', '=', address)
    .orderBy('began_at')
    .execute()

const newslettersTo = (query: Query, address: string) =>
  query
    .selectFrom('subscription')
    .select(['locale', 'rhythm', 'began_at as beganAt', 'sent_at as sentAt'])
    .where('address', '=', address)
    .execute()

const reportsBy = (query: Query, id: string) =>
  query
    .selectFrom('report')
    .select(['briefing_id as briefing', 'locale', 'segment', 'kind', 'detail', 'sent_at as sentAt', 'state'])
    .where('person_id', '=', id)
    .orderBy('number')
    .execute()

const commentsBy = (query: Query, id: string) =>
  query
    .selectFrom('comment')
    .select(['briefing_id as briefing', 'locale', 'name', 'text', 'sent_at as sentAt', 'state'])
    .where('person_id', '=', id)
    .orderBy('number')
    .execute()

async function unsentBy(query: Query, id: string) {
  const forms = await query
    .selectFrom('unsent_form')
    .select(['fields', 'expires_at as expiresAt'])
    .where('person_id', '=', id)
    .orderBy('expires_at')
    .execute()
  return forms.map(({ fields, ...form }) => ({ ...form, fields: JSON.parse(fields) as Readonly<Record<string, string>> }))
}

/** The translations that they saved: which and when, without the texts. */
const translationsBy = (query: Query, id: string) =>
  query
    .selectFrom('translation_revision')
    .select(['briefing_id as briefing', 'locale', 'revision', 'state', 'saved_at as savedAt'])
    .where('person_id', '=', id)
    .orderBy('saved_at')
    .execute()

const mailsTo = (query: Query, address: string) =>
  query
    .selectFrom('mail')
    .select(['id', 'locale', 'queued_at as queuedAt', 'sent_at as sentAt', 'failed_at as failedAt'])
    .where('recipient', '=', address)
    .orderBy('queued_at')
    .execute()

async function logOf(query: Query, id: string) {
  const lines = await query
    .selectFrom('audit')
    .select(['at', 'actor', 'act', 'subject', 'detail'])
    .where(({ or, eb }) => or([eb('subject', '=', id), eb('actor', '=', id)]))
    .orderBy('number')
    .execute()
  return lines.map(({ detail, ...line }) => ({ ...line, detail: JSON.parse(detail) as Readonly<Record<string, string>> }))
}

/** The writes that remove a person with all that is kept about them: by their row, and by their address. */
export const writesToRemove = ({ query }: Database, { id, address }: Pick<Person, 'id' | 'address'>): readonly Compilable[] => [
  query.deleteFrom('confirmation').where('address', '=', address),
  query.deleteFrom('following').where('address', '=', address),
  query.deleteFrom('subscription').where('address', '=', address),
  query.deleteFrom('mail').where('recipient', '=', address),
  query.deleteFrom('person').where('id', '=', id),
]
