import type { Compilable } from 'kysely'
import type { Database } from '../../src/storage/database'
import {
  answerColumns,
  articleIn,
  asText,
  documentIn,
  editionColumns,
  surroundingsIn,
  unmarked,
} from '../../src/storage/deflated-rows'

/** The printed editions in plain text, as the program before wrote them. */
export async function plainEditions(database: Database) {
  const rows = await database.query
    .selectFrom('edition as e')
    .select(['e.briefing_id', 'e.locale', 'e.tier', 'e.print', 'e.fingerprint', 'e.card'])
    .select(editionColumns(database, 'e'))
    .orderBy('e.briefing_id')
    .orderBy('e.locale')
    .orderBy('e.tier')
    .execute()
  return rows.map((row) => {
    const { briefing_id, locale, tier, print, fingerprint, card } = row
    const isOfSame = (each: typeof row) => each.briefing_id === briefing_id && each.locale === locale && each.tier === 0
    const everyones = tier === 0 ? undefined : rows.find(isOfSame)
    const { lead, body } = articleIn(row, everyones)
    return {
      ...{ briefing_id, locale, tier, print, card, fingerprint: unmarked(fingerprint) },
      ...{ lead: asText(lead), body: asText(body), reading: documentIn(row, everyones) },
    }
  })
}

/** The printed answers in plain text. */
export async function plainAnswers(database: Database) {
  const rows = await database.query
    .selectFrom('resolution as r')
    .select(['r.briefing_id', 'r.asked', 'r.slug', 'r.print', 'r.fingerprint', 'r.resolution'])
    .select(answerColumns(database, 'r'))
    .orderBy('r.asked')
    .orderBy('r.slug')
    .execute()
  return rows.map((row) => {
    const { head, masthead, notice, facts, ending } = surroundingsIn(row)
    return {
      ...{ briefing_id: row.briefing_id, asked: row.asked, slug: row.slug, print: row.print, resolution: row.resolution },
      ...{ fingerprint: unmarked(row.fingerprint), head: asText(head), masthead: asText(masthead) },
      ...{ notice: asText(notice), facts: asText(facts), ending: asText(ending) },
    }
  })
}

/** Makes the rows what the program before would have written. */
export async function writePlain(database: Database): Promise<void> {
  const { query } = database
  const editions = (await plainEditions(database)).map(({ briefing_id, locale, tier, ...texts }) =>
    query
      .updateTable('edition')
      .set({ ...texts, deflated: null })
      .where('briefing_id', '=', briefing_id)
      .where('locale', '=', locale)
      .where('tier', '=', tier),
  )
  const answers = (await plainAnswers(database)).map(({ asked, slug, ...texts }) =>
    query
      .updateTable('resolution')
      .set({ ...texts, deflated: null })
      .where('asked', '=', asked)
      .where('slug', '=', slug),
  )
  await database.atomically([...editions, ...answers] satisfies Compilable[])
}
