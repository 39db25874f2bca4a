import { defineCommand } from 'citty'
import { addressOf } from '../../language/email-address'
import { visibleLine } from '../../language/text'
import { personOf } from '../../members/administer'
import { acts, type NotedLine } from '../../members/audit'
import { listNotes } from '../../members/audit-store'
import type { LiveSite } from '../../site'
import { asJson, instantIn, say, where, withSite } from './open'

const linesMost = 10_000

/** Tells who did what to whom: what was noted, which nobody can change. */
export const auditCommand = defineCommand({
  meta: { name: 'audit', description: 'Who did what, and when: sign-ins, roles, tiers, tokens, prints; the newest last' },
  args: {
    since: { type: 'string', description: 'Only from this day on, such as 2026-01-31, or this instant (UTC)' },
    person: { type: 'string', description: 'Only what this person did, or what was done to them: an address or an id' },
    act: { type: 'string', description: `Only one of ${acts.join(', ')}` },
    most: { type: 'string', default: '100', description: `How many lines at the most, up to ${linesMost}: the newest` },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const wanted = {
        since: args.since === undefined ? undefined : instantIn(args.since),
        who: args.person === undefined ? undefined : await idOf(site, args.person),
        act: args.act === undefined ? undefined : actIn(args.act),
      }
      const notes = await listNotes(site.database, mostIn(args.most), wanted)
      if (args.json) say(visibleLine(JSON.stringify(notes.toReversed())))
      else if (notes.length === 0) say('Nothing is noted.')
      else for (const note of notes.toReversed()) say(lineOf(note))
    }),
})

/** An address is that of somebody who is there; an id is taken as it is, for of those who were removed the log has no more. */
const idOf = async (site: LiveSite, typed: string): Promise<string> => {
  const address = addressOf(typed)
  return address === undefined ? typed : (await personOf(site, address)).id
}

function actIn(typed: string): string {
  if (!acts.some((act) => act === typed)) throw new Error(`There is no act ${visibleLine(typed)}: there are ${acts.join(', ')}.`)
  return typed
}

function mostIn(typed: string): number {
  if (!/^\d{1,5}$/.test(typed) || Number(typed) < 1 || Number(typed) > linesMost) {
    throw new Error(`--most is a number of lines, from 1 to ${linesMost}.`)
  }
  return Number(typed)
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
