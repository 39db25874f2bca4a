import { sql } from 'kysely'
import type { Tier } from '../briefings/vocabulary'
import { type Bytes, bytesOf, keptBySite } from '../delivery/kept'
import type { Locale } from '../language/locale'
import { compiledOnce, slot } from '../storage/compiled-once'
import type { Database } from '../storage/database'
import type { Answer } from './print'

/** An answer as it is sent: the print that made what it says, its language, and its entity tag. */
export interface FoundOutput {
  readonly served: Locale
  readonly etag: string
  readonly body: Bytes
}

/** What is asked for. */
export interface WantedOutput {
  /** The form, and what else tells its addresses from others of this slug. */
  readonly form: string
  readonly asked: Locale
  readonly slug: string
  readonly tier: Tier
}

/** How an answer is read and written, and the tag that names all that it depends on. */
export interface Making {
  readonly read: () => Promise<(Answer & { readonly print: number }) | undefined>
  readonly write: (answer: Answer) => string
  readonly etagOf: (print: number, served: Locale) => string
}

/** Everyone's answers, by their tags. */
const keptOutputs = keptBySite(4_000_000)

/**
 * The answer at an address as data. Everyone's is written once for its tag. If one was written for the address before, a small query tells
 * whether it still is the answer. That of a member is written each time, and not kept. One query, two after a print.
 */
export async function findOutput(
  database: Database,
  { form, asked, slug, tier }: WantedOutput,
  { read, write, etagOf }: Making,
): Promise<FoundOutput | undefined> {
  const kept = keptOutputs(database)
  const address = [form, asked, slug].join(' ')
  const isOfEveryone = tier === 'public'
  const state = isOfEveryone && kept.find(address) ? await findState(database, asked, slug) : undefined
  const found = state && { served: state.served, etag: etagOf(state.print, state.served) }
  const [body] = (found && kept.find(`${address} ${found.etag}`)) ?? []
  if (found && body) return { ...found, body }
  const answer = await read()
  if (!answer) return undefined
  const { served } = answer.resolution
  const made = { served, etag: etagOf(answer.print, served), body: bytesOf(write(answer)) }
  if (isOfEveryone) {
    kept.keep(address, []) // Something was written for it.
    kept.keep(`${address} ${made.etag}`, [made.body])
  }
  return made
}

interface StateRow {
  readonly print: number
  readonly served: Locale
}

const runState = compiledOnce<StateRow>()

const stateQuery = ({ query }: Database) =>
  query
    .selectFrom('resolution as r')
    .innerJoin('edition as e', (join) => join.onRef('e.briefing_id', '=', 'r.briefing_id').onRef('e.locale', '=', 'r.served'))
    .select([sql<number>`max(r.print, e.print)`.as('print'), 'r.served'])
    .where('r.asked', '=', slot('asked'))
    .where('r.slug', '=', slot('slug'))
    .where('e.tier', '=', sql.lit(0))

/** What everyone is answered at an address: the last print that changed any of it, and its language. */
async function findState(database: Database, asked: Locale, slug: string): Promise<StateRow | undefined> {
  const [row] = await runState(database, '', () => stateQuery(database), { asked, slug })
  return row
}
