import { sql } from 'kysely'
import type { Database } from '../storage/database'
import { byPlace, type Piece, type Printed } from './pieces'

interface Row extends Piece {
  readonly kind: 'edition' | 'answer' | 'entry' | 'card' | 'moved'
  readonly more: string
}

/** What the last print of a briefing left. One query: D1 joins five selects at most. */
export async function listPrinted({ query }: Database, id: string): Promise<Printed> {
  const { rows } = await sql<Row>`
    select 'edition' as kind, locale || '/' || tier as place, made_of as "madeOf", ltrim(fingerprint, 'z') as fingerprint,
      source_revision || '/' || translation_revision as more from edition where briefing_id = ${id}
    union all select 'answer', asked || '/' || slug, made_of, ltrim(fingerprint, 'z'), listed from resolution where briefing_id = ${id}
    union all select 'entry', locale, made_of, fingerprint, '' from search_entry where briefing_id = ${id}
    union all select 'card', locale, hash, '', '' from share_card_use where briefing_id = ${id}
    union all select 'moved', slug, now, '', '' from moved where briefing_id = ${id}
  `.execute(query)
  const kinds = Map.groupBy(rows, ({ kind }) => kind)
  const of = (kind: Row['kind']) => kinds.get(kind) ?? []
  const lists = of('answer').map(({ place, more }) => ({
    place: place.slice(0, place.indexOf('/')),
    madeOf: more,
    fingerprint: '',
  }))
  return {
    editions: byPlace(of('edition').map(({ more, ...piece }) => ({ ...piece, revisions: more }))),
    answers: byPlace(of('answer')),
    lists: byPlace(lists),
    entries: byPlace(of('entry')),
    cards: byPlace(of('card')),
    moved: byPlace(of('moved')),
  }
}
