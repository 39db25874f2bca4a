import type { Briefing } from './briefing'
import type { Renamed } from './renames'
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
  /** Every revision, oldest first. The hashes are by the segment ids of the newest. */
  readonly history: readonly (RevisionHashes & {
    readonly savedAt: string
    readonly note: string
    readonly renamed: Renamed
  })[]
}

/** A briefing at the revision whose segment ids its history has. */
export const idsOf = ({ id, history }: Pick<Source, 'id' | 'history'>) => ({ id, revision: history.length })

/** A briefing to be saved, with the revisions that the store lacks. */
export interface SourceToSave {
  readonly id: string
  readonly slug: string
  readonly formerSlugs: readonly string[]
  readonly state: 'draft' | 'published'
  readonly publishedAt: string
  /** The number of its newest revision. */
  readonly revision: number
  readonly added: readonly (SourceRevision & { readonly hashes: Readonly<Record<string, string>> })[]
}
