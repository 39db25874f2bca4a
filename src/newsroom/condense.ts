import type { LiveSite } from '../site'
import type { Database } from '../storage/database'
import { isFormerProgramGone } from '../storage/former-program'
import { writeToKeepBeside } from '../translations/aside-store'
import { hasFormerMarks, listFormer, writesToTakeOver, writeToForgetMarks } from '../translations/former-store'
import { writeToMark } from '../translations/memory-store'
import { listWhole, writesToCondense } from './condense-store'

/** How many texts of the memory cost as much as a revision, and how many marks as much as a text. */
const textsForRevision = 20
const marksForText = 8

/**
 * Brings some revisions, and some of what programs of before have written, into a form that takes fewer bytes and says the same. It may be
 * interrupted anywhere. Does nothing as long as a program may run that knows no such form.
 */
export async function condense({ database, now }: LiveSite, most: number): Promise<void> {
  if (!(await isFormerProgramGone(database, now()))) return
  await condenseMemory(database, most)
  await condenseRevisions(database, Math.ceil(most / textsForRevision))
}

async function condenseMemory(database: Database, most: number): Promise<void> {
  const former = await listFormer(database, most)
  if (former.length > 0) await database.atomically([...writesToTakeOver(database, former), writeToMark(database, former)])
  else if (await hasFormerMarks(database)) await database.atomically([writeToForgetMarks(database, most * marksForText)])
}

async function condenseRevisions(database: Database, most: number): Promise<void> {
  const english = await listWhole(database, 'source_revision', most)
  const translated = await listWhole(database, 'translation_revision', most)
  if (english.length + translated.length === 0) return
  await database.atomically([
    writeToKeepBeside(database, translated),
    ...writesToCondense(database, english),
    ...writesToCondense(database, translated),
  ])
}
