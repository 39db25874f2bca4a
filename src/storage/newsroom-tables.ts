import type { ColumnType, Generated } from 'kysely'
import type { StoredBytes } from './readers-tables'

/** The newsroom's tables: the English, its translations, and what helps to make them. */
export interface NewsroomTables {
  briefing: {
    id: string
    slug: string
    state: 'draft' | 'published'
    published_at: string
    revision: number
    kind: Generated<'briefing' | 'page'>
    version: Generated<number>
    saved_revision: Generated<number | null>
    taken_back_at: Generated<string | null>
    taken_back_why: Generated<string>
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
    renamed: Generated<string>
    deflated: ColumnType<StoredBytes | null, Uint8Array | undefined, Uint8Array>
    base: Generated<number | null>
    ladder: Generated<number>
  }
  translation: {
    briefing_id: string
    locale: string
    state: 'draft' | 'in-review' | 'approved' | 'withdrawn'
    provenance: 'human' | 'machine' | 'machine-reviewed'
    credits: string
    revision: number
    saved_revision: Generated<number | null>
    saved_state: Generated<'draft' | 'in-review' | null>
    saved_provenance: Generated<'human' | 'machine' | 'machine-reviewed' | null>
    saved_credits: Generated<string | null>
  }
  translation_revision: {
    briefing_id: string
    locale: string
    revision: number
    saved_at: string
    segments: string
    person_id: string | null
    state: 'draft' | 'in-review' | 'approved' | 'withdrawn' | null
    source_revision: Generated<number>
    sender: Generated<string | null>
    deflated: ColumnType<StoredBytes | null, Uint8Array | undefined, Uint8Array>
    base: Generated<number | null>
  }
  text_set_aside: {
    briefing_id: string
    locale: string
    segment: string
    hash: string
    text: string
    seen: string
    revision: number
    sent_by: string
    set_aside_at: string
    stood: Generated<string | null>
    source_revision: Generated<number | null>
  }
  memory: { locale: string; hash: string; source: string; target: string; saved_at: string }
  memory_mark: { locale: string; mark: number; hash: string }
  memory_text: { id: Generated<number>; hash: string; source: string }
  memory_translation: { text: number; locale: string; target: string; saved_at: number }
  memory_phrase: { mark: number; text: number }
  memory_due: { locale: string; briefing_id: string; saved_at: string }
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
  release: {
    id: string
    name: string
    state: 'open' | 'scheduled' | 'published' | 'held' | 'cancelled'
    due_at: string | null
    version: Generated<number>
    why: string
    actor: string
    person_id: string | null
    token_id: string | null
    made_at: string
    ended_at: Generated<string | null>
    reasons: Generated<string>
  }
  release_item: {
    release_id: string
    publication_id: string
    locale: string
    act: 'show' | 'withdraw' | 'take-back'
    revision: number
    had: number | null
    state: 'draft' | 'in-review' | 'approved' | 'withdrawn' | null
    provenance: 'human' | 'machine' | 'machine-reviewed' | null
    credits: string | null
    why: string
  }
}
