import type { Compilable } from 'kysely'
import type { Database } from '../storage/database'
import type { Note, NotedLine } from './audit'

/** The write that notes something, to be made in the same batch as what it notes. */
export const writeToNote = ({ query }: Database, { detail = {}, ...note }: Note): Compilable =>
  query.insertInto('audit').values({ ...note, detail: JSON.stringify(detail) })

/** What was noted, the newest first, `most` lines before the one given. */
export async function listNotes(
  { query }: Database,
  most: number,
  before: number = Number.MAX_SAFE_INTEGER,
): Promise<readonly NotedLine[]> {
  const rows = await query
    .selectFrom('audit')
    .selectAll()
    .where('number', '<', before)
    .orderBy('number', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ detail, ...row }) => ({
    ...row,
    detail: JSON.parse(detail) as Readonly<Record<string, string>>,
  }))
}
