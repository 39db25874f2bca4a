import { type Compilable, sql } from 'kysely'
import type { Database } from '../storage/database'
import type { Note, NotedLine } from './audit'

/** The write that notes something. It belongs in the batch of what it notes. */
export const writeToNote = ({ query }: Database, { detail = {}, ...note }: Note): Compilable =>
  query.insertInto('audit').values({ ...note, detail: JSON.stringify(detail) })

/** The same. It must follow right after the write that it notes, and notes nothing if that one changed nothing. */
export const writeToNoteChange = ({ query }: Database, { at, actor, act, subject, detail = {} }: Note): Compilable =>
  query
    .insertInto('audit')
    .columns(['at', 'actor', 'act', 'subject', 'detail'])
    .expression(
      query
        .selectNoFrom([
          sql.val(at).as('at'),
          sql.val(actor).as('actor'),
          sql.val(act).as('act'),
          sql.val(subject).as('subject'),
          sql.val(JSON.stringify(detail)).as('detail'),
        ])
        .where(sql<number>`changes()`, '>', 0),
    )

/** A filter for the log. An empty filter wants all lines. */
export interface NotesWanted {
  /** Only lines from this instant on, in ISO 8601. */
  readonly since?: string | undefined
  /** Only lines of which this is the actor or the subject. */
  readonly who?: string | undefined
  readonly act?: string | undefined
}

/** What was noted, the newest first, up to `most` lines. */
export async function listNotes(
  { query }: Database,
  most: number,
  { since, who, act }: NotesWanted = {},
): Promise<readonly NotedLine[]> {
  let notes = query.selectFrom('audit').selectAll()
  if (since !== undefined) notes = notes.where('at', '>=', since)
  if (act !== undefined) notes = notes.where('act', '=', act)
  if (who !== undefined) notes = notes.where(({ or, eb }) => or([eb('actor', '=', who), eb('subject', '=', who)]))
  const rows = await notes.orderBy('number', 'desc').limit(most).execute()
  return rows.map(({ detail, ...row }) => ({
    ...row,
    detail: JSON.parse(detail) as Readonly<Record<string, string>>,
  }))
}
