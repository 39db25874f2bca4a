import { listStates } from '../briefings/revision-store'
import { fileOf } from '../briefings/revisions'
import { findSourceBySlug } from '../briefings/store'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { everySlug } from './export'

/** A file in the form of those in `db/briefings`. */
interface EnglishFile {
  readonly name: string
  readonly content: string
  readonly ending: '.json'
}

/**
 * The files of the named briefings, or of all: each with its newest English and facts, and its whole history. Loaded again, they change
 * nothing. They come one by one. Unwanted ones are not read.
 */
export async function* exportEnglish(
  { database }: LiveSite,
  slugs: readonly string[],
  isWanted: (slug: string) => boolean = () => true,
): AsyncGenerator<EnglishFile> {
  for await (const slug of slugs.length > 0 ? slugs : everySlug(database)) {
    if (!isWanted(slug)) continue
    const source = await findSourceBySlug(database, slug)
    if (!source) throw new Refusal('briefing.unknown', { slug })
    const states = (await listStates(database, source.id)).slice(0, source.revision)
    const content = `${JSON.stringify(fileOf(source, states), undefined, 2)}\n`
    yield { name: source.slug, content, ending: '.json' }
  }
}
