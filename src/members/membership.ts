import { everyone, type Ladder, ladderOf, rankOn } from '../briefings/ladder'
import type { Tier } from '../briefings/vocabulary'
import type { MessageKey } from '../language/catalog'
import type { Locale } from '../language/locale'
import { flawIn, typed } from '../language/text'
import { Refusal } from '../problem'
import type { SiteTier } from '../settings/settings'

/** The tier of whoever joins and signs in: everyone's, if signing in opens nothing. */
export const joinedBySigningIn = (tiers: readonly SiteTier[]): Tier =>
  tiers.findLast(({ entry }) => entry === 'sign-in')?.id ?? everyone

/** Whether a reader can begin to get into a tier on a page of this site. */
export const isJoinable = ({ entry }: Pick<SiteTier, 'entry'>): boolean => entry === 'sign-in' || entry === 'request'

/** The tiers above one that a reader can join, or ask to join. */
export const joinableAbove = (tiers: readonly SiteTier[], held: Tier): readonly SiteTier[] =>
  tiers.slice(rankOn(ladderOf(tiers), held)).filter(isJoinable)

/** The address for joining a tier. Without a locale, it uses the language of the page that the reader comes from. */
export const pathToJoin = (tier: Tier, locale?: Locale): string => `${locale === undefined ? '' : `/${locale}`}/join/${tier}`

/** What somebody who asks to be admitted says: text, never markup. */
export interface Application {
  readonly role: string
  readonly organisation: string
  readonly reason: string
}
export type ApplicationField = keyof Application

/** How long each may be, in UTF-16 code units as browsers count them. In any script, all of it fits a form. */
export const applicationMax = { role: 120, organisation: 160, reason: 1200 } as const satisfies Record<ApplicationField, number>

export type Decision = 'granted' | 'refused'

/** A request to be admitted to a tier. It is open until somebody decides it. */
export interface MembershipRequest extends Application {
  readonly id: string
  readonly tier: Tier
  readonly askedAt: string
  readonly decidedAt: string | null
  readonly decision: Decision | null
}

/** What was typed into the form, and the problems by field; no problems if it can be sent. */
export function readApplication(fields: Readonly<Record<string, string>>): {
  readonly application: Application
  readonly flaws: Readonly<Partial<Record<ApplicationField, MessageKey>>>
} {
  const line = (text = '') => typed(text).replace(/\s+/g, ' ')
  const application = {
    role: line(fields['role']),
    organisation: line(fields['organisation']),
    reason: typed(fields['reason'] ?? ''),
  }
  const flaws: Partial<Record<ApplicationField, MessageKey>> = {}
  for (const field of ['role', 'organisation', 'reason'] as const) {
    const flaw = flawOf(application[field], applicationMax[field])
    if (flaw) flaws[field] = flaw
  }
  return { application, flaws }
}

function flawOf(text: string, most: number): MessageKey | undefined {
  if (text === '') return 'join.missing'
  if (text.length > most) return 'join.too-long'
  return flawIn(text) === undefined ? undefined : 'join.not-text'
}

/** A tier of the site by what was typed, or everyone. Throws a Refusal that lists the tiers. */
export function tierIn(ladder: Ladder, typed: string): Tier {
  const tiers = [everyone, ...ladder]
  if (tiers.includes(typed)) return typed
  throw new Refusal('tier.unknown', { tier: typed, tiers })
}
