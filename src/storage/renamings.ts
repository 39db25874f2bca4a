import { sql } from 'kysely'

/** The revisions that renamed parts of the briefing of a revision of a translation, as JSON. */
export const renamings = sql<string>`(
  select coalesce(json_group_array(json_object('revision', renaming.revision, 'renamed', json(renaming.renamed))), '[]')
  from (
    select revision, renamed from source_revision
    where briefing_id = translation_revision.briefing_id and renamed <> '{}' order by revision
  ) as renaming
)`
