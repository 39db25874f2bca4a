import type { Generated } from 'kysely'

/** The tables as `db/migrations` makes them. Columns that hold JSON are typed as text; the store that owns a table reads them. */
export interface Schema {
  briefing: {
    id: string
    slug: string
    state: 'draft' | 'published'
    published_at: string
    revision: number
    version: Generated<number>
  }
  former_slug: { slug: string; briefing_id: string }
  source_revision: {
    briefing_id: string
    revision: number
    significance: 'typo' | 'minor' | 'material'
    note: string
    saved_at: string
    document: string
    hashes: string
    segment_significance: string
  }
  translation: {
    briefing_id: string
    locale: string
    state: 'draft' | 'in-review' | 'approved' | 'withdrawn'
    provenance: 'human' | 'machine' | 'machine-reviewed'
    credits: string
    revision: number
  }
  translation_revision: {
    briefing_id: string
    locale: string
    revision: number
    saved_at: string
    segments: string
    person_id: string | null
    state: 'draft' | 'in-review' | 'approved' | 'withdrawn' | null
  }
  print: { number: Generated<number>; briefing_id: string; version: number; printed_at: string }
  edition: {
    briefing_id: string
    locale: string
    tier: number
    print: number
    fingerprint: string
    reading: string
    card: string
    lead: string
    body: string
  }
  resolution: {
    asked: string
    slug: string
    briefing_id: string
    served: string
    print: number
    fingerprint: string
    resolution: string
    head: string
    masthead: string
    notice: string
    facts: string
    ending: string
  }
  facet: {
    asked: string
    name: string
    value: string
    native: number
    published_at: string
    briefing_id: string
    served: string
  }
  moved: { slug: string; briefing_id: string; now: string }
  memory: { locale: string; hash: string; source: string; target: string; saved_at: string }
  memory_mark: { locale: string; mark: number; hash: string }
  memory_due: { locale: string; briefing_id: string; saved_at: string }
  access_token: {
    id: string
    name: string
    hash: string
    locales: string
    may_write: number
    may_edit: Generated<number>
    sees_gated: number
    created_at: string
    expires_at: string | null
    last_used_at: string | null
    revoked_at: string | null
  }
  machine_job: { briefing_id: string; locale: string; token: string; source_revision: number; started_at: string }
  machine_draft: {
    token: string
    briefing_id: string
    locale: string
    translator: string
    source_revision: number
    saved_at: string
    segments: number
  }
  standing: { asked: string; value: string; briefings: number }
  demand: { month: string; locale: string; briefing_id: string; views: number }
  person: { id: string; address: string; locale: string; tier: number; joined_at: string }
  role: { person_id: string; name: 'author' | 'editor' | 'translator' | 'reviewer' | 'administrator'; locale: string }
  sign_in: {
    hash: string
    address: string
    locale: string
    next: string
    asked_at: string
    expires_at: string
    session: string | null
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
  }
  membership_request: {
    id: string
    person_id: string
    role: string
    organisation: string
    reason: string
    asked_at: string
    decided_at: string | null
    decision: 'granted' | 'refused' | null
    decided_by: string | null
  }
  following_link: {
    hash: string
    address: string
    briefing_id: string
    locale: string
    wish: 'available' | 'changes'
    asked_at: string
    expires_at: string
    used: string | null
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
  appearance: {
    asked: string
    briefing_id: string
    slug: string
    native: number
    own: number
    available: string
    state: string
    appeared_at: string
    updated_at: string
    sheet: number
    announced: Generated<string>
    content: Generated<string>
    source_revision: Generated<number>
    print: Generated<number>
  }
  place: { number: Generated<number>; briefing_id: string }
  feed_entry: { asked: string; name: string; value: string; native: number; appeared_at: string; briefing_id: string }
  search_entry: { id: number; briefing_id: string; locale: string }
  search_text: { rowid: number; words: string }
  search_vocabulary: { term: string; doc: number; cnt: number }
  sent_before: {
    token_id: string
    key: string
    request: string
    begun_at: string
    status: number | null
    headers: string
    body: string
  }
  webhook_endpoint: {
    id: string
    url: string
    secret: string
    former_secret: string | null
    former_until: string | null
    events: string
    locales: string
    added_at: string
    free_at: Generated<string>
    failing_since: string | null
    disabled_at: string | null
    reason: string | null
  }
  webhook_event: { id: string; type: string; locales: string; at: string; payload: string }
  webhook_delivery: {
    event_id: string
    endpoint_id: string
    due_at: string | null
    attempts: Generated<number>
    status: number | null
    answer: string | null
    delivered_at: string | null
    failed_at: string | null
  }
  newsletter_link: {
    hash: string
    address: string
    locale: string
    rhythm: 'daily' | 'weekly'
    asked_at: string
    expires_at: string
    used: string | null
  }
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
}
