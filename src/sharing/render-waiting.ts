import type { LiveSite } from '../site'
import { listUnrendered, writeToKeepPicture } from './card-store'
import type { Render } from './rendering'

/**
 * Draws cards that editions have and that nobody drew yet, and tries `most` at the most. Returns how many it drew. One that cannot be
 * drawn keeps no other from it, in this run or the next: each begins at another place. It is told of when the others are done.
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
