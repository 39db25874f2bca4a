import { type Compilable, sql } from 'kysely'
import type { Locale } from '../language/locale'
import { type Database, isViolated } from '../storage/database'
import {
  answerColumns,
  asText,
  deflatedAnswer,
  deflatedEdition,
  editionColumns,
  surroundingsIn,
  textsIn,
  withEach,
} from '../storage/deflated-rows'

/** A briefing in a language whose rows a program of before has written. */
export interface PlainPlace {
  readonly table: 'edition' | 'resolution'
  readonly briefingId: string
  readonly locale: Locale
}

/** Up to `most` places with plain rows. Their fingerprints come before all others, so an index finds them. One query. */
export async function listPlain({ query }: Database, locales: readonly Locale[], most: number): Promise<readonly PlainPlace[]> {
  const today = sql`json_each(${JSON.stringify(locales)}) as today`
  const { rows } = await sql<PlainPlace>`
    select * from (
      select 'edition' as "table", briefing_id as "briefingId", locale from ${today} cross join edition
      where locale = today.value and tier = 0 and fingerprint < 'z'
      union all
      select 'resolution', briefing_id, asked from ${today} cross join resolution
      where asked = today.value and fingerprint < 'z'
    ) limit ${most}`.execute(query)
  return rows
}

/** The writes that deflate the rows of a place. They fail, and with them their batch, if a print is faster. */
export const writesToDeflate = async (database: Database, place: PlainPlace): Promise<readonly Compilable[]> =>
  place.table === 'edition' ? await writesToDeflateEditions(database, place) : await writesToDeflateAnswer(database, place)

/** Whether a row was printed again meanwhile. It is of this form then, or waits for the next time. */
export const isPrintedMeanwhile = (error: unknown): boolean =>
  isViolated(error, 'NOT NULL', 'edition.print') || isViolated(error, 'NOT NULL', 'resolution.print')

interface Seen {
  readonly print: number
  readonly fingerprint: string
}

/** The number of a row's print, if the row is as it was seen. */
const printAsSeen = ({ print, fingerprint }: Seen) =>
  sql<number>`iif(print = ${print} and fingerprint = ${fingerprint} and deflated is null, print, null)`

const listEditions = async (database: Database, { briefingId, locale }: PlainPlace) =>
  await database.query
    .selectFrom('edition as e')
    .select(['e.tier', 'e.print', 'e.fingerprint', 'e.card'])
    .select(editionColumns(database, 'e'))
    .where('e.briefing_id', '=', briefingId)
    .where('e.locale', '=', locale)
    .orderBy('e.tier')
    .execute()

async function writesToDeflateEditions(database: Database, place: PlainPlace): Promise<readonly Compilable[]> {
  const rows = await listEditions(database, place)
  const [first] = rows
  const texts = rows.map((row) => textsIn(row, row === first ? undefined : first))
  return rows.flatMap((row, at) => {
    const own = texts[at]
    if (row.edition !== null || !own) return []
    const set = deflatedEdition(own, row.card, row.fingerprint, row === first ? undefined : texts[0])
    return database.query
      .updateTable('edition')
      .set({ ...set, print: printAsSeen(row) })
      .where('briefing_id', '=', place.briefingId)
      .where('locale', '=', place.locale)
      .where('tier', '=', row.tier)
  })
}

async function writesToDeflateAnswer(database: Database, { briefingId, locale }: PlainPlace): Promise<readonly Compilable[]> {
  const { query } = database
  const rows = await query
    .selectFrom('resolution as r')
    .select(['r.slug', 'r.print', 'r.fingerprint'])
    .select(answerColumns(database, 'r'))
    .where('r.briefing_id', '=', briefingId)
    .where('r.asked', '=', locale)
    .where('r.deflated', 'is', null)
    .execute()
  return rows.map((row) =>
    query
      .updateTable('resolution')
      .set({ ...deflatedAnswer(withEach(surroundingsIn(row), asText), row.fingerprint), print: printAsSeen(row) })
      .where('asked', '=', locale)
      .where('slug', '=', row.slug),
  )
}
