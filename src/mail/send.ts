import type { LiveSite } from '../site'
import { type Mailer, MailRefused, nextAttempt } from './mail'
import { type LeasedMail, lease, markRefused, markSent } from './store'

/** How many mails are handed over at the same time. */
const atOnce = 5

/** What became of the mails that were tried. */
export interface Sendings {
  readonly sent: number
  /** Refused for now: they are tried again. */
  readonly postponed: number
  readonly givenUp: number
}

/** How mail is sent. */
export interface Post {
  readonly mailer: Mailer
  /** Told of each mail that was refused, by its id and without an address or a text. */
  readonly log: (entry: Readonly<Record<string, unknown>>) => void
  /** Once it is aborted no further mail is taken up; those under way are finished. */
  readonly stop?: AbortSignal
}

type Outcome = keyof Sendings

/**
 * Sends the mails that are due, `most` at the most. Each is sent at least once, and by one sender at a time; it is sent again
 * only where this program dies, or cannot reach its database, between a server's acceptance and our note of it.
 */
export async function sendWaiting(site: LiveSite, post: Post, most: number): Promise<Sendings> {
  const counts = { sent: 0, postponed: 0, givenUp: 0 }
  for (let left = most; left > 0 && !post.stop?.aborted; left -= atOnce) {
    const mails = await lease(site.database, site.now(), Math.min(left, atOnce))
    if (mails.length === 0) break
    const outcomes = await Promise.allSettled(mails.map((mail) => deliver(site, post, mail)))
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason // The database does not answer; all that were under way are done.
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

/** A mail that was accepted and is not noted as sent would be sent again: so the note is tried again, while the lease lasts. */
async function persistently(note: () => Promise<void>): Promise<void> {
  for (const wait of [200, 1000, 5000]) {
    try {
      return await note()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait)) // What is wrong is told by the last try.
    }
  }
  await note()
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error)
