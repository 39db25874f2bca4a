import { type RawBuilder, sql } from 'kysely'
import { cardDocument } from '../editions/documents'
import type { Text } from '../editions/reading'
import type { Locale } from '../language/locale'
import { hashOfSecret } from '../secrets/secret'
import type { Database, Write } from '../storage/database'
import type { Request } from './follow'

/** A briefing that readers of a language can read, in it or in another. */
export interface Followable {
  readonly briefingId: string
  readonly slug: string
  /** In the language in which readers see it. */
  readonly title: Text
  /** Whether it is there in their own language. */
  readonly isAvailable: boolean
}

/** What readers of a locale have at a slug, or of the briefing with this id; `undefined` if nothing. */
export async function findFollowable(
  { query }: Database,
  asked: Locale,
  wanted: { readonly slug: string } | { readonly briefingId: string },
): Promise<Followable | undefined> {
  const row = await query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .select(['r.briefing_id as briefingId', 'r.slug', 'e.card', isNative.as('native')])
    .where('r.asked', '=', asked)
    .where('r.kind', '=', 'briefing')
    .where('e.tier', '=', 0)
    .where(({ eb }) => ('slug' in wanted ? eb('r.slug', '=', wanted.slug) : eb('r.briefing_id', '=', wanted.briefingId)))
    .executeTakeFirst()
  if (!row) return undefined
  const { card, native, ...rest } = row
  return { ...rest, title: cardDocument.read(card).title, isAvailable: native === 1 }
}

const isNative = sql<number>`(json_extract(r.resolution, '$.reason') in ('exact', 'regional'))`

/** When the newest printed material change was saved. Without one, when the briefing was published. */
const changedAt = sql<string>`coalesce(json_extract(e.reading, '$.changedAt'), json_extract(e.reading, '$.publishedAt'))`

/** The write that makes a following of the request whose link has this mark (`confirm`). */
export const writeToFollow = (database: Database, mark: string, now: Date): Write =>
  writeToBegin(
    database,
    mark,
    sql`
      select address, json_extract(request, '$.briefingId') as briefing_id, locale, json_extract(request, '$.wish') as wish
      from confirmation where used = ${mark}`,
    now,
  )

/** Makes a following for a reader whose address is known to be theirs. */
export async function follow(database: Database, { address, briefingId, locale, wish }: Request, now: Date): Promise<void> {
  const asked = sql`select ${address} as address, ${briefingId} as briefing_id, ${locale} as locale, ${wish} as wish`
  await database.atomically([writeToBegin(database, crypto.randomUUID(), asked, now)])
}

/**
 * The write that makes a following of a request. It looks at what is printed in the same statement. What is available by now is
 * not waited for, and changes that are printed by now are known. A reader who was notified once may ask again.
 */
const writeToBegin = ({ query }: Database, id: string, asked: RawBuilder<unknown>, now: Date): Write =>
  sql`
    insert into following (id, address, briefing_id, locale, wish, began_at, known)
    select ${id}, a.address, a.briefing_id, a.locale, a.wish, ${now.toISOString()}, ${changedAt}
    from (${asked}) as a
    join resolution as r on r.briefing_id = a.briefing_id and r.asked = a.locale
    join edition as e on e.briefing_id = r.briefing_id and e.locale = json_extract(r.resolution, '$.source') and e.tier = 0
    where a.wish = 'changes' or not ${isNative}
    on conflict (address, briefing_id, wish, locale) do update
    set tellings = 0, told_at = null, began_at = excluded.began_at
    where following.wish = 'available' and following.tellings > 0`.compile(query)

/** Stops the following of the link with this secret. Does not say if there was one. */
export async function stopFollowing(database: Database, secret: string): Promise<void> {
  const { query } = database
  const stopped = query
    .selectFrom('following_stop')
    .select('following_id')
    .where('hash', '=', await hashOfSecret(secret))
  await database.atomically([query.deleteFrom('following').where('id', 'in', stopped)])
}

/** Stops a following of the person with this address, and nobody else's. */
export async function stopById({ query, atomically }: Database, address: string, id: string): Promise<void> {
  await atomically([query.deleteFrom('following').where('id', '=', id).where('address', '=', address)])
}
