import { writeToForgetSent } from '../api/store'
import { writeToForgetConfirmations } from '../confirmations/store'
import { writeToForgetFollowings } from '../following/notification-store'
import { writesToForgetMails } from '../mail/store'
import { writeToForgetSessions } from '../members/session-store'
import { writeToForgetUnsent } from '../members/unsent-store'
import { writesToForgetCards } from '../sharing/card-store'
import type { LiveSite } from '../site'
import { writeToForgetEvents } from '../webhooks/event-store'
import { writeToForgetSecrets } from '../webhooks/store'

/**
 * Removes what has been kept long enough (docs/operating.md says how long): emails, sessions, forms that were not sent, links in emails,
 * followings, answers to programs, events, cards.
 */
export async function prune({ database, now }: LiveSite): Promise<void> {
  const at = now()
  await database.atomically([
    ...writesToForgetMails(database, at),
    writeToForgetSessions(database, at),
    writeToForgetUnsent(database, at),
    writeToForgetConfirmations(database, at),
    writeToForgetFollowings(database, at),
    writeToForgetSent(database, at),
    writeToForgetEvents(database, at),
    writeToForgetSecrets(database, at),
    ...writesToForgetCards(database, at),
  ])
}
