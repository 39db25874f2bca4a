import type { LiveSite } from '../site'
import { isFormerProgramGone } from '../storage/former-program'
import { hasFormerMarks, listFormer, writesToTakeOver, writeToForgetMarks } from '../translations/former-store'
import { writeToMark } from '../translations/memory-store'

/** How many marks are let go of for each text. */
const marksATime = 8

/**
 * Brings some of what programs of before have written into the form of now, which takes fewer bytes and says the same. It may be
 * interrupted anywhere. Does nothing as long as such a program may still run.
 */
export async function condense({ database, now }: LiveSite, most: number): Promise<void> {
  if (!(await isFormerProgramGone(database, now()))) return
  const former = await listFormer(database, most)
  if (former.length > 0) await database.atomically([...writesToTakeOver(database, former), writeToMark(database, former)])
  else if (await hasFormerMarks(database)) await database.atomically([writeToForgetMarks(database, most * marksATime)])
}
