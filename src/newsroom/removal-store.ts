import { type Compilable, sql } from 'kysely'
import { kindOf } from '../briefings/publication'
import type { Source } from '../briefings/source'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'

/** What goes with a briefing that is removed. */
export interface Belongings {
  /** The languages that it was translated into. */
  readonly locales: readonly Locale[]
  /** Pages that readers have, and their pictures. */
  readonly pages: number
  readonly pictures: number
  readonly comments: number
  readonly reports: number
  readonly followers: number
}

/** Counts what goes with a briefing. */
export async function listBelongings({ query }: Database, id: string): Promise<Belongings> {
  const count = async (table: (typeof counted)[number]) => {
    const rows = query.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count'))
    return (await rows.where('briefing_id', '=', id).executeTakeFirstOrThrow()).count
  }
  const [pages = 0, pictures = 0, comments = 0, reports = 0, followers = 0] = await Promise.all(counted.map(count))
  const translations = query.selectFrom('translation').select('locale').where('briefing_id', '=', id)
  const locales = (await translations.orderBy('locale').execute()).map(({ locale }) => locale)
  return { locales, pages, pictures, comments, reports, followers }
}

const counted = ['resolution', 'share_card_use', 'comment', 'report', 'following'] as const

/** What the memory may have learnt from a briefing: the hashes of its English, of all revisions. */
interface Removing {
  readonly hashes: readonly string[]
  readonly at: string
}

/**
 * The writes that remove a briefing with all that belongs to it. They fail as a whole if somebody else has removed it. Its addresses
 * remain, with the date, and what the log has noted of it, by its id.
 */
export function writesToRemove({ query }: Database, source: Source, { hashes, at }: Removing): readonly Compilable[] {
  const { id, slug, formerSlugs } = source
  const slugs = [slug, ...formerSlugs]
  return [
    ...slugs.map((each) => query.insertInto('removed').values({ slug: each, at, kind: kindOf(source.briefing) })),
    ...writesToForgetWords(query, id, hashes),
    ...writesToForgetMails(query, id, slugs),
    ...writesToForgetPrograms(query, id, slugs),
    query.deleteFrom('share_card').where('left_at', 'is not', null).where(leftBy(id)),
    query
      .deleteFrom('search_text')
      .where('rowid', 'in', query.selectFrom('search_entry').select('id').where('briefing_id', '=', id)),
    ...writesToForgetReleases(query, id),
    ...owned.map((table) => query.deleteFrom(table).where('briefing_id', '=', id)),
    writeToKeepNumber(query, id),
    ...history.map((table) => query.deleteFrom(table).where('briefing_id', '=', id)),
    query.deleteFrom('briefing').where('id', '=', id),
  ]
}

type Query = Database['query']

/** The tables whose rows belong to a briefing, in any order; and those that refer to one another, in theirs. */
const owned = [
  'edition',
  'resolution',
  'facet',
  'moved',
  'taken_back',
  'appearance',
  'place',
  'feed_entry',
  'search_entry',
  'share_card_use',
  'demand',
  'comment',
  'report',
  'following',
  'machine_job',
  'machine_draft',
  'text_set_aside',
  'memory_due',
] as const
const history = ['print', 'translation_revision', 'translation', 'source_revision', 'former_slug'] as const

/** A card that a print of this briefing turned from. A program of before did not note whose it was. */
const leftBy = (id: string) => sql<boolean>`coalesce(left_by, ${id}) = ${id}`

/**
 * The newest print may be one of the briefing. Caches know by its number that something was printed since, so another briefing keeps it,
 * as a print of no version of it.
 */
const writeToKeepNumber = (query: Query, id: string): Compilable =>
  query
    .updateTable('print')
    .set({ briefing_id: sql<string>`(select id from briefing where id <> ${id} limit 1)`, version: 0 })
    .where('number', '=', sql<number>`(select max(number) from print)`)
    .where('briefing_id', '=', id)
    .where(sql<boolean>`exists (select 1 from briefing where id <> ${id})`)

/** The memory forgets every text of the briefing. It learns again what translations of others have of the same English. */
function writesToForgetWords(query: Query, id: string, hashes: readonly string[]): readonly Compilable[] {
  const among = sql<string>`(select value from json_each(${JSON.stringify(hashes)}))`
  const due = query
    .selectFrom('translation as t')
    .innerJoin('briefing as b', 'b.id', 't.briefing_id')
    .innerJoin('source_revision as s', (join) => join.onRef('s.briefing_id', '=', 'b.id').onRef('s.revision', '=', 'b.revision'))
    .leftJoin('source_revision as base', (join) =>
      join.onRef('base.briefing_id', '=', 'b.id').onRef('base.revision', '=', 's.base'),
    )
    .select(['t.locale', 't.briefing_id', 's.saved_at'])
    .where('t.state', '=', 'approved')
    .where('t.provenance', '<>', 'machine')
    .where('b.id', '<>', id)
    .where(
      sql<boolean>`exists (
        select 1 from json_tree(s.hashes) as h where h.atom in ${among}
        union all select 1 from json_each(coalesce(base.hashes, '{}')) as h where h.value in ${among}
      )`,
    )
  return [
    query.deleteFrom('memory_mark').where(sql<boolean>`hash in ${among}`),
    query.deleteFrom('memory').where(sql<boolean>`hash in ${among}`),
    ...(['memory_phrase', 'memory_translation'] as const).map((table) =>
      query
        .deleteFrom(table)
        .where('text', 'in', query.selectFrom('memory_text').select('id').where(sql<boolean>`hash in ${among}`)),
    ),
    query.deleteFrom('memory_text').where(sql<boolean>`hash in ${among}`),
    query
      .insertInto('memory_due')
      .columns(['locale', 'briefing_id', 'saved_at'])
      .expression(due)
      .onConflict((conflict) => conflict.doNothing()),
  ]
}

/** Emails that wait or were given up and lead to the briefing go, and what asks for a confirmation that concerns it. */
function writesToForgetMails(query: Query, id: string, slugs: readonly string[]): readonly Compilable[] {
  const asked = sql<boolean>`kind = 'following' and json_extract(request, '$.briefingId') = ${id}`
  const leads = slugs.map((slug) => sql<boolean>`instr(text || char(10), ${`/briefings/${slug}`} || char(10)) > 0`)
  return [
    query
      .deleteFrom('mail')
      .where('sent_at', 'is', null)
      .where(({ or, exists, selectFrom }) =>
        or([
          ...leads,
          exists(
            selectFrom('confirmation as c')
              .select('c.hash')
              .where(asked)
              .whereRef('c.address', '=', 'mail.recipient')
              .whereRef('c.asked_at', '=', 'mail.queued_at'),
          ),
        ]),
      ),
    query.deleteFrom('confirmation').where(asked),
    ...slugs.map((slug) =>
      query
        .updateTable('confirmation')
        .set({ request: sql<string>`json_set(request, '$.next', '/' || locale || '/')` })
        .where('kind', '=', 'sign-in')
        .where(sql<boolean>`instr(request, ${`/briefings/${slug}`}) > 0`),
    ),
  ]
}

/** Releases of nothing else go. From others it is taken out, with what they said of it. */
function writesToForgetReleases(query: Query, id: string): readonly Compilable[] {
  const ofIt = query.selectFrom('release_item').select('release_id').where('publication_id', '=', id)
  const ofOthers = query.selectFrom('release_item').select('release_id').where('publication_id', '<>', id)
  return [
    query.deleteFrom('release').where('id', 'in', ofIt).where('id', 'not in', ofOthers),
    query.updateTable('release').set({ name: '', reasons: '[]' }).where('id', 'in', ofIt),
    query.deleteFrom('release_item').where('publication_id', '=', id),
  ]
}

/** Programs are told no more of it than that it is gone, and get no answer again that was about it. */
function writesToForgetPrograms(query: Query, id: string, slugs: readonly string[]): readonly Compilable[] {
  const isGone = sql<boolean>`(type = 'briefing.withdrawn' and json_array_length(payload, '$.data.available') = 0)`
  return [
    query
      .deleteFrom('webhook_event')
      .where(sql<boolean>`json_extract(payload, '$.data.id') = ${id}`)
      .where(({ not }) => not(isGone)),
    ...[id, ...slugs].map((name) => query.deleteFrom('sent_before').where(sql<boolean>`instr(body, ${`"${name}"`}) > 0`)),
  ]
}
