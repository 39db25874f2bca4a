import type { LiveSite } from '../site'
import { type Mailer, MailRefused, nextAttempt } from './mail'
import { dropExpired, type LeasedMail, lease, markRefused, markSent } from './store'

/** How many mails are handed over at the same time. */
const atOnce = 5

/** What became of the mails that were tried. */
export interface Sendings {
  readonly sent: number
  /** Refused for now: they are tried again. */
  readonly postponed: number
  readonly givenUp: number
  /** Never sent: their time was over. */
  readonly expired: number
}

/** How mail is sent. */
export interface Post {
  readonly mailer: Mailer
  /** Logs each refused mail by its id, without its address and text. */
  readonly log: (entry: Readonly<Record<string, unknown>>) => void
  /** After an abort no further mail is begun. Those under way are finished. */
  readonly stop?: AbortSignal
}

type Outcome = Exclude<keyof Sendings, 'expired'>

/**
 * Sends the mails that are due, at most `most`, and drops those that have expired. Each is sent at least once, and by one sender at a
 * time. It is sent again only if this program dies, or loses its database, between the server's acceptance and the note of it.
 */
export async function sendWaiting(site: LiveSite, post: Post, most: number): Promise<Sendings> {
  const expired = await dropExpired(site.database, site.now(), most)
  for (const mail of expired) post.log({ level: 'warn', mail, outcome: 'expired' })
  const counts = { sent: 0, postponed: 0, givenUp: 0, expired: expired.length }
  for (let left = most; left > 0 && !post.stop?.aborted; left -= atOnce) {
    const mails = await lease(site.database, site.now(), Math.min(left, atOnce))
    if (mails.length === 0) break
    const outcomes = await Promise.allSettled(mails.map((mail) => deliver(site, post, mail)))
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason // The database does not answer. All others have ended.
      counts[outcome.value] += 1
    }
  }
  return counts
}

async function deliver({ database, now }: LiveSite, { mailer, log }: Post, mail: LeasedMail): Promise<Outcome> {
  const refusal = await mailer.send(mail).then(
    () => undefined,
    (error: unknown) => (error instanceof MailRefused ? error : new MailRefused(false, nameOf(error), String(error))),
  )
  if (!refusal) {
    await persistently(() => markSent(database, mail, now()))
    return 'sent'
  }
  const refusals = mail.refusals + 1
  const again = refusal.isFinal ? undefined : nextAttempt(refusals, now())
  await markRefused(database, mail, again, refusal.message, now())
  const outcome = again ? 'postponed' : 'givenUp'
  log({ level: again ? 'warn' : 'error', mail: mail.id, outcome, refusals, code: refusal.code })
  return outcome
}

/** Tries a note again while the lease lasts. Without the note, an accepted mail would be sent again. */
async function persistently(note: () => Promise<void>): Promise<void> {
  for (const wait of [200, 1000, 5000]) {
    try {
      return await note()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait)) // The last try throws.
    }
  }
  await note()
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error)
