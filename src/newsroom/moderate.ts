import type { Decision } from '../comments/comment'
import { writeToDecide } from '../comments/moderation-store'
import { writeToNoteChange } from '../members/audit-store'
import { writeToClose } from '../reports/moderation-store'
import type { Closing } from '../reports/report'
import type { LiveSite } from '../site'

/** Accepts or refuses a comment, and notes `actor` in the log. Returns whether that changed anything. */
export async function decideOnComment(
  { database, now }: LiveSite,
  number: number,
  state: Decision,
  actor: string,
): Promise<boolean> {
  const note = { at: now().toISOString(), actor, act: `comment-${state}`, subject: `comment ${number}` } as const
  const [changed] = await database.atomically([writeToDecide(database, number, state, now()), writeToNoteChange(database, note)])
  return changed === 1
}

/** Closes a report, and notes `actor` in the log. Returns whether there was an open one with this number. */
export async function closeReport({ database, now }: LiveSite, number: number, as: Closing, actor: string): Promise<boolean> {
  const at = now().toISOString()
  const note = { at, actor, act: 'report-closed', subject: `report ${number}`, detail: { as } } as const
  const [closed] = await database.atomically([writeToClose(database, number, as, now()), writeToNoteChange(database, note)])
  return closed === 1
}
