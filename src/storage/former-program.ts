import type { Database } from './database'

const gone = new WeakSet<Database>()

/**
 * Whether the program before the newest form of rows can run no more. Until then, rows are written as it can read them. Asks the database
 * until it is so.
 */
export async function isFormerProgramGone(database: Database, now: Date): Promise<boolean> {
  if (gone.has(database)) return true
  const row = await database.query.selectFrom('former_program').select('until').executeTakeFirst()
  if (row && row.until > now.toISOString()) return false
  gone.add(database)
  return true
}
