import { type RawBuilder, sql } from 'kysely'
import { cardDocument } from '../editions/documents'
import type { Text } from '../editions/reading'
import type { Locale } from '../language/locale'
import type { Person } from '../members/person'
import { hashOfSecret } from '../secrets/secret'
import type { Database, Write } from '../storage/database'
import type { Following, Request } from './follow'

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
 * The write that makes a following of a request. It looks at what is printed in the same statement: what is available by now is not waited
 * for, and changes that are printed by now are known. A reader who was told once may ask again.
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

/** Something that a person follows, with its title in the language in which they see it. Without a title, it was taken back. */
export interface Followed extends Pick<Following, 'id' | 'locale' | 'wish'> {
  readonly briefingId: string
  readonly beganAt: string
  readonly toldAt: string | null
  readonly briefing: { readonly slug: string; readonly title: Text } | undefined
}

/** All that a person follows, and what they were told lately, the newest first. */
export async function followingOf({ query }: Database, { address }: Pick<Person, 'address'>): Promise<readonly Followed[]> {
  const rows = await query
    .selectFrom('following as f')
    .leftJoin('resolution as r', (join) => join.onRef('r.briefing_id', '=', 'f.briefing_id').onRef('r.asked', '=', 'f.locale'))
    .leftJoin('edition as e', (join) =>
      join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served').on('e.tier', '=', 0),
    )
    .select([
      'f.id',
      'f.briefing_id as briefingId',
      'f.locale',
      'f.wish',
      'f.began_at as beganAt',
      'f.told_at as toldAt',
      'r.slug',
      'e.card',
    ])
    .where('f.address', '=', address)
    .orderBy('f.began_at', 'desc')
    .orderBy('f.id')
    .execute()
  return rows.map(({ slug, card, ...row }) => ({
    ...row,
    briefing: slug === null || card === null ? undefined : { slug, title: cardDocument.read(card).title },
  }))
}

/** Whether a following is active. It is over once its reader was told what they waited for. */
export const stands = ({ wish, toldAt }: Pick<Followed, 'wish' | 'toldAt'>): boolean => wish === 'changes' || toldAt === null

/** How many readers wait for a briefing in a locale. */
export interface Requests {
  readonly briefingId: string
  readonly locale: Locale
  readonly requests: number
}

/** How many wait for each of these briefings in each locale. Briefings that nobody waits for are left out. */
export async function listRequests(
  { query }: Database,
  locales: readonly Locale[],
  briefingIds: readonly string[],
): Promise<readonly Requests[]> {
  return await query
    .selectFrom('following')
    .select(({ fn }) => ['briefing_id as briefingId', 'locale', fn.countAll<number>().as('requests')])
    .where('briefing_id', 'in', sql<string>`(select value from json_each(${JSON.stringify(briefingIds)}))`)
    .where('wish', '=', 'available')
    .where('locale', 'in', locales)
    .where('tellings', '=', 0)
    .groupBy(['briefing_id', 'locale'])
    .execute()
}
