import { sql } from 'kysely'
import { everything } from '../editions/card'
import { cardDocument } from '../editions/documents'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import type { NewsItem, OwnPage } from './sitemap'

/** The sitemaps of a language that hold anything, each with its last change. A seek for each, however many addresses it holds. */
export async function listSheets(
  { query }: Database,
  locale: Locale,
): Promise<readonly { readonly sheet: number; readonly changedAt: string }[]> {
  const { rows } = await sql<{ sheet: number; changedAt: string }>`
    with recursive found (sheet) as (
      select min(sheet) from appearance where own = 1 and asked = ${locale}
      union all
      select (select min(sheet) from appearance where own = 1 and asked = ${locale} and sheet > found.sheet)
      from found where found.sheet is not null
    )
    select
      sheet,
      (select max(updated_at) from appearance where own = 1 and asked = ${locale} and appearance.sheet = found.sheet) as changedAt
    from found where sheet is not null`.execute(query)
  return rows
}

/** The pages in one sitemap, newest change first. One query of `sheetSize` rows at most. */
export async function listSheet({ query }: Database, locale: Locale, sheet: number): Promise<readonly OwnPage[]> {
  const rows = await query
    .selectFrom('appearance')
    .select(['slug', 'kind', 'updated_at', 'available'])
    .where('own', '=', sql.lit(1))
    .where('asked', '=', locale)
    .where('sheet', '=', sheet)
    .orderBy('updated_at', 'desc')
    .execute()
  return rows.map(({ slug, kind, updated_at, available }) => ({
    slug,
    kind,
    updatedAt: updated_at,
    available: JSON.parse(available) as Locale[],
  }))
}

/** What appeared in a language since then, newest first, `most` at most. */
export async function listNews({ query }: Database, locale: Locale, since: string, most: number): Promise<readonly NewsItem[]> {
  const rows = await query
    .selectFrom('feed_entry as f')
    .innerJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'f.briefing_id').onRef('e.locale', '=', 'f.asked').on('e.tier', '=', 0),
    )
    .select(['f.appeared_at', 'e.card'])
    .where('f.asked', '=', locale)
    .where('f.name', '=', everything.name)
    .where('f.value', '=', everything.value)
    .where('f.native', '=', 1)
    .where('f.appeared_at', '>=', since)
    .orderBy('f.appeared_at', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ appeared_at, card }) => {
    const { slug, title } = cardDocument.read(card)
    return { locale, slug, title: title.text, appearedAt: appeared_at }
  })
}
