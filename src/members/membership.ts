import type { Tier } from '../briefings/vocabulary'
import type { MessageKey } from '../language/catalog'
import type { Locale } from '../language/locale'
import { flawIn, typed } from '../language/text'

/** What somebody can become a member of. */
export const memberships = ['circle', 'alliance'] as const satisfies readonly Tier[]
export type Membership = (typeof memberships)[number]

/** The names of the page for joining, and of links to it. */
export const titlesToJoin = {
  circle: 'join.circle.title',
  alliance: 'join.alliance.title',
} as const satisfies Readonly<Record<Membership, MessageKey>>

/** The address for joining. Without a locale, it uses the language of the page that the reader comes from. */
export const pathToJoin = (membership: Membership, locale?: Locale): string =>
  `${locale === undefined ? '' : `/${locale}`}/join/${membership}`

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

/** A request to be admitted to the alliance. It is open until somebody decides it. */
export interface MembershipRequest extends Application {
  readonly id: string
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
