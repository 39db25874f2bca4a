import { briefingDocument } from '../briefings/briefing-document'
import type { Ladder } from '../briefings/ladder'
import { inPresentIds, type Renamed } from '../briefings/renames'
import { segmentsIn } from '../briefings/revisions'
import type { Significance } from '../briefings/vocabulary'
import { keptHashes, keptText, wholeHashes, wholeText } from '../storage/condensed'
import type { Database } from '../storage/database'
import { allLadders } from '../storage/ladders'
import { renamings } from '../storage/renamings'
import { segmentsOfRow } from '../translations/renamed-segments'
import { workOn } from '../translations/translation'
import { asPublished, type PublishedEnglish, type Standing } from './published'

/** What readers are to have of the briefing with this id. Drafts, and revisions after the published ones, are not read. */
export async function findStanding(database: Database, id: string): Promise<Standing | undefined> {
  const { query } = database
  const [row, former, revisions, translations] = await Promise.all([
    query.selectFrom('briefing').selectAll().select(allLadders.as('ladders')).where('id', '=', id).executeTakeFirst(),
    query.selectFrom('former_slug').select('slug').where('briefing_id', '=', id).orderBy('slug').execute(),
    listPublishedRevisions(database, id),
    listTranslations(database, id),
  ])
  if (!row) return undefined
  const { slug, version, published_at: publishedAt, taken_back_at: at, taken_back_why: why } = row
  const english = row.state === 'published' ? englishIn(slug, publishedAt, revisions, row.ladders) : undefined
  const texts = translations.map(({ row, ...each }) => ({
    ...each,
    segments: row && segmentsOfRow(row, english?.revision),
  }))
  const work = texts.map((each) => [each.locale, workOn({ ...each, segments: each.segments ?? {} })] as const)
  return {
    ...{ id, kind: row.kind, version, slug },
    formerSlugs: former.map((each) => each.slug),
    publishedAt,
    english,
    translations: texts.flatMap(({ segments, ...each }) => (segments ? [asPublished({ ...each, segments })] : [])),
    work: new Map(work),
    ...(at === null ? {} : { takenBack: { at, why } }),
  }
}

/** The revisions of a published briefing up to the published one, oldest first. */
const listPublishedRevisions = (database: Database, id: string) =>
  database.query
    .selectFrom('source_revision')
    .innerJoin('briefing', 'briefing.id', 'source_revision.briefing_id')
    .select(['source_revision.revision', 'significance', 'segment_significance', 'saved_at', 'renamed', 'ladder'])
    .select(keptHashes)
    .select(keptText(database, 'source_revision'))
    .where('source_revision.briefing_id', '=', id)
    .where('briefing.state', '=', 'published')
    .whereRef('source_revision.revision', '<=', 'briefing.revision')
    .orderBy('source_revision.revision')
    .execute()

function englishIn(
  slug: string,
  publishedAt: string,
  rows: Awaited<ReturnType<typeof listPublishedRevisions>>,
  ladders: string,
): PublishedEnglish | undefined {
  const read = rows.map((row) => ({
    revision: row.revision,
    significance: row.significance,
    significances: JSON.parse(row.segment_significance) as Record<string, Significance>,
    savedAt: row.saved_at,
    hashes: wholeHashes(row),
    renamed: JSON.parse(row.renamed) as Renamed,
    briefing: briefingDocument.read(wholeText(row)),
  }))
  const revisions = inPresentIds(read)
  const present = revisions.at(-1)
  if (!present) return undefined
  const { revision, briefing } = present
  const had = JSON.parse(ladders) as readonly (readonly [number, Ladder])[]
  const saved = had.findIndex(([number]) => number === rows.at(-1)?.ladder)
  return asPublished({
    ...{ slug, revision, publishedAt, briefing },
    ladders: { ladders: had.map(([, ladder]) => ladder), saved: Math.max(0, saved) },
    history: revisions,
    earlier: segmentsIn(revisions),
  })
}

/** The translations of a briefing. Those that are approved have their texts. */
async function listTranslations(database: Database, id: string) {
  const rows = await database.query
    .selectFrom('translation')
    .leftJoin('translation_revision', (join) =>
      join
        .onRef('translation_revision.briefing_id', '=', 'translation.briefing_id')
        .onRef('translation_revision.locale', '=', 'translation.locale')
        .onRef('translation_revision.revision', '=', 'translation.revision')
        .on('translation.state', '=', 'approved'),
    )
    .select(['translation.locale', 'translation.state', 'provenance', 'credits', 'translation.revision'])
    .select(['translation_revision.source_revision', renamings.as('renamings')])
    .select(keptText(database, 'translation_revision'))
    .where('translation.briefing_id', '=', id)
    .orderBy('translation.locale')
    .execute()
  return rows.map(({ credits, text, deflated, base, source_revision, renamings, ...each }) => ({
    ...each,
    credits: JSON.parse(credits) as string[],
    row: source_revision === null ? undefined : { segments: wholeText({ text, deflated, base }), source_revision, renamings },
  }))
}
