/** What is noted for good. Neither addresses nor secrets belong in it: people are named by their ids. */
export const acts = [
  'joined',
  'signed-in',
  'signed-out',
  'tier-changed',
  'request-refused',
  'role-given',
  'role-taken',
  'person-added',
  'person-removed',
  'passkey-added',
  'passkey-removed',
  'token-added',
  'token-revoked',
  'printed',
  'translation-approved',
  'published',
  'withdrawn',
  'taken-back',
  'removed',
  'release-scheduled',
  'release-held',
  'release-cancelled',
  'report-closed',
  'comment-accepted',
  'comment-refused',
  'webhook-added',
  'webhook-removed',
  'webhook-rotated',
  'webhook-replayed',
  'webhook-enabled',
] as const
export type Act = (typeof acts)[number]

/** One line of the log of who did what to whom. */
export interface Note {
  readonly at: string
  /** A person's id, or the name of what acted. */
  readonly actor: string
  readonly act: Act
  readonly subject: string
  readonly detail?: Readonly<Record<string, string>>
}

/** A line as it was noted, even if another program with other names for its acts noted it. */
export interface NotedLine extends Required<Omit<Note, 'act'>> {
  readonly number: number
  readonly act: string
}
