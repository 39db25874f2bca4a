import { saveViews } from '../demand/store'
import type { Means } from './means'

/** Writes down the fallback views of a tally, and logs how many it had no room for. */
export async function countViews({ site, log, tally }: Pick<Required<Means>, 'site' | 'log' | 'tally'>): Promise<void> {
  const droppedViews = await saveViews(site.database, tally, site.now())
  if (droppedViews > 0) log({ level: 'warn', droppedViews })
}
