import { createHash } from 'node:crypto'
import { instant } from './clock'

type Value = string | number | null

/** A row of a table, by column. */
export interface Row {
  readonly table: string
  readonly values: Readonly<Record<string, Value>>
}

/** The SQL that inserts a row, and the values it is bound to. */
export function insertOf({ table, values }: Row): { readonly sql: string; readonly bound: readonly Value[] } {
  const columns = Object.keys(values)
  const marks = columns.map(() => '?')
  return { sql: `insert into ${table} (${columns.join(', ')}) values (${marks.join(', ')})`, bound: Object.values(values) }
}

/** A secret in the form that the site makes them, always the same for a name. */
export const secretOf = (name: string): string => `vern_${createHash('sha256').update(name).digest('base64url')}`

const hashOf = (name: string) => createHash('sha256').update(secretOf(name)).digest('hex')
const row = (table: string, values: Row['values']): Row => ({ table, values })
const inDays = (days: number) => new Date(Date.parse(instant) + days * 86_400_000).toISOString()

/** A token that may ask for everything. */
const token = (name: string): Row =>
  row('access_token', {
    id: name,
    name,
    hash: hashOf(name),
    locales: '"all"',
    may_write: 1,
    may_edit: 1,
    may_publish: 1,
    sees_gated: 1,
    created_at: instant,
    last_used_at: instant,
  })

/** Somebody who is signed in, with the secret that has their name, and with a tier of the sample. */
const member = (name: string, tier: 'circle' | 'alliance'): readonly Row[] => [
  row('person', { id: name, address: `${name}@readers.example`, locale: 'en', tier: 1, tier_id: tier, joined_at: inDays(-9) }),
  row('session', {
    hash: hashOf(name),
    person_id: name,
    id: `session-${name}`,
    browser: 'Firefox · Linux',
    started_at: instant,
    seen_at: instant,
    expires_at: inDays(90),
  }),
]

const petition = (id: string, person: string, decision: 'refused' | null): Row =>
  row('membership_request', {
    id,
    person_id: person,
    role: 'Analyst',
    organisation: 'Port of Sète',
    reason: 'We plan berths.\nWe need to know.',
    asked_at: inDays(-2),
    decided_at: decision && instant,
    decision,
  })

const briefing = 'vb-0001'
const link = { address: 'visitor@readers.example', locale: 'en', asked_at: instant, expires_at: inDays(1) }

const comment = (state: 'accepted' | 'held'): Row =>
  row('comment', {
    briefing_id: briefing,
    locale: 'en',
    person_id: 'circle',
    name: 'Ada',
    text: `A comment that is ${state}.`,
    sent_at: inDays(-1),
    state,
    decided_at: state === 'held' ? null : instant,
  })

/** How often a briefing was wanted in a language this month. */
const demand = (locale: string, number: number): Row =>
  row('demand', { month: instant.slice(0, 7), locale, briefing_id: `vb-000${number}`, views: 10 * number })

/** The token that the samples are loaded with from outside. */
export const loader: Row = token('loader')

/** What people did on the site, beside the samples: whatever a page can show of it. */
export const rows: readonly Row[] = [
  token('program'),
  ...member('circle', 'circle'),
  ...member('alliance', 'alliance'),
  ...member('editor', 'alliance'),
  ...member('petitioner', 'circle'),
  ...['editor', 'administrator'].map((name) => row('role', { person_id: 'editor', name, locale: '' })),
  petition('petition-waiting', 'petitioner', null),
  petition('petition-refused', 'circle', 'refused'),
  row('passkey', {
    id: 'passkey-circle',
    person_id: 'circle',
    public_key: 'AA',
    counter: 1,
    transports: '[]',
    name: 'Chrome · Android',
    added_at: inDays(-3),
  }),
  row('sign_in', { hash: hashOf('sign-in'), ...link, next: '/en/' }),
  row('following_link', { hash: hashOf('follow'), ...link, briefing_id: briefing, wish: 'changes' }),
  row('newsletter_link', { hash: hashOf('newsletter'), ...link, rhythm: 'weekly' }),
  row('following', {
    id: 'following-circle',
    address: 'circle@readers.example',
    briefing_id: briefing,
    locale: 'en',
    wish: 'changes',
    began_at: inDays(-1),
    known: inDays(400), // Nothing is due, so that nothing changes while the site is read.
  }),
  row('subscription', {
    id: 'subscription-circle',
    address: 'circle@readers.example',
    locale: 'en',
    rhythm: 'weekly',
    began_at: inDays(-1),
    issue: inDays(1),
    print: 1_000_000,
  }),
  comment('accepted'),
  comment('held'),
  ...['es', 'pl', 'ja', 'ca'].flatMap((locale) => [3, 4, 5, 6].map((number) => demand(locale, number))),
]

/** A mail that waits on a developer's machine. */
export const waitingMail: Row = row('mail', {
  id: 'mail-waiting',
  recipient: 'ada@readers.example',
  locale: 'en',
  subject: 'Sign in',
  text: 'A link.\n',
  html: '<p>A link.</p>',
  headers: '{}',
  queued_at: instant,
  due_at: inDays(1),
})
