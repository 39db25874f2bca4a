import { kit } from '#runtime'
import type { BriefingFile } from '../../src/briefings/briefing'
import type { Ladder } from '../../src/briefings/ladder'
import type { Entry, SiteTier } from '../../src/settings/settings'
import type { Kit } from '../../src/site'
import { aBriefing } from './briefings'

/** A deployment with these tiers. */
export const withTiers = (tiers: readonly SiteTier[]): Partial<Kit> => ({ settings: { ...kit.settings, tiers } })

/** The same by ids, lowest first. */
export const withLadder = (ladder: Ladder, entry: Entry = 'invitation') => withTiers(ladder.map((id) => ({ id, entry })))

/** A briefing with a section for each of these tiers, which has the word `canary` and the place of the section. */
export const aBriefingFor = (accesses: readonly string[], changes: Partial<BriefingFile> = {}): BriefingFile =>
  aBriefing({ sections: sectionsFor(accesses), linkedOrganisations: { access: 'public', notes: [] }, ...changes })

export const sectionsFor = (accesses: readonly string[]): BriefingFile['sections'] =>
  accesses.map((access, at) => ({ id: `part-${at}`, access, heading: `Part ${at}`, text: `This is canary${at}.` }))
