import { printAnswer, printEdition } from '../editions/page'
import type { Print } from '../editions/print'
import type { Reading } from '../editions/reading'
import { nameOf, shareCardOf } from '../editions/share-card'
import { findAnswer } from '../editions/store'
import { listAppearances, writesToAppear } from '../feeds/appearance-store'
import { writesToPlace } from '../feeds/place-store'
import { type Locale, openLocales } from '../language/locale'
import { writeToNote } from '../members/audit-store'
import { entriesOf } from '../search/entry'
import { writesToIndex } from '../search/index-store'
import { type NamedCard, writesToGiveCards } from '../sharing/card-store'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import { listTranslations } from '../translations/store'
import { writesToEmit } from '../webhooks/event-store'
import { appearancesOf } from './appearances'
import { compose } from './compose'
import { englishBefore, eventsOf } from './print-events'
import type { PublishedEnglish, Standing } from './published'
import { findStanding } from './published-store'
import { findLastPrint, isPrintConflict, type Pages, writesToPrint } from './store'

/** How often a print is tried in all, if others keep changing the briefing meanwhile. Each time it fails, another one was done. */
const triesMax = 50

/**
 * Prints a briefing: replaces all that readers see of it, in every locale and tier, in one atomic write. Takes it back if nobody may
 * read it (not published, its time not come). If somebody changes the briefing meanwhile, it is printed again from its new state. The same
 * write queues the events for webhooks. Returns whether readers can see the briefing now.
 */
export async function printBriefing(site: LiveSite, id: string): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const standing = await findStanding(site.database, id)
    if (!standing) return false
    const { writes, isPublic } = await decidePrint(site, standing)
    try {
      await site.database.atomically(writes)
      site.printed()
      return isPublic
    } catch (error) {
      if (tries === triesMax || !isPrintConflict(error)) throw error
    }
  }
}

/** Whether readers can see a briefing now. */
export const isPrinted = async ({ database, locales }: LiveSite, slug: string): Promise<boolean> =>
  (await findAnswer(database, locales.source, slug, 'public')) !== undefined

/** The writes of one print of what readers are to have of a briefing, and whether they can see it afterwards. */
async function decidePrint(
  site: LiveSite,
  standing: Standing,
): Promise<{ readonly writes: readonly Write[]; readonly isPublic: boolean }> {
  const { database, locales, config } = site
  const { id, version, publishedAt, english, translations } = standing
  const [last, before] = await Promise.all([findLastPrint(database, id), listAppearances(database, id)])
  const printedAt = presentSecond(site)
  const print = compose(standing, locales, printedAt)
  const cards = await cardsOf(site, print?.readings ?? [])
  const answers = print?.answers ?? []
  const after = english ? await appearancesOf(english, translations, answers) : []
  const now = site.now()
  const moments = { publishedAt, changedAt: answers[0]?.reading.changedAt ?? publishedAt, printedAt: now.toISOString() }
  const isNew = english && openLocales(locales).some((locale) => englishBefore(before, locale) < english.revision)
  const newest = isNew ? await listTranslations(database, id, english.revision) : []
  const events = eventsOf({ standing, newest, answers, last, before, after }, { locales, origin: config.origin, now })
  const pages: Pages | undefined = print && english && pagesOf(site, standing, english, print, cards)
  const printed = [...new Set(print?.readings.map(({ locale }) => locale))].join(' ')
  return {
    isPublic: pages !== undefined,
    writes: [
      ...writesToPrint(database, { id, version, last: last.number, printedAt, standing }, pages),
      ...writesToAppear(database, id, after, moments),
      ...writesToPlace(database, id),
      ...writesToGiveCards(database, id, cards, moments.printedAt),
      ...writesToIndex(database, id, print ? entriesOf(print, site.speak) : []),
      writeToNote(database, { at: moments.printedAt, actor: 'press', act: 'printed', subject: id, detail: { locales: printed } }),
      ...writesToEmit(database, events),
    ],
  }
}

/** The finished pages of a print, each with what it was printed from. */
function pagesOf(
  site: LiveSite,
  { translations }: Standing,
  { revision: sourceRevision }: PublishedEnglish,
  { readings, answers }: Print,
  cards: ReadonlyMap<Locale, NamedCard>,
): Pages {
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

/** Now, to the second, as briefings write instants: the two are compared as text. */
export const presentSecond = ({ now }: LiveSite) => `${now().toISOString().slice(0, 19)}Z`
