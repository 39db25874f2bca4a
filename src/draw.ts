import { listUndrawn, writeToKeepPicture } from './sharing/card-store'
import type { Draw } from './sharing/drawing'
import type { LiveSite } from './site'

/**
 * Draws cards that editions have and that nobody drew yet, `most` at the most. Returns how many it drew. One that cannot be drawn keeps no other from it; it is told of when the others are done.
 */
export async function drawWaiting({ database }: LiveSite, draw: Draw, most: number): Promise<number> {
  const failures: unknown[] = []
  let drawn = 0
  let last = ''
  while (drawn < most) {
    const waiting = await listUndrawn(database, last, most - drawn)
    if (waiting.length === 0) break
    for (const { hash, card } of waiting) {
      last = hash
      try {
        await database.atomically([writeToKeepPicture(database, hash, await draw(card))])
        drawn += 1
      } catch (error) {
        failures.push(error)
      }
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} cards could not be drawn: ${failures.map(String).join(' · ')}`)
  return drawn
}
