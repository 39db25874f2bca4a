import type { LiveSite } from '../site'
import { listUndrawn, writeToKeepPicture } from './card-store'
import type { Draw } from './drawing'

/**
 * Draws cards that editions have and that nobody drew yet, and tries `most` at the most. Returns how many it drew. One that cannot be
 * drawn keeps no other from it, in this run or the next: each begins at another place. It is told of when the others are done.
 */
export async function drawWaiting({ database }: LiveSite, draw: Draw, most: number): Promise<number> {
  const failures: unknown[] = []
  let drawn = 0
  const beginning = crypto.randomUUID().replaceAll('-', '')
  const later = await listUndrawn(database, beginning, most)
  const earlier = later.length < most ? await listUndrawn(database, '', most - later.length) : []
  for (const { hash, card } of new Map([...later, ...earlier].map((each) => [each.hash, each])).values()) {
    try {
      await database.atomically([writeToKeepPicture(database, hash, await draw(card))])
      drawn += 1
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} cards could not be drawn: ${failures.map(String).join(' · ')}`)
  return drawn
}
