import type { PublicationKind } from '../briefings/publication'
import type { Locale } from '../language/locale'
import type { Database } from '../storage/database'
import { resolutionDocument } from './documents'
import type { Resolution } from './print'

/** What readers of a language get of these briefings (up to 50), by slug. One query. */
export async function listResolutions(
  { query }: Database,
  asked: Locale,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, Resolution>> {
  if (slugs.length === 0) return new Map()
  const rows = await query
    .selectFrom('resolution')
    .select(['slug', 'resolution'])
    .where('asked', '=', asked)
    .where('slug', 'in', slugs)
    .execute()
  return new Map(rows.map(({ slug, resolution }) => [slug, resolutionDocument.read(resolution)]))
}

/** What readers of each language get of a publication, and the last print that changed any of it; `undefined` if readers have nothing of it. One query. */
export async function findResolutions(
  { query }: Database,
  slug: string,
): Promise<{ readonly print: number; readonly kind: PublicationKind; readonly resolutions: readonly Resolution[] } | undefined> {
  const rows = await query.selectFrom('resolution').select(['print', 'kind', 'resolution']).where('slug', '=', slug).execute()
  const [first] = rows
  if (!first) return undefined
  return {
    kind: first.kind,
    print: Math.max(...rows.map(({ print }) => print)),
    resolutions: rows.map(({ resolution }) => resolutionDocument.read(resolution)),
  }
}
