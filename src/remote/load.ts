import { type FileProblem, fileNameOf, unfit } from '../briefings/files'
import { isPseudo } from '../language/locale'
import type { BriefingContent } from '../newsroom/content-files'
import type { Receipt } from '../newsroom/load'
import { complaintIn, Refusal } from '../problem'
import type { Client } from './client'
import { asFlag } from './requests'

/** The progress of loading: a briefing was tried, or is loaded. */
export interface LoadProgress {
  readonly receipt: Receipt
  readonly isTrial: boolean
  readonly done: number
  readonly all: number
}

/**
 * Loads content into a deployed site, as `loadAll` does here. First it asks the site what would happen to each briefing. If
 * anything is wrong, nothing is sent. Then it sends what would change. After an interruption, run it again. A dry run only asks.
 * Throws a Refusal with every problem of the content.
 */
export async function loadElsewhere(
  client: Client,
  contents: readonly BriefingContent[],
  onProgress: (progress: LoadProgress) => void = () => {},
  { isTrial = false }: { readonly isTrial?: boolean } = {},
): Promise<readonly Receipt[]> {
  const all = contents.length
  let tags = await tagsAt(client)
  const problems: FileProblem[] = []
  const trials: Receipt[] = []
  for (const [index, content] of contents.entries()) {
    try {
      const receipt = await send(content, true)
      trials.push(receipt)
      onProgress({ receipt, isTrial: true, done: index + 1, all })
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'unprocessable') throw error
      problems.push({ file: fileNameOf(content.briefing), path: '', complaint: complaintIn(error) })
    }
  }
  if (problems.length > 0) throw unfit(problems)
  if (isTrial) return trials
  const receipts: Receipt[] = []
  for (const [index, content] of contents.entries()) {
    const trial = trials[index]
    const receipt = trial?.outcome === 'unchanged' ? trial : await send(content, false)
    receipts.push(receipt)
    onProgress({ receipt, isTrial: false, done: index + 1, all })
  }
  return receipts

  /**
   * Sends a briefing with the state that it was made from. If that has changed meanwhile, sends it once more with the new one:
   * loading only adds.
   */
  async function send(content: BriefingContent, isTrial: boolean): Promise<Receipt> {
    try {
      return await put(content, isTrial)
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'precondition_failed') throw error
      tags = await tagsAt(client)
      return await put(content, isTrial)
    }
  }

  async function put({ briefing, translations }: BriefingContent, isTrial: boolean): Promise<Receipt> {
    const { content } = await client.ask('putSource', {
      params: { slug: briefing.slug },
      query: { 'dry-run': asFlag(isTrial), publish: asFlag(true) },
      // A site makes the pseudo-locales itself.
      body: { briefing, translations: translations.filter(({ locale }) => !isPseudo(locale)) },
      madeFrom: tags.get(briefing.id) ?? 'nothing',
    })
    return { ...content, slug: briefing.slug }
  }
}

/** The entity tag of every briefing that a site has, by its id. */
async function tagsAt(client: Client): Promise<ReadonlyMap<string, string>> {
  const tags = new Map<string, string>()
  for await (const { content } of client.pages('listSources', { query: { limit: 99 } })) {
    for (const { id, etag } of content.sources) tags.set(id, etag)
  }
  return tags
}
