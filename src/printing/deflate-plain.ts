import { openLocales } from '../language/locale'
import type { LiveSite } from '../site'
import { isFormerProgramGone } from '../storage/former-program'
import { isPrintedMeanwhile, listPlain, writesToDeflate } from './plain-store'

/**
 * Deflates what a program of before has printed, in at most `most` languages of briefings, each in a batch of its own. So it may end
 * anywhere and begin again. Nothing that readers get changes. Returns how many were left to do when it began, up to `most`.
 */
export async function deflatePlain({ database, locales, now }: LiveSite, most: number): Promise<number> {
  if (!(await isFormerProgramGone(database, now()))) return 0
  const places = await listPlain(database, openLocales(locales), most)
  for (const place of places) {
    const writes = await writesToDeflate(database, place)
    await database.atomically(writes).catch((error: unknown) => {
      if (!isPrintedMeanwhile(error)) throw error
    })
  }
  return places.length
}
