import type { Compilable } from 'kysely'
import type { ShareCard } from '../editions/share-card'
import type { Locale } from '../language/locale'
import { among, chunked, type Database } from '../storage/database'

/** The card of an edition: what it says, and the hash that names it. */
export interface NamedCard {
  readonly hash: string
  readonly card: ShareCard
}

/**
 * The writes that give the editions of a briefing their cards, by locale, if they have others (`before`, each made of the hash of its
 * card). They belong in the batch of its print. If a card says the same as an earlier one, it is that one.
 */
export function writesToGiveCards(
  { query }: Database,
  id: string,
  cards: ReadonlyMap<Locale, NamedCard>,
  before: ReadonlyMap<Locale, { readonly madeOf: string }>,
  printedAt: string,
): readonly Compilable[] {
  const changed = [...cards].filter(([locale, { hash }]) => before.get(locale)?.madeOf !== hash)
  const left = [...before].filter(([locale, { madeOf }]) => cards.get(locale)?.hash !== madeOf)
  return [
    ...(left.length === 0
      ? []
      : [
          writeToStopUsing(
            query,
            id,
            left.map(([locale]) => locale),
          ),
        ]),
    ...writesToUse(query, id, changed),
    ...(left.length === 0
      ? []
      : [
          writeToLeave(
            query,
            left.map(([, { madeOf }]) => madeOf),
            cards.size > 0 ? { id, printedAt } : 'at once',
          ),
        ]),
  ]
}

type Query = Database['query']

const writeToStopUsing = (query: Query, id: string, locales: readonly Locale[]): Compilable =>
  query.deleteFrom('share_card_use').where('briefing_id', '=', id).where('locale', 'in', among(locales))

function writesToUse(query: Query, id: string, cards: readonly (readonly [Locale, NamedCard])[]): readonly Compilable[] {
  if (cards.length === 0) return []
  const rows = cards.map(([, { hash, card }]) => ({ hash, says: JSON.stringify(card) }))
  const uses = cards.map(([locale, { hash }]) => ({ briefing_id: id, locale, hash }))
  const hashes = among(rows.map(({ hash }) => hash))
  return [
    ...chunked(rows, 2).map((some) => writeToKeep(query, some)),
    ...chunked(uses, 3).map((some) => query.insertInto('share_card_use').values(some)),
    query.updateTable('share_card').set({ left_at: null }).where('hash', 'in', hashes).where('left_at', 'is not', null),
  ]
}

/**
 * Leaves cards that no edition uses any more, for pages that others kept. Those of a briefing that readers have no more go at once: it
 * must not be shown any more, and the picture has its title.
 */
function writeToLeave(
  query: Query,
  hashes: readonly string[],
  by: { readonly id: string; readonly printedAt: string } | 'at once',
): Compilable {
  const used = query.selectFrom('share_card_use').select('hash').where('hash', 'in', among(hashes))
  if (by === 'at once') return query.deleteFrom('share_card').where('hash', 'in', among(hashes)).where('hash', 'not in', used)
  return query
    .updateTable('share_card')
    .set({ left_at: by.printedAt, left_by: by.id })
    .where('hash', 'in', among(hashes))
    .where('hash', 'not in', used)
}

const writeToKeep = (query: Query, rows: readonly { readonly hash: string; readonly says: string }[]): Compilable =>
  query
    .insertInto('share_card')
    .values(rows)
    .onConflict((conflict) => conflict.column('hash').doNothing())

/** What a card says, by its hash. Only printed cards are there. */
export async function findCard({ query }: Database, hash: string): Promise<ShareCard | undefined> {
  const row = await query.selectFrom('share_card').select('says').where('hash', '=', hash).executeTakeFirst()
  return row && (JSON.parse(row.says) as ShareCard)
}

/** Empties at most `most` rows of the pictures that the program before migration 0043 kept there. */
export async function emptyPictures(database: Database, most: number): Promise<void> {
  const { query } = database
  const full = query.selectFrom('share_card').select('hash').where('picture', 'is not', null).limit(most)
  await database.atomically([query.updateTable('share_card').set({ picture: null }).where('hash', 'in', full)])
}

/** How long a card is kept after the last print stopped using it, in days. By then, sites that show it have fetched it. */
const keptFor = 30

/** The writes that remove cards that no edition has had for some time. */
export function writesToForgetCards({ query }: Database, now: Date): readonly Compilable[] {
  const since = new Date(now.getTime() - keptFor * 86_400_000).toISOString()
  return [query.deleteFrom('share_card').where('left_at', '<', since)]
}
