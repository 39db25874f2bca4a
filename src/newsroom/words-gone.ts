import { isListed, strangeTiers, wordsOf } from '../briefings/decided'
import type { FileProblem } from '../briefings/files'
import { listSources } from '../briefings/store'
import { complaint } from '../language/complaint'
import type { LiveSite } from '../site'

const briefingsAtOnce = 50

/** The words that stored briefings use and the site's lists do not have, each with its briefing and its place. */
export async function* wordsGone({ database, settings }: LiveSite): AsyncGenerator<FileProblem> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const sources = await listSources(database, after, briefingsAtOnce)
    for (const { slug, briefing } of sources) {
      for (const misfit of strangeTiers(briefing, settings)) yield { file: slug, ...misfit }
      for (const { path, list, word } of wordsOf(briefing)) {
        if (isListed(settings, list, word)) continue
        yield { file: slug, path, complaint: complaint('site.word-gone', { word, list }) }
      }
    }
    after = sources.length < briefingsAtOnce ? undefined : sources.at(-1)?.slug
  }
}
