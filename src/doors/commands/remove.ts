import { type Removal, remove } from '../../newsroom/remove'
import { Refusal } from '../../problem'
import { asFlag } from '../../remote/requests'
import { command } from '../command'
import { asJson, say } from '../report'
import { deciding, trial, where, withSite } from './open'
import { publisherIn } from './publish'
import { editorToken, elsewhere, noPersonElsewhere, refuseRemotely, withRemote } from './remote'

/** Does one removal here or elsewhere, or tries it. */
type Act = (how: { readonly isTrial: boolean; readonly isConfirmed: boolean }) => Promise<Removal>

/** Removes a briefing for good. */
export const removeCommand = command({
  name: 'remove',
  about: 'Remove a briefing for good, with all that belongs to it. Without --yes, say what would go',
  options: {
    why: { type: 'text', required: true, about: 'Why, for the log. Do not repeat what is to be removed' },
    yes: { type: 'flag', about: 'Confirm the removal. Only a backup can undo it' },
    ...deciding,
    ...trial,
    ...where,
    ...elsewhere,
  },
  positionals: { slug: { required: true, about: 'The briefing, by the last part of its address' } },
  example: "eu-review-of-the-mistral-partnership --why 'A person in it asked for it.' --yes",
  run: (given) => {
    const { slug, why } = given
    if (given.remote !== undefined) {
      refuseRemotely(given, noPersonElsewhere)
      return withRemote(given, editorToken, (client) =>
        carryOut(given, async ({ isTrial, isConfirmed }) => {
          const body = { why, ...(isConfirmed ? { confirm: slug } : {}) }
          return (await client.ask('remove', { params: { slug }, query: { 'dry-run': asFlag(isTrial) }, body })).content
        }),
      )
    }
    return withSite(given.edge, async (site) => {
      const by = await publisherIn(site, given.by)
      await carryOut(given, ({ isTrial, isConfirmed }) => remove(site, slug, { why, isConfirmed, isTrial }, by))
    })
  },
})

interface Given {
  readonly json: boolean
  readonly yes: boolean
  readonly 'dry-run': boolean
}

/** Says what goes, or what has gone. Refuses what was not confirmed, after it has said that. */
async function carryOut({ json, yes, 'dry-run': isTrial }: Given, act: Act): Promise<void> {
  const isDone = yes && !isTrial
  const removal = await act({ isTrial: !isDone, isConfirmed: isDone })
  const { slug } = removal
  if (!isDone && !isTrial) {
    if (!json) say(`${slug}: would be removed for good, ${withAll(removal)}.`)
    throw new Refusal('removal.without-yes', { slug })
  }
  if (json) return void say(asJson({ ...removal, isTrial }))
  say(`${slug}: ${isTrial ? 'would be removed' : 'removed'} for good, ${withAll(removal)}.`)
  if (isTrial) say('Dry run: nothing was changed.')
}

function withAll({ revisions, locales, pages, pictures, comments, reports, followers }: Removal): string {
  const counted = Object.entries({ revisions, pages, pictures, comments, reports, followers })
  const translations = locales.length === 0 ? 'no translation' : `translations into ${locales.join(', ')}`
  return ['with all of it', translations, ...counted.map(([name, count]) => `${name}: ${count}`)].join('; ')
}
