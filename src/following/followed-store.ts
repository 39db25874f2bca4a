import { sql } from 'kysely'
import { cardDocument } from '../editions/documents'
import type { Text } from '../editions/reading'
import type { Locale } from '../language/locale'
import type { Person } from '../members/person'
import type { Database } from '../storage/database'
import type { Following } from './follow'

/** Something that a person follows, with its title in the language in which they see it. Without a title, it was withdrawn. */
export interface Followed extends Pick<Following, 'id' | 'locale' | 'wish'> {
  readonly briefingId: string
  readonly beganAt: string
  readonly toldAt: string | null
  readonly briefing: { readonly slug: string; readonly title: Text } | undefined
}

/** All that a person follows, and recent notifications, the newest first. */
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

/** Whether a following is active. It ends when its reader was notified of what they waited for. */
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
