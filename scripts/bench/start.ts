import { join } from 'node:path'
import { memoryOf } from './processes'
import { amountFinding, type Finding, median } from './report'
import { startSite } from './servers'
import type { Session } from './session'

/** The time from starting the program on the samples to its first answer, and the memory that it holds a second later. */
export async function start({ folder, rounds }: Session): Promise<readonly Finding[]> {
  const path = join(folder, 'samples.db')
  const times: number[] = []
  const held: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const begun = performance.now()
    const site = await startSite(path, 64)
    await (await fetch(`${site.url}/en/`)).arrayBuffer()
    const time = performance.now() - begun
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const { all } = memoryOf(site.pid)
    await site.stop()
    if (round === 0) continue // The first start may load the samples.
    times.push(time)
    held.push(all)
  }
  return [
    amountFinding('Start: time to the first answer', median(times), 'ms', 500, 'the index of the sample site'),
    amountFinding('Start: memory a second after the first answer', median(held), 'MB', 120),
  ]
}
