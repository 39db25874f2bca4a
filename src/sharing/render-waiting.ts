import type { LiveSite } from '../site'
import { listUnrendered, writeToKeepPicture } from './card-store'
import type { Render } from './rendering'

/**
 * Draws at most `most` cards of editions that are not drawn yet. Returns how many it drew. If a card fails, the others are still
 * drawn, also in the next run, because each run begins at a random place. At the end the failures are thrown.
 */
export async function renderWaiting({ database }: LiveSite, render: Render, most: number): Promise<number> {
  const failures: unknown[] = []
  let rendered = 0
  const beginning = crypto.randomUUID().replaceAll('-', '')
  const later = await listUnrendered(database, beginning, most)
  const earlier = later.length < most ? await listUnrendered(database, '', most - later.length) : []
  for (const { hash, card } of new Map([...later, ...earlier].map((each) => [each.hash, each])).values()) {
    try {
      await database.atomically([writeToKeepPicture(database, hash, await render(card))])
      rendered += 1
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} cards could not be drawn: ${failures.map(String).join(' · ')}`)
  return rendered
}
