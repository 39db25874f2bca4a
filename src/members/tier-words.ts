import type { Tier } from '../briefings/vocabulary'
import type { MessageKey, Words } from '../language/catalog'
import type { Entry, SiteTier } from '../settings/settings'

/** What a sentence about a tier is for, and the sentence that names the tier, for a tier that has none of its own. */
const sentences = {
  opens: 'join.opens',
  account: 'account.opens',
  'granted.subject': 'mail.request.granted.subject',
  'granted.text': 'mail.request.granted.text',
  'refused.text': 'mail.request.refused.text',
} as const satisfies Readonly<Record<string, MessageKey>>

/** The same by how one gets into the tier. */
const byEntry = {
  locked: {
    'sign-in': 'locked.sign-in',
    request: 'locked.request',
    invitation: 'locked.invitation',
    call: 'locked.call',
  },
  join: { 'sign-in': 'join.title.sign-in', request: 'join.title.request', invitation: undefined, call: undefined },
} as const satisfies Readonly<Record<string, Readonly<Record<Entry, MessageKey | undefined>>>>

/** What a tier is called: its id, if nobody has named it. */
export const tierName = (words: Words, tier: Tier): string => words.named(`tier.${tier}`)

/** A sentence about a tier: its own, or else one that names it. */
export const saidOfTier = (
  words: Words,
  tier: Tier,
  what: keyof typeof sentences,
  values: { readonly site?: string } = {},
): string => words.own(`tier.${tier}.${what}`, values) ?? words.t(sentences[what], { ...values, tier: tierName(words, tier) })

/** On a text that is closed to the reader: whom it is open to, and how one becomes one of them. */
export const lockedBy = (words: Words, { id, entry }: SiteTier): string =>
  words.own(`tier.${id}.locked`) ?? words.t(byEntry.locked[entry], { tier: tierName(words, id) })

/** The title of the page for joining a tier, and of links to it. */
export function titleToJoin(words: Words, { id, entry }: SiteTier): string {
  const general = byEntry.join[entry]
  return (
    words.own(`tier.${id}.join`) ??
    (general === undefined ? tierName(words, id) : words.t(general, { tier: tierName(words, id) }))
  )
}
