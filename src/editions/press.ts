import { hashOf } from '../briefings/hash'
import { findSource, listDue, readEarlierSegments } from '../briefings/store'
import { type Appearance, writesToAppear } from '../feeds/appearance-store'
import { openLocales } from '../language/locale'
import { isFallback } from '../language/resolution'
import { writeToNote } from '../members/audit-store'
import { entriesOf } from '../search/entry'
import { writesToIndex } from '../search/index-store'
import type { LiveSite } from '../site'
import { listTranslations } from '../translations/store'
import type { Translation } from '../translations/translation'
import { materialStateOf } from './material'
import { printAnswer, printEdition } from './page'
import { type Answer, compose, isOwnPage, type Printable } from './print'
import { listStale, type Pages, wasOvertaken, writesToPrint } from './print-store'

/** How often a print that another change overtook is tried again before it gives up. */
const triesMax = 5

/**
 * Prints a briefing: replaces all that readers see of it, in every locale and tier, in one atomic write; or takes it back
 * where it is not to be read (a draft, its time not come). Where another hand changes the briefing meanwhile, it is
 * printed anew from what then stands. Returns whether readers can see it now.
 */
export async function printBriefing(site: LiveSite, id: string): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const source = await findSource(site.database, id)
    if (!source) return false
    const translations = await listTranslations(site.database, id)
    const earlier = source.revision > 1 ? await readEarlierSegments(site.database, id) : () => undefined
    const printedAt = presentSecond(site)
    const print = compose({ ...source, earlier }, translations, site.locales, printedAt)
    const pages: Pages | undefined = print && {
      editions: print.readings.map((reading) => ({
        reading,
        printed: printEdition(site, reading),
        fingerprint: site.fingerprint(reading.locale),
      })),
      answers: print.answers.map((answer) => ({
        answer,
        printed: printAnswer(site, answer),
        fingerprint: site.fingerprint(answer.resolution.asked),
      })),
      formerSlugs: source.formerSlugs,
    }
    const answers = print?.answers ?? []
    const moments = {
      publishedAt: source.publishedAt,
      changedAt: answers[0]?.reading.changedAt ?? source.publishedAt,
      printedAt: site.now().toISOString(),
    }
    const appearances = await appearancesOf(source, translations, answers)
    try {
      const locales = pages?.editions.map(({ reading }) => reading.locale) ?? []
      await site.database.atomically([
        ...writesToPrint(site.database, { id, version: source.version, printedAt }, pages),
        ...writesToAppear(site.database, id, appearances, moments),
        ...writesToIndex(site.database, id, print ? entriesOf(print) : []),
        writeToNote(site.database, {
          at: site.now().toISOString(),
          actor: 'press',
          act: 'printed',
          subject: id,
          detail: { locales: [...new Set(locales)].join(' ') },
        }),
      ])
      site.printed()
      return pages !== undefined
    } catch (error) {
      if (tries === triesMax || !wasOvertaken(error)) throw error
    }
  }
}

/** What feeds and sitemaps are told of these answers. */
async function appearancesOf(
  source: Pick<Printable, 'briefing' | 'history'>,
  translations: readonly Translation[],
  answers: readonly Answer[],
): Promise<readonly Appearance[]> {
  const states = new Map<string, string>()
  for (const served of new Set(answers.map(({ resolution }) => resolution.served))) {
    const translation = translations.find(({ locale }) => locale === served)
    states.set(served, await hashOf(materialStateOf(source, translation)))
  }
  return answers.map(({ resolution, reading }) => ({
    asked: resolution.asked,
    slug: reading.slug,
    isNative: !isFallback(resolution),
    isOwn: isOwnPage(resolution),
    available: resolution.available,
    state: states.get(resolution.served) ?? '',
  }))
}

/** Now, written as briefings write the instants that it is compared with as text: a briefing appears in its very second. */
const presentSecond = ({ now }: LiveSite) => `${now().toISOString().slice(0, 19)}Z`

/** Briefings that could not be printed, each with the reason. */
type Failures = Map<string, unknown>

/**
 * Prints what is waiting, `most` briefings at the most: those whose time has come, and those printed with words, templates
 * or addresses that this program no longer has. Returns how many it printed. One that cannot be printed keeps no other from
 * it; it is told of when the others are done.
 */
export async function printWaiting(site: LiveSite, most: number): Promise<number> {
  const failures: Failures = new Map()
  const tried = await printBatch(site, most, failures)
  tell(failures, tried)
  return tried
}

/** Prints all that is waiting, `atOnce` between two calls of `pause`. Returns how many it printed, and tells of failures last. */
export async function printAllWaiting(site: LiveSite, atOnce: number, pause: () => Promise<void>): Promise<number> {
  const failures: Failures = new Map()
  let tried = 0
  for (let count = -1; count !== 0; tried += count) {
    await pause()
    count = await printBatch(site, atOnce, failures)
  }
  tell(failures, tried)
  return tried
}

/** Tries what is waiting and has not failed before. Returns how many it tried. */
async function printBatch(site: LiveSite, most: number, failures: Failures): Promise<number> {
  const asked = most + failures.size
  const waiting = new Set(await listDue(site.database, presentSecond(site), asked))
  for (const locale of openLocales(site.locales)) {
    if (waiting.size >= asked) break
    for (const id of await listStale(site.database, locale, site.fingerprint(locale), asked - waiting.size)) waiting.add(id)
  }
  const batch = [...waiting].filter((id) => !failures.has(id)).slice(0, most)
  for (const id of batch) await printBriefing(site, id).catch((error: unknown) => failures.set(id, error))
  return batch.length
}

function tell(failures: Failures, tried: number): void {
  if (failures.size === 0) return
  const reasons = [...failures].map(([id, error]) => `${id}: ${String(error)}`).join(' · ')
  throw new AggregateError([...failures.values()], `${failures.size} of ${tried} could not be printed: ${reasons}`)
}
