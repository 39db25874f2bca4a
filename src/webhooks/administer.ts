import type { Act, Note } from '../members/audit'
import { writeToNote, writeToNoteChange } from '../members/audit-store'
import type { LiveSite } from '../site'
import { formerSecretFor } from './delivery'
import { type Replay, writeToReplay } from './delivery-store'
import type { Endpoint, Interest } from './endpoint'
import { newSigningSecret } from './signature'
import { writeToAddEndpoint, writeToEnable, writeToRemoveEndpoint, writeToRotate } from './store'

/** Adds an endpoint, and notes `actor` in the log. Returns its id and its secret, which is shown only this once. */
export async function addEndpoint(
  site: LiveSite,
  interest: Interest,
  actor: string,
): Promise<{ readonly id: string; readonly secret: string }> {
  const { database, now } = site
  const id = crypto.randomUUID().slice(0, 8)
  const secret = newSigningSecret()
  await database.atomically([
    writeToAddEndpoint(database, { ...interest, id, addedAt: now().toISOString() }, secret),
    writeToNote(database, noteOf(site, actor, 'webhook-added', id)),
  ])
  return { id, secret }
}

/** Removes an endpoint with its deliveries. Returns whether there was one. */
export const removeEndpoint = ({ database, now }: LiveSite, id: Endpoint['id'], actor: string): Promise<boolean> =>
  changed({ database, now }, actor, 'webhook-removed', id, writeToRemoveEndpoint(database, id))

/** Enables a disabled endpoint. Returns whether there was one. */
export const enableEndpoint = ({ database, now }: LiveSite, id: Endpoint['id'], actor: string): Promise<boolean> =>
  changed({ database, now }, actor, 'webhook-enabled', id, writeToEnable(database, id))

/**
 * Gives an endpoint a new secret. The former one signs beside it for a day, or no more if `isAtOnce`, for a secret that others know. Returns the
 * new secret, which is shown only this once; `undefined` if there is no such endpoint.
 */
export async function rotateSecret(
  { database, now }: LiveSite,
  id: Endpoint['id'],
  isAtOnce: boolean,
  actor: string,
): Promise<string | undefined> {
  const secret = newSigningSecret()
  const formerUntil = isAtOnce ? undefined : new Date(now().getTime() + formerSecretFor)
  const write = writeToRotate(database, id, secret, formerUntil)
  return (await changed({ database, now }, actor, 'webhook-rotated', id, write)) ? secret : undefined
}

/** Makes deliveries due again, with the same bytes and the same id. Returns how many. */
export async function replay({ database, now }: LiveSite, wanted: Replay, actor: string): Promise<number> {
  const subject = 'event' in wanted ? `event ${wanted.event}` : `webhook ${wanted.endpoint}`
  const note: Note = { at: now().toISOString(), actor, act: 'webhook-replayed', subject }
  const [deliveries = 0] = await database.atomically([writeToReplay(database, wanted, now()), writeToNoteChange(database, note)])
  return deliveries
}

async function changed(
  { database, now }: Pick<LiveSite, 'database' | 'now'>,
  actor: string,
  act: Act,
  id: string,
  write: ReturnType<typeof writeToEnable>,
): Promise<boolean> {
  const [count = 0] = await database.atomically([write, writeToNoteChange(database, noteOf({ now }, actor, act, id))])
  return count > 0
}

const noteOf = ({ now }: Pick<LiveSite, 'now'>, actor: string, act: Act, id: string): Note => ({
  at: now().toISOString(),
  actor,
  act,
  subject: `webhook ${id}`,
})
