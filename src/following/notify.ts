import type { Source } from '../briefings/source'
import { findSource } from '../briefings/store'
import { headersToStop, stopPathTo } from '../delivery/one-click'
import { partsOf } from '../editions/notice'
import type { Answer } from '../editions/print'
import { findAnswer } from '../editions/store'
import type { Locale } from '../language/locale'
import { aMail, newsGoodFor } from '../mail/mail'
import { writesToQueue } from '../mail/store'
import { hashOfSecret, newSecret } from '../secrets/secret'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import { changesSinceRevision } from '../translations/changes'
import { weightOf } from '../translations/freshness'
import type { Letter } from '../ui/letter'
import type { Following } from './follow'
import { availableLetter, changedLetter } from './follow-letters'
import {
  findPrinted,
  isNotificationConflict,
  listDue,
  listPrints,
  moveOn,
  type Printed,
  writesToNotify,
  writeToPass,
} from './notification-store'

/** How many prints are looked at in one run, and how many followers are notified in one write. */
const printsAtOnce = 200
const mailsAtOnce = 20

/**
 * Queues at most `most` emails to followers about what was printed since their last email. The next run continues from there.
 * Each email is queued in the write that notes that its reader was notified. So none is queued twice, even if others do the same
 * or this is interrupted. Returns how many it queued. If a briefing fails, the others still get their emails. Then the failures
 * are thrown, and the next run tries again.
 */
export async function notifyWaiting(site: LiveSite, most: number): Promise<number> {
  const { database } = site
  const failures: unknown[] = []
  const looked = new Set<string>()
  let queued = 0
  let upTo: number | undefined
  let isWhole = true
  for (const { number, briefingId, isFollowed } of await listPrints(database, printsAtOnce)) {
    if (isFollowed && !looked.has(briefingId)) {
      looked.add(briefingId)
      const notification = await notifyFollowers(site, briefingId, most - queued).catch((error: unknown) => {
        failures.push(error)
        return { queued: 0, isDone: false }
      })
      queued += notification.queued
      isWhole &&= notification.isDone
    }
    if (isWhole) upTo = number
  }
  if (upTo !== undefined) await moveOn(database, upTo)
  if (failures.length > 0) throw new AggregateError(failures, `Followers of ${failures.length} briefings could not be told.`)
  return queued
}

/** Queues emails to the followers of one briefing. Returns how many, and whether these were all that are due. */
async function notifyFollowers(site: LiveSite, briefingId: string, most: number): Promise<{ queued: number; isDone: boolean }> {
  const { database, locales } = site
  const printed = await findPrinted(database, briefingId, locales.source)
  if (!printed) return { queued: 0, isDone: true } // It was withdrawn, so there is nothing to say.
  const notifier = notifierOf(site, briefingId, printed)
  let queued = 0
  for (let left = most; ; left -= mailsAtOnce) {
    const due = await listDue(database, briefingId, printed, Math.max(1, Math.min(left, mailsAtOnce)))
    if (due.length === 0) return { queued, isDone: true }
    if (left <= 0) return { queued, isDone: false }
    const notifications = await Promise.all(due.map(notifier))
    try {
      await database.atomically(notifications.flatMap(({ writes }) => writes))
    } catch (error) {
      if (!isNotificationConflict(error)) throw error
      return { queued, isDone: false } // The next run looks at the new state.
    }
    queued += notifications.filter(({ isMail }) => isMail).length
  }
}

/** The writes that queue an email to one follower, or note that they need none. */
interface Notification {
  readonly writes: readonly Write[]
  readonly isMail: boolean
}

/** Makes the emails to the followers of one briefing. The briefing is read once in each language, and its English once. */
function notifierOf(site: LiveSite, briefingId: string, printed: Printed): (following: Following) => Promise<Notification> {
  const { database, config, now } = site
  const answers = new Map<Locale, ReturnType<typeof answerIn>>()
  const answerIn = (locale: Locale) => findAnswer(database, locale, printed.slugs.get(locale) ?? '', 'public')
  let source: Promise<Source | undefined> | undefined

  return async (following) => {
    const { locale, wish, address, known } = following
    const answering = answers.get(locale) ?? answerIn(locale)
    answers.set(locale, answering)
    source ??= findSource(database, briefingId)
    const [answer, english] = await Promise.all([answering, source])
    if (!answer || !english) throw new Error(`The briefing ${briefingId} is not printed in ${locale} any more.`)
    const changed = wish === 'changes' ? changedParts(english, known, printed.changedAt) : []
    if (!changed) return { writes: [writeToPass(database, following, printed.changedAt)], isMail: false }
    // A new one for each email. Of the earlier ones only hashes are kept, so they cannot be put into this email. All stay valid.
    const secret = newSecret()
    const stop = config.origin + stopPathTo('follow', locale, secret)
    const at = now()
    const mail = aMail(address, letterOf(site, following, answer, stop, changed), headersToStop(stop))
    const hash = await hashOfSecret(secret)
    return {
      writes: [
        ...writesToNotify(database, following, { hash, print: answer.print, known: printed.changedAt, at }),
        ...writesToQueue(database, mail, at, newsGoodFor.week),
      ],
      isMail: true,
    }
  }
}

function letterOf(
  site: LiveSite,
  { locale, wish }: Following,
  { reading }: Answer,
  stop: string,
  changed: readonly string[],
): Letter {
  const words = site.speak(locale)
  const subject = { slug: reading.slug, title: reading.title, stop }
  return wish === 'available'
    ? availableLetter(site, words, subject)
    : changedLetter(site, words, subject, partsOf(changed, reading, words))
}

/**
 * The segments of a briefing that have changed materially between two instants. Empty if only its facts have changed. `undefined` if
 * nothing has changed, or every change was undone. Of a segment for members only its name is given.
 */
function changedParts({ briefing, history }: Source, known: string, until: string): readonly string[] | undefined {
  const saved = history.filter(({ savedAt }) => savedAt <= until)
  const revision = saved.findLastIndex(({ savedAt }) => savedAt <= known) + 1
  const changes = changesSinceRevision({ briefing, history: saved, earlier: () => undefined }, revision)
  const material = changes.filter(({ significance }) => significance === 'material').map(({ id }) => id)
  const isOfFacts = saved.some((each, index) => {
    const before = saved[index - 1]
    return index >= revision && before && weightOf(each, before) === 'material' && isSameText(each.hashes, before.hashes)
  })
  return material.length > 0 || isOfFacts ? material : undefined
}

const isSameText = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
  Object.keys({ ...one, ...other }).every((id) => one[id] === other[id])
