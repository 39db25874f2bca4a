import type { Briefing } from './briefing'
import type { RevisionHashes, SourceRevision } from './revisions'

/** A briefing in the newsroom: identity, address, publication, and the newest revision of its English. */
export interface Source {
  readonly id: string
  readonly slug: string
  readonly formerSlugs: readonly string[]
  readonly state: 'draft' | 'published'
  readonly publishedAt: string
  readonly revision: number
  /** The revision that readers have; `undefined`: none. Newer ones are saved, and not published. */
  readonly published: number | undefined
  /** When the editors took it back from readers, and why. */
  readonly takenBack?: { readonly at: string; readonly why: string }
  /** Grows with every change that a print depends on. */
  readonly version: number
  readonly briefing: Briefing
  /** Every revision, oldest first. */
  readonly history: readonly (RevisionHashes & { readonly savedAt: string; readonly note: string })[]
}

/** A briefing to be saved, with its revisions. The store may lack some of them. */
export interface SourceToSave {
  readonly id: string
  readonly slug: string
  readonly formerSlugs: readonly string[]
  readonly state: 'draft' | 'published'
  readonly publishedAt: string
  readonly revisions: readonly (SourceRevision & { readonly hashes: Readonly<Record<string, string>> })[]
}
