import { ladderOf } from '../briefings/ladder'
import { isPictureOfToday, pictureOf } from '../editions/picture'
import { openLocales } from '../language/locale'
import type { LiveSite } from '../site'
import { isLastLadder, writeToNoteLadder } from '../storage/ladders'
import { listDue } from './due-store'
import { presentSecond, printBriefing } from './print-briefing'
import {
  findSettledPictures,
  listOtherPictures,
  listPictured,
  listStale,
  staleKinds,
  writeToSettlePictures,
} from './waiting-store'

/** Briefings that could not be printed, each with the reason. */
type Failures = Map<string, unknown>

/**
 * Prints what is waiting, at most `most` briefings: those whose time has come, and those that other words, code or pictures made. Returns how many it
 * tried. If one fails, the others are still printed; then the failures are thrown.
 */
export async function printWaiting(site: LiveSite, most: number): Promise<number> {
  await noteLadder(site)
  const failures: Failures = new Map()
  const tried = await printBatch(site, most, failures)
  tell(failures, tried)
  return tried
}

/** Notes the ladder that this program has, before anything is printed by it. So what it closes stays closed, if another comes back. */
export async function noteLadder({ database, settings, now }: LiveSite): Promise<void> {
  const ladder = ladderOf(settings.tiers)
  if (await isLastLadder(database, ladder)) return
  await database.atomically([writeToNoteLadder(database, ladder, now())])
}

/** Prints all that is waiting, `atOnce` briefings between two calls of `pause`. Returns how many it tried. Throws failures at the end. */
export async function printAllWaiting(site: LiveSite, atOnce: number, pause: () => Promise<void>): Promise<number> {
  await noteLadder(site)
  const failures: Failures = new Map()
  let tried = 0
  for (let count = -1; count !== 0; tried += count) {
    await pause()
    count = await printBatch(site, atOnce, failures)
  }
  tell(failures, tried)
  return tried
}

/** The ids of the briefings that wait to be printed: about `most`. */
export async function listWaiting(site: LiveSite, most: number): Promise<readonly string[]> {
  const waiting = new Set(await listDue(site.database, presentSecond(site), most))
  for (const kind of staleKinds) {
    if (waiting.size >= most) break
    const today = Object.fromEntries(openLocales(site.locales).map((locale) => [locale, site.madeWith(kind, locale)]))
    for (const id of await listStale(site.database, kind, today, most - waiting.size)) waiting.add(id)
  }
  if (waiting.size === 0) for (const id of await listWithOtherPictures(site, most)) waiting.add(id)
  return [...waiting]
}

/** The ids of the briefings whose picture has another address now. All are looked at only if some picture has. */
async function listWithOtherPictures(site: LiveSite, most: number): Promise<readonly string[]> {
  const { database, locales, pictures, images } = site
  if ((await findSettledPictures(database)) === pictures) return []
  const known = images.map((file) => pictureOf(site, file))
  const others = await listOtherPictures(database, locales.source, known)
  const stale = others.filter((picture) => !isPictureOfToday(site, picture))
  return stale.length > 0 ? await listPictured(database, locales.source, stale, most) : []
}

/** Notes, once nothing waits, that nothing does because of today's pictures. */
async function settlePictures({ database, pictures }: LiveSite): Promise<void> {
  if ((await findSettledPictures(database)) === pictures) return
  await database.atomically([writeToSettlePictures(database, pictures)])
}

/** Tries what is waiting and has not failed before. Returns how many it tried. */
async function printBatch(site: LiveSite, most: number, failures: Failures): Promise<number> {
  const waiting = await listWaiting(site, most + failures.size)
  if (waiting.length === 0) await settlePictures(site)
  const batch = waiting.filter((id) => !failures.has(id)).slice(0, most)
  for (const id of batch) await printBriefing(site, id).catch((error: unknown) => failures.set(id, error))
  return batch.length
}

function tell(failures: Failures, tried: number): void {
  if (failures.size === 0) return
  const reasons = [...failures].map(([id, error]) => `${id}: ${String(error)}`).join(' · ')
  throw new AggregateError([...failures.values()], `${failures.size} of ${tried} could not be printed: ${reasons}`)
}
