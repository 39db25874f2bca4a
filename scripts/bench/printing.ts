import { loadAll } from '../../src/newsroom/load'
import { printBriefing } from '../../src/printing/print-briefing'
import { type Finding, median } from './report'
import { anEmptySite, sampleContent } from './samples'
import type { Session } from './session'

/** How fast content is loaded and printed, in memory: what the processor can do, without the disk. */
export async function printing({ rounds }: Session): Promise<readonly Finding[]> {
  const loading: number[] = []
  const prints: number[] = []
  let editions = 0
  for (let round = 0; round <= rounds; round += 1) {
    const { site, database } = await anEmptySite(':memory:')
    const content = sampleContent()
    const loaded = await timed(() => loadAll(site, content))
    const ids = database.file.prepare('select id from briefing').pluck().all() as string[]
    editions = Number(database.file.prepare('select count(*) from edition').pluck().get()) / ids.length
    const printed = await timed(async () => {
      for (const id of ids) await printBriefing(site, id)
    })
    database.close()
    if (round === 0) continue // warms up
    loading.push(ids.length / loaded)
    prints.push(ids.length / printed)
  }
  return [rate('Loading (reads, checks, saves, prints)', median(loading), editions), rate('Printing', median(prints), editions)]
}

const rate = (measure: string, briefings: number, editions: number): Finding => ({
  measure,
  result: `${briefings.toFixed(0)} briefings/s, ${(briefings * editions).toFixed(0)} editions/s`,
  note: `sample briefings, ${editions.toFixed(1)} editions each, one core, database in memory`,
})

/** The seconds that a task takes. */
async function timed(task: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await task()
  return (performance.now() - begun) / 1000
}
