import type { ColumnType, Generated } from 'kysely'

/** A blob as SQLite returns it, or as D1 does. */
export type StoredBytes = Uint8Array | readonly number[]

/** Tables of what was printed, and of all that is derived from it. */
export interface ReadersTables {
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
    source_revision: Generated<number>
    translation_revision: Generated<number>
    made_of: Generated<string>
    picture: Generated<string>
    tiers: Generated<string>
    deflated: ColumnType<StoredBytes | null, Uint8Array | undefined, Uint8Array | null>
  }
  ladder: { number: Generated<number>; tiers: string; since: string }
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
    made_of: Generated<string>
    listed: Generated<string>
    kind: Generated<'briefing' | 'page'>
    deflated: ColumnType<StoredBytes | null, Uint8Array | undefined, Uint8Array | null>
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
  moved: { slug: string; briefing_id: string; now: string; kind: Generated<'briefing' | 'page'> }
  taken_back: { slug: string; briefing_id: string; at: string; why: string; kind: Generated<'briefing' | 'page'> }
  removed: { slug: string; at: string; kind: Generated<'briefing' | 'page'> }
  standing: { asked: string; value: string; briefings: number }
  demand: { month: string; locale: string; briefing_id: string; views: number }
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
    kind: Generated<'briefing' | 'page'>
  }
  place: { number: Generated<number>; briefing_id: string }
  feed_entry: { asked: string; name: string; value: string; native: number; appeared_at: string; briefing_id: string }
  feed_place: {
    asked: string
    with_fallback: number
    name: string
    value: string
    number: number
    briefing_id: string | null
  }
  search_entry: {
    id: number
    briefing_id: string
    locale: string
    made_of: Generated<string>
    fingerprint: Generated<string>
  }
  search_text: { rowid: number; words: string }
  search_vocabulary: { term: string; doc: number; cnt: number }
  share_card: {
    hash: string
    says: string
    /** Empty. The program before migration 0043 kept pictures here. */
    picture: ColumnType<StoredBytes | null, undefined, null>
    left_at: string | null
    left_by: Generated<string | null>
  }
  former_program: { only: number; until: string }
  settled_pictures: { only: number; hash: string }
  share_card_use: { briefing_id: string; locale: string; hash: string }
}
