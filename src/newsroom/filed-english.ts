import type { BriefingFile } from '../briefings/briefing'
import type { Source } from '../briefings/source'
import { type Complaint, complaint } from '../language/complaint'

type Filed = Pick<BriefingFile, 'slug' | 'formerSlugs' | 'publishedAt' | 'state'> & { readonly revisions: readonly unknown[] }

/** What becomes of the English of a file. */
interface EnglishDecision {
  readonly isSaved: boolean
  /** Readers have the newest revision of the file afterwards. */
  readonly publishes: boolean
  /** The file has an old state of the store, which keeps its newer one. */
  readonly isBehind: boolean
  /** Something is saved that readers do not have. What was taken back counts only if its file has something newer or says published. */
  readonly isUnpublished: boolean
  /** Why the file cannot be loaded. */
  readonly flaw?: Complaint
}

/**
 * Decides what is saved of the English of a file. Readers get it if the file says published and its sender `publishes`. A briefing that
 * was taken back stays so until a newer revision is published. `stored` is what the store has. A file with fewer revisions does not
 * get here (`contradictions`).
 */
export function decideOnEnglish(stored: Source | undefined, filed: Filed, publishes: boolean): EnglishDecision {
  const isPublished = publishes && filed.state === 'published'
  if (!stored) return { isSaved: true, publishes: isPublished, isBehind: false, isUnpublished: !isPublished }
  const isNewer = filed.revisions.length > stored.revision
  if (isPublished && (isNewer || stored.takenBack === undefined)) {
    return { isSaved: !isSame(stored, filed), publishes: true, isBehind: false, isUnpublished: false }
  }
  const { published } = stored
  const isBehind =
    publishes && !isNewer && (filed.state === 'published' ? published === undefined : published === stored.revision)
  const saysMore = filed.state === 'published' && !isPublished
  const isKnown = published !== undefined || stored.takenBack !== undefined
  const isMoved = !isSameIdentity(stored, filed)
  const isSaved = isNewer || (!isKnown && !isBehind && isMoved)
  return {
    isSaved,
    publishes: false,
    isBehind,
    isUnpublished: !isBehind && (isNewer || (published !== stored.revision && (saysMore || stored.takenBack === undefined))),
    // Readers have its address and date, or are told there that it was taken back.
    ...(isKnown && isMoved && !(isBehind && published === undefined)
      ? { flaw: complaint('source.identity', { slug: stored.slug }) }
      : {}),
  }
}

const isSame = (stored: Source, filed: Filed) =>
  stored.published === filed.revisions.length && stored.revision === stored.published && isSameIdentity(stored, filed)

const isSameIdentity = (stored: Source, { slug, formerSlugs, publishedAt }: Filed) =>
  stored.slug === slug && stored.publishedAt === publishedAt && formerSlugs.every((each) => stored.formerSlugs.includes(each))
