import { addressOf } from '../../language/email-address'
import { visibleLine } from '../../language/text'
import { personOf } from '../../members/administer'
import { acts, type NotedLine } from '../../members/audit'
import { listNotes } from '../../members/audit-store'
import type { LiveSite } from '../../site'
import { command } from '../command'
import { asJson, say } from '../report'
import { instantIn, where, withSite } from './open'

/** Lists who did what to whom, from the log that nobody can change. */
export const auditCommand = command({
  name: 'audit',
  about: 'Show who did what and when: sign-ins, roles, tiers, tokens, prints. The newest comes last',
  options: {
    since: { type: 'text', about: 'Only from this day on, such as 2026-01-31, or from this time on (UTC)' },
    person: { type: 'text', about: 'Only what this person did, or what was done to them: an address or an id' },
    act: { type: 'text', of: acts, about: 'Only this kind of act' },
    most: { type: 'number', from: 1, to: 10_000, default: 100, about: 'How many lines at most, counted from the newest' },
    ...where,
  },
  example: '--since 2026-01-31 --act role-given',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const wanted = {
        since: given.since === undefined ? undefined : instantIn(given.since),
        who: given.person === undefined ? undefined : await idOf(site, given.person),
        act: given.act,
      }
      const notes = await listNotes(site.database, given.most, wanted)
      if (given.json) say(asJson(notes.toReversed()))
      else if (notes.length === 0) say('There are no entries.')
      else for (const note of notes.toReversed()) say(lineOf(note))
    }),
})

/** The id of a person: looked up by an address, or taken as it was given. People who were removed are known only by their id. */
const idOf = async (site: LiveSite, typed: string): Promise<string> => {
  const address = addressOf(typed)
  return address === undefined ? typed : (await personOf(site, address)).id
}

const lineOf = ({ at, actor, act, subject, detail }: NotedLine) =>
  visibleLine(
    [
      at,
      actor,
      act,
      subject === actor ? 'themselves' : subject,
      Object.entries(detail)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
    ]
      .filter(Boolean)
      .join('  '),
  )
