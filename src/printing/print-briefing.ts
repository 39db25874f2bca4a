import { ladderOf } from '../briefings/ladder'
import { kindOf } from '../briefings/publication'
import type { Reading } from '../editions/reading'
import { nameOf, shareCardOf } from '../editions/share-card'
import { findAnswer } from '../editions/store'
import { listAppearances, writesToAppear, writesToFeed } from '../feeds/appearance-store'
import { writesToPlace } from '../feeds/place-store'
import { type Locale, openLocales } from '../language/locale'
import { writeToNote } from '../members/audit-store'
import { wordsOf } from '../search/entry'
import { writesToIndex } from '../search/index-store'
import { type NamedCard, writesToGiveCards } from '../sharing/card-store'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import { isFormerProgramGone } from '../storage/former-program'
import { writeToNoteLadder } from '../storage/ladders'
import { listTranslations } from '../translations/store'
import { writesToEmit } from '../webhooks/event-store'
import { appearancesOf } from './appearances'
import { compose } from './compose'
import { noPieces, piecesOf, revisedAmong } from './pages'
import { differenceOf } from './pieces'
import { englishBefore, eventsOf, type Printing } from './print-events'
import { listPrinted } from './printed-store'
import type { Standing } from './published'
import { findStanding } from './published-store'
import { renderedPages } from './rendered-pages'
import { findLastPrint, isPrintConflict, writesToChange, writesToRevise, writesToTakeBack, writeToOpen } from './store'
import { writeToUnsettlePictures } from './waiting-store'

/** How often a print is tried in all, if others keep changing the briefing meanwhile. Each time it fails, another one was done. */
const triesMax = 50

/**
 * Prints a briefing: brings all that readers see of it up to date, in every locale and tier, in one atomic write. Takes it from readers if
 * nobody may read it (not published, its time not come). If somebody changes it meanwhile, it is printed again from its new state. The
 * same write queues the events for webhooks. Returns whether readers can see the briefing now.
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
  (await findAnswer(database, locales.source, slug, 'public', 'either')) !== undefined

/** The writes of one print of what readers are to have of a briefing, and whether they can see it afterwards. */
async function decidePrint(
  site: LiveSite,
  standing: Standing,
): Promise<{ readonly writes: readonly Write[]; readonly isPublic: boolean }> {
  const { database } = site
  const { id, version, publishedAt, english, translations } = standing
  const last = await findLastPrint(database, id) // Before what it left. A print in between makes this one fail.
  const [left, before] = await Promise.all([listPrinted(database, id), listAppearances(database, id)])
  const printedAt = presentSecond(site)
  const ladder = ladderOf(site.settings.tiers)
  const print = compose(standing, site, printedAt, ladder)
  const cards = await cardsOf(site, print?.readings ?? [])
  const answers = print?.answers ?? []
  const after = english ? await appearancesOf(english, translations, answers) : []
  const now = site.now()
  const moments = { publishedAt, changedAt: answers[0]?.reading.changedAt ?? publishedAt, printedAt: now.toISOString() }
  const pieces = print && english ? await piecesOf(site, standing, english, print, cards) : noPieces
  const pages = renderedPages(site, standing, pieces, left)
  const isDeflated = await isFormerProgramGone(database, site.now())
  const entries = differenceOf(left.entries, pieces.entries)
  const words = entries.changed.map((each) => ({
    ...each,
    words: wordsOf(each, site.voiceOf('entry', each.locale)(each.locale)),
  }))
  const isRelisted = pages.lists.cleared.length + pages.lists.changed.length > 0
  const printed = [...new Set(print?.readings.map(({ locale }) => locale))].join(' ')
  return {
    isPublic: print !== undefined,
    writes: [
      writeToOpen(database, { id, version, last: last.number, printedAt }),
      writeToNoteLadder(database, ladder, now),
      ...writesToTakeBack(database, standing, print !== undefined),
      ...writesToChange(database, standing, pages, isDeflated),
      ...writesToRevise(database, id, revisedAmong(pieces, left)),
      ...writesToAppear(database, id, before, after, moments),
      ...writesToFeed(database, id, pages.lists),
      ...(isRelisted ? writesToPlace(database, id) : []),
      ...writesToGiveCards(database, id, cards, left.cards, moments.printedAt),
      ...writesToIndex(database, id, publishedAt, entries.cleared, words),
      writeToUnsettlePictures(database, site.pictures),
      writeToNote(database, { at: moments.printedAt, actor: 'press', act: 'printed', subject: id, detail: { locales: printed } }),
      ...writesToEmit(database, await eventsIn(site, { standing, answers, last, before, after }, now)),
    ],
  }
}

/** The events of a print. The newest translations are read only if some language gets newer English. */
async function eventsIn({ database, locales, config }: LiveSite, printing: Omit<Printing, 'newest'>, now: Date) {
  const { id, english } = printing.standing
  const isNew = english && openLocales(locales).some((locale) => englishBefore(printing.before, locale) < english.revision)
  const newest = isNew ? await listTranslations(database, id, english.revision) : []
  return eventsOf({ ...printing, newest }, { locales, origin: config.origin, now })
}

/** The card of each edition of a briefing that everyone may read, by its locale. Pages have none. */
async function cardsOf(site: LiveSite, readings: readonly Reading[]): Promise<ReadonlyMap<Locale, NamedCard>> {
  const cards = new Map<Locale, NamedCard>()
  for (const reading of readings.filter((each) => each.tier === 'public' && kindOf(each) === 'briefing')) {
    const card = shareCardOf(reading, site.config.siteName, site.voiceOf('card', reading.locale)(reading.locale), site.look)
    cards.set(reading.locale, { hash: await nameOf(card), card })
  }
  return cards
}

/** Now, to the second, as briefings write instants: the two are compared as text. */
export const presentSecond = ({ now }: LiveSite) => `${now().toISOString().slice(0, 19)}Z`
