import { unprinted } from '../delivery/write-failure'
import type { LiveSite } from '../site'
import { printBriefing } from './print-briefing'

/**
 * Prints a briefing that was just saved. If the database cannot write any more, throws a Refusal that says so: what was saved stays, and
 * the task `print` prints it later.
 */
export async function printSaved(site: LiveSite, id: string): Promise<boolean> {
  try {
    return await printBriefing(site, id)
  } catch (error) {
    throw unprinted(error) ?? error
  }
}
