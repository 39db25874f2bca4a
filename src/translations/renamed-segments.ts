import { inIdsOf, type Renaming } from '../briefings/renames'
import type { TranslatedSegment } from './translation'

/** The segments of a revision of a translation, with the ids that its English has in a revision (default: the newest). */
export const segmentsOfRow = (
  row: { readonly segments: string; readonly source_revision: number; readonly renamings: string },
  sourceRevision = Number.POSITIVE_INFINITY,
) =>
  inIdsOf(
    JSON.parse(row.segments) as Record<string, TranslatedSegment>,
    JSON.parse(row.renamings) as Renaming[],
    row.source_revision,
    sourceRevision,
  )
