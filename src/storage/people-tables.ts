import type { Generated } from 'kysely'

/** Tables of people: how they get in, and what they asked for or wrote. */
export interface PeopleTables {
  person: { id: string; address: string; locale: string; tier: number; tier_id: string; joined_at: string }
  role: { person_id: string; name: 'author' | 'editor' | 'translator' | 'reviewer' | 'administrator'; locale: string }
  confirmation: {
    hash: string
    kind: string
    address: string
    locale: string
    request: string
    asked_at: string
    expires_at: string
    used: string | null
  }
  session: {
    hash: string
    person_id: string
    id: string
    browser: string
    started_at: string
    seen_at: string
    expires_at: string
  }
  unsent_form: { hash: string; person_id: string; fields: string; expires_at: string }
  passkey: {
    id: string
    person_id: string
    public_key: string
    counter: number
    transports: string
    name: string
    added_at: string
    last_used_at: string | null
  }
  passkey_challenge: { hash: string; person_id: string | null; expires_at: string }
  audit: { number: Generated<number>; at: string; actor: string; act: string; subject: string; detail: string }
  mail: {
    id: string
    recipient: string
    locale: string
    subject: string
    text: string
    html: string
    headers: string
    queued_at: string
    due_at: string | null
    refusals: number
    sent_at: string | null
    failed_at: string | null
    error: string | null
    send_by: string | null
  }
  membership_request: {
    id: string
    person_id: string
    tier: string
    role: string
    organisation: string
    reason: string
    asked_at: string
    decided_at: string | null
    decision: 'granted' | 'refused' | null
    decided_by: string | null
  }
  following: {
    id: string
    address: string
    briefing_id: string
    locale: string
    wish: 'available' | 'changes'
    began_at: string
    known: string
    tellings: Generated<number>
    told_at: string | null
  }
  following_stop: { hash: string; following_id: string }
  announced: { only: number; print: number }
  subscription: {
    id: string
    address: string
    locale: string
    rhythm: 'daily' | 'weekly'
    began_at: string
    issue: string
    print: number
    sent_at: string | null
  }
  subscription_stop: { hash: string; subscription_id: string }
  report: {
    number: Generated<number>
    briefing_id: string
    locale: string
    segment: string
    tier: number
    kind: 'meaning' | 'language' | 'untranslated' | 'names' | 'offensive' | 'other'
    detail: string
    text: string
    text_locale: string
    hash: string
    source_revision: number
    translation_revision: number
    person_id: string | null
    sent_at: string
    state: Generated<'open' | 'fixed' | 'declined'>
    closed_at: string | null
  }
  comment: {
    number: Generated<number>
    briefing_id: string
    locale: string
    person_id: string
    name: string
    text: string
    sent_at: string
    state: Generated<'held' | 'accepted' | 'refused'>
    decided_at: string | null
  }
}
