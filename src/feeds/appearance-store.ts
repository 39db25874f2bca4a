import { type Compilable, sql } from 'kysely'
import type { PublicationKind } from '../briefings/publication'
import type { Locale } from '../language/locale'
import { among, chunked, type Database } from '../storage/database'

/** What a print tells feeds and sitemaps about a briefing, for readers of one language. */
export interface Appearance {
  readonly asked: Locale
  readonly slug: string
  readonly kind: PublicationKind
  /** Whether it is served in the language asked for. */
  readonly isNative: boolean
  /** Whether its page has an address of its own. */
  readonly isOwn: boolean
  readonly available: readonly Locale[]
  /** Hash of what is served, as far as it matters (see `materialStateOf`). */
  readonly state: string
  /** Hash of all that is served: see `contentOf`. Empty if it was printed before this was kept. */
  readonly content: string
  /** The revision of the English that it was printed from. */
  readonly sourceRevision: number
}

type Query = Database['query']

/** The appearances from the last print of a briefing, in every language; empty if readers have nothing of it. */
export async function listAppearances({ query }: Database, id: string): Promise<readonly Appearance[]> {
  const rows = await query.selectFrom('appearance').selectAll().where('briefing_id', '=', id).orderBy('asked').execute()
  return rows.map(({ asked, slug, kind, native, own, available, state, content, source_revision }) => ({
    asked,
    slug,
    kind,
    isNative: native === 1,
    isOwn: own === 1,
    available: JSON.parse(available) as readonly Locale[],
    state,
    content,
    sourceRevision: source_revision,
  }))
}

interface Moments {
  /** The first appearance of a briefing that was never printed before. */
  readonly publishedAt: string
  /** Its last material change. */
  readonly changedAt: string
  /** Now, for what appears or changes by this print. */
  readonly printedAt: string
}

/** How many briefings one sitemap may hold: in a dozen languages that comes to a few megabytes. */
export const sheetSize = 2000

/**
 * The writes that update what sitemaps and events know of a briefing, from what the last print left (`before`) to what this one gives. They
 * belong in the batch of the print, after its facets. They decide when the briefing appeared and when it last changed.
 */
export function writesToAppear(
  { query }: Database,
  id: string,
  before: readonly Appearance[],
  after: readonly Appearance[],
  moments: Moments,
): readonly Compilable[] {
  const gone = before.map(({ asked }) => asked).filter((asked) => !after.some((each) => each.asked === asked))
  const known = new Map(before.map((each) => [each.asked, each]))
  const changed = after.filter((each) => !isSame(each, known.get(each.asked)))
  const rows = changed.map((each) => rowOf(id, each, moments))
  const isNew = before.length === 0 && after.length > 0
  return [
    ...(gone.length > 0 ? [query.deleteFrom('appearance').where('briefing_id', '=', id).where('asked', 'in', among(gone))] : []),
    ...(isNew ? [writeToPlace(query, id)] : []),
    ...chunked(rows, 15).map((some) => writeToKeep(query, some, moments)),
  ]
}

/** Whether a print would write what is written already. */
const isSame = (after: Appearance, before: Appearance | undefined): boolean =>
  before !== undefined &&
  after.slug === before.slug &&
  after.isNative === before.isNative &&
  after.isOwn === before.isOwn &&
  after.available.join() === before.available.join() &&
  after.state === before.state &&
  after.content === before.content &&
  after.sourceRevision === before.sourceRevision

const writeToPlace = (query: Query, id: string): Compilable =>
  query
    .insertInto('place')
    .values({ briefing_id: id })
    .onConflict((conflict) => conflict.column('briefing_id').doNothing())

/** An appearance as it is saved if there was none before. */
const rowOf = (id: string, appearance: Appearance, { publishedAt, changedAt }: Moments) => ({
  asked: appearance.asked,
  briefing_id: id,
  slug: appearance.slug,
  kind: appearance.kind,
  native: appearance.isNative ? 1 : 0,
  own: appearance.isOwn ? 1 : 0,
  available: JSON.stringify(appearance.available),
  state: appearance.state,
  content: appearance.content,
  source_revision: appearance.sourceRevision,
  appeared_at: publishedAt,
  updated_at: changedAt,
  print: sql<number>`(select max(number) from print)`,
  sheet: sql<number>`(select (number - 1) / ${sql.lit(sheetSize)} from place where briefing_id = ${id})`,
})

type AppearanceRow = ReturnType<typeof rowOf>

/** Saves the appearances. Those that existed keep their dates, unless the briefing is new in its language or has changed. */
const writeToKeep = (query: Query, rows: readonly AppearanceRow[], { printedAt }: Moments): Compilable =>
  query
    .insertInto('appearance')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['asked', 'briefing_id']).doUpdateSet((set) => ({
        slug: set.ref('excluded.slug'),
        native: set.ref('excluded.native'),
        own: set.ref('excluded.own'),
        available: set.ref('excluded.available'),
        state: set.ref('excluded.state'),
        content: set.ref('excluded.content'),
        source_revision: set.ref('excluded.source_revision'),
        appeared_at: sql`iif(excluded.native > appearance.native, ${printedAt}, appearance.appeared_at)`,
        print: sql`iif(excluded.native > appearance.native, excluded.print, appearance.print)`,
        updated_at: sql`iif(excluded.state = appearance.state, appearance.updated_at, ${printedAt})`,
      })),
    )

/**
 * The writes that list a briefing anew in the feeds of some languages, by the facets that it has there now. They belong in the batch of its
 * print, after its appearances.
 */
export function writesToFeed(
  { query }: Database,
  id: string,
  { cleared, changed }: { readonly cleared: readonly Locale[]; readonly changed: readonly { readonly place: Locale }[] },
): readonly Compilable[] {
  const gone = query.deleteFrom('feed_entry').where('briefing_id', '=', id).where('asked', 'in', among(cleared))
  return [
    ...(cleared.length > 0 ? [gone] : []),
    ...(changed.length > 0
      ? [
          writeToList(
            query,
            id,
            changed.map(({ place }) => place),
          ),
        ]
      : []),
  ]
}

/** Adds a briefing to the feeds of all its facets in these languages. */
const writeToList = (query: Query, id: string, asked: readonly Locale[]): Compilable =>
  query
    .insertInto('feed_entry')
    .columns(['asked', 'name', 'value', 'native', 'appeared_at', 'briefing_id'])
    .expression(
      query
        .selectFrom('facet as f')
        .innerJoin('appearance as a', (join) =>
          join.onRef('a.asked', '=', 'f.asked').onRef('a.briefing_id', '=', 'f.briefing_id'),
        )
        .select(['f.asked', 'f.name', 'f.value', 'f.native', 'a.appeared_at', 'f.briefing_id'])
        .where('f.briefing_id', '=', id)
        .where('f.asked', 'in', among(asked)),
    )
