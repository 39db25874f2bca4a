import { headersToStop, stopPathTo } from '../delivery/one-click'
import { lastPrint } from '../editions/store'
import { listAppeared } from '../feeds/appeared-store'
import { openLocales } from '../language/locale'
import { aMail, newsGoodFor } from '../mail/mail'
import { writesToQueue } from '../mail/store'
import { hashOfSecret, newSecret } from '../secrets/secret'
import type { LiveSite } from '../site'
import type { Write } from '../storage/database'
import type { Letter } from '../ui/letter'
import {
  type Covered,
  findPrintBefore,
  isDigestConflict,
  listDue,
  listRounds,
  passOver,
  type Round,
  type Subscriber,
  writesToSend,
} from './digest-store'
import { digestMax, lastIssue, listIdOf, newsFor, rhythms } from './newsletter'
import { digestLetter } from './newsletter-letters'

/** How many rounds are looked at in one run, and how many subscribers are sent theirs in one write. */
const roundsAtOnce = 20
const sentAtOnce = 20

/**
 * Queues at most `most` digests that are due. The next run continues from there. Each email is queued in the write that notes
 * that its reader was sent it. So none is queued twice, even if others do the same or this is interrupted. Returns how many it
 * queued. If a round fails, the others are still sent, and the next run tries it again.
 */
export async function sendDigests(site: LiveSite, most: number): Promise<number> {
  const { database, locales, config } = site
  const failures: unknown[] = []
  let sent = 0
  for (const rhythm of rhythms) {
    const issue = lastIssue(rhythm, site.now(), config.digestHour).toISOString()
    for (const round of await listRounds(database, rhythm, issue, openLocales(locales), roundsAtOnce)) {
      if (sent >= most) break
      sent += await sendRound(site, round, most - sent).catch((error: unknown) => {
        failures.push(error)
        return 0
      })
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `Digests could not be sent in ${failures.length} rounds.`)
  return sent
}

/**
 * Queues the digest of a round, and returns the number of emails. If something changes meanwhile, the next run looks at the new
 * state.
 */
async function sendRound(site: LiveSite, round: Round, most: number): Promise<number> {
  const { database } = site
  const { covered, letter } = await makeDigest(site, round)
  if (!letter) {
    await passOver(database, round, covered)
    return 0
  }
  for (let sent = 0; ; ) {
    const due = sent < most ? await listDue(database, round, Math.min(sentAtOnce, most - sent)) : []
    if (due.length === 0) return sent
    const writes = await Promise.all(due.map((each) => writesFor(site, round, covered, letter, each)))
    try {
      await database.atomically(writes.flat())
    } catch (error) {
      if (!isDigestConflict(error)) throw error
      return sent
    }
    sent += due.length
  }
}

/** The letter of a round. It only lacks the secret of each reader's link to stop. */
type Written = (secret: string) => Letter

/**
 * The digest of what has appeared since a round was last sent one; without a letter if nothing has. What is printed after the
 * issue was due goes into the next one. So all readers get the same, however long sending takes. Made once for a round.
 */
export async function makeDigest(
  site: LiveSite,
  { locale, issue, after }: Pick<Round, 'locale' | 'issue' | 'after'>,
): Promise<{ readonly covered: Covered; readonly letter: Written | undefined }> {
  const { database } = site
  const madeAt = await lastPrint(database)
  const upTo = Math.max(after, await findPrintBefore(database, issue))
  const since = new Date(Date.parse(issue) - newsFor).toISOString()
  const appeared = await listAppeared(database, locale, { after, upTo, since }, digestMax + 1)
  const covered = { upTo, madeAt }
  if (appeared.length === 0) return { covered, letter: undefined }
  const blank = newSecret()
  const letter = digestLetter(site, site.speak(locale), appeared, stopPathTo('newsletter', locale, blank))
  const filled = (text: string, secret: string) => text.replaceAll(blank, secret)
  return { covered, letter: (secret) => ({ ...letter, text: filled(letter.text, secret), html: filled(letter.html, secret) }) }
}

async function writesFor(
  { database, config, now }: LiveSite,
  { issue, rhythm }: Round,
  covered: Covered,
  letter: Written,
  subscriber: Subscriber,
): Promise<readonly Write[]> {
  const { address, locale } = subscriber
  // A new one for each email. Of the earlier ones only hashes are kept, so they cannot be put into this email. All stay valid.
  const secret = newSecret()
  const headers = {
    ...headersToStop(config.origin + stopPathTo('newsletter', locale, secret)),
    'List-Id': listIdOf(config.origin, locale),
  }
  const at = now()
  return [
    ...writesToSend(database, subscriber, issue, covered, await hashOfSecret(secret), at),
    ...writesToQueue(
      database,
      aMail(address, letter(secret), headers),
      at,
      rhythm === 'daily' ? newsGoodFor.day : newsGoodFor.week,
    ),
  ]
}
