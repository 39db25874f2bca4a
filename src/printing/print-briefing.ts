import { hashOf } from '../briefings/hash'
import type { Source } from '../briefings/source'
import { findSource, readEarlierSegments } from '../briefings/store'
import { printAnswer, printEdition } from '../editions/page'
import { type Answer, isOwnPage, type Print } from '../editions/print'
import type { Reading } from '../editions/reading'
import { nameOf, shareCardOf } from '../editions/share-card'
import { type Appearance, listAppearances, writesToAppear } from '../feeds/appearance-store'
import { type Locale, openLocales } from '../language/locale'
import { isFallback } from '../language/resolution'
import { writeToNote } from '../members/audit-store'
import { entriesOf } from '../search/entry'
import { writesToIndex } from '../search/index-store'
import { type NamedCard, writesToGiveCards } from '../sharing/card-store'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import { listTranslations, type StoredTranslation } from '../translations/store'
import type { Translation } from '../translations/translation'
import { writesToTellOf } from '../webhooks/event-store'
import { compose, type Printable } from './compose'
import { contentOf, materialStateOf } from './material'
import { eventsOf } from './print-events'
import { findLastPrint, listDue, listStale, type Pages, wasOvertaken, writesToPrint } from './store'

/** How often a print is tried in all, if others keep changing the briefing meanwhile. */
const triesMax = 5

/**
 * Prints a briefing: replaces all that readers see of it, in every locale and tier, in one atomic write. Takes it back if nobody may
 * read it yet (a draft, its time not come). If somebody changes the briefing meanwhile, it is printed again from its new state. The same
 * write queues the events for webhooks. Returns whether readers can see the briefing now.
 */
export async function printBriefing(site: LiveSite, id: string): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const source = await findSource(site.database, id)
    if (!source) return false
    const { writes, isPublic } = await decidePrint(site, source)
    try {
      await site.database.atomically(writes)
      site.printed()
      return isPublic
    } catch (error) {
      if (tries === triesMax || !wasOvertaken(error)) throw error
    }
  }
}

/** The writes of one print of a briefing in its present state, and whether readers can see it afterwards. */
async function decidePrint(
  site: LiveSite,
  source: Source,
): Promise<{ readonly writes: readonly Write[]; readonly isPublic: boolean }> {
  const { database, locales, config } = site
  const { id, revision, version, publishedAt, formerSlugs } = source
  const [translations, last, before] = await Promise.all([
    listTranslations(database, id),
    findLastPrint(database, id),
    listAppearances(database, id),
  ])
  const earlier = revision > 1 ? await readEarlierSegments(database, id) : () => undefined
  const printedAt = presentSecond(site)
  const print = compose({ ...source, earlier }, translations, locales, printedAt)
  const cards = await cardsOf(site, print?.readings ?? [])
  const answers = print?.answers ?? []
  const after = await appearancesOf(source, translations, answers)
  const now = site.now()
  const moments = { publishedAt, changedAt: answers[0]?.reading.changedAt ?? publishedAt, printedAt: now.toISOString() }
  const events = eventsOf({ source, translations, answers, last, before, after }, { locales, origin: config.origin, now })
  const pages: Pages | undefined = print && { ...pagesOf(site, source, translations, print, cards), formerSlugs }
  const printed = [...new Set(print?.readings.map(({ locale }) => locale))].join(' ')
  return {
    isPublic: pages !== undefined,
    writes: [
      ...writesToPrint(database, { id, version, last: last.number, printedAt }, pages),
      ...writesToAppear(database, id, after, moments),
      ...writesToGiveCards(database, id, cards, moments.printedAt),
      ...writesToIndex(database, id, print ? entriesOf(print) : []),
      writeToNote(database, { at: moments.printedAt, actor: 'press', act: 'printed', subject: id, detail: { locales: printed } }),
      ...writesToTellOf(database, events),
    ],
  }
}

/** The finished pages of a print, each with what it was printed from. */
function pagesOf(
  site: LiveSite,
  { revision: sourceRevision }: Source,
  translations: readonly StoredTranslation[],
  { readings, answers }: Print,
  cards: ReadonlyMap<Locale, NamedCard>,
): Pick<Pages, 'editions' | 'answers'> {
  const revisions = new Map(translations.map(({ locale, revision }) => [locale, revision] as const))
  return {
    editions: readings.map((reading) => ({
      reading,
      printed: printEdition(site, reading),
      fingerprint: site.fingerprint(reading.locale),
      sourceRevision,
      translationRevision: revisions.get(reading.locale) ?? 0,
    })),
    answers: answers.map((answer) => ({
      answer,
      printed: printAnswer(site, answer, cards.get(answer.resolution.served)?.hash),
      fingerprint: site.fingerprint(answer.resolution.asked),
    })),
  }
}

/** The card of each edition that everyone may read, by its locale. */
async function cardsOf(site: LiveSite, readings: readonly Reading[]): Promise<ReadonlyMap<Locale, NamedCard>> {
  const cards = new Map<Locale, NamedCard>()
  for (const reading of readings.filter(({ tier }) => tier === 'public')) {
    const card = shareCardOf(reading, site.config.siteName, site.speak(reading.locale))
    cards.set(reading.locale, { hash: await nameOf(card), card })
  }
  return cards
}

/** What feeds, sitemaps and events need to know of these answers. */
async function appearancesOf(
  source: Omit<Printable, 'earlier'> & { readonly revision: number },
  translations: readonly Translation[],
  answers: readonly Answer[],
): Promise<readonly Appearance[]> {
  const served = [...new Set(answers.map(({ resolution }) => resolution.served))]
  const states = new Map(
    await Promise.all(
      served.map(async (locale) => {
        const translation = translations.find((each) => each.locale === locale)
        const [state, content] = await Promise.all([
          hashOf(materialStateOf(source, translation)),
          hashOf(contentOf(source, translation)),
        ])
        return [locale, { state, content }] as const
      }),
    ),
  )
  return answers.map(({ resolution, reading }) => ({
    asked: resolution.asked,
    slug: reading.slug,
    isNative: !isFallback(resolution),
    isOwn: isOwnPage(resolution),
    available: resolution.available,
    ...(states.get(resolution.served) ?? { state: '', content: '' }),
    sourceRevision: source.revision,
  }))
}

/** Now, to the second, as briefings write instants: the two are compared as text. */
const presentSecond = ({ now }: LiveSite) => `${now().toISOString().slice(0, 19)}Z`

/** Briefings that could not be printed, each with the reason. */
type Failures = Map<string, unknown>

/**
 * Prints what is waiting, at most `most` briefings: those whose time has come, and those with an old fingerprint. Returns how many it
 * tried. If one fails, the others are still printed; then the failures are thrown.
 */
export async function printWaiting(site: LiveSite, most: number): Promise<number> {
  const failures: Failures = new Map()
  const tried = await printBatch(site, most, failures)
  tell(failures, tried)
  return tried
}

/** Prints all that is waiting, `atOnce` briefings between two calls of `pause`. Returns how many it tried. Throws failures at the end. */
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

/** The ids of the briefings that wait to be printed: about `most`. */
export async function listWaiting(site: LiveSite, most: number): Promise<readonly string[]> {
  const waiting = new Set(await listDue(site.database, presentSecond(site), most))
  for (const locale of openLocales(site.locales)) {
    if (waiting.size >= most) break
    for (const id of await listStale(site.database, locale, site.fingerprint(locale), most - waiting.size)) waiting.add(id)
  }
  return [...waiting]
}

/** Tries what is waiting and has not failed before. Returns how many it tried. */
async function printBatch(site: LiveSite, most: number, failures: Failures): Promise<number> {
  const waiting = await listWaiting(site, most + failures.size)
  const batch = waiting.filter((id) => !failures.has(id)).slice(0, most)
  for (const id of batch) await printBriefing(site, id).catch((error: unknown) => failures.set(id, error))
  return batch.length
}

function tell(failures: Failures, tried: number): void {
  if (failures.size === 0) return
  const reasons = [...failures].map(([id, error]) => `${id}: ${String(error)}`).join(' · ')
  throw new AggregateError([...failures.values()], `${failures.size} of ${tried} could not be printed: ${reasons}`)
}
