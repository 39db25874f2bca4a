import { minuteIn } from '../../language/moment'
import { visibleLine } from '../../language/text'
import { findPerson } from '../../members/person-store'
import { cancelRelease } from '../../newsroom/schedule'
import { type Release, type ReleaseState, releaseStates } from '../../releases/release'
import { listReleases } from '../../releases/store'
import { type ToldRelease, told } from '../../releases/told'
import type { Client } from '../../remote/client'
import { asFlag } from '../../remote/requests'
import type { LiveSite } from '../../site'
import { command, type Group } from '../command'
import { asJson, say } from '../report'
import { deciding, trial, where, withSite } from './open'
import { publisherIn } from './publish'
import { editorToken, elsewhere, noPersonElsewhere, refuseRemotely, withRemote } from './remote'

const listedAtOnce = 50

const listCommand = command({
  name: 'list',
  about: 'List what is scheduled, and what was not ready when it was due',
  options: {
    state: { type: 'text', of: releaseStates, about: 'Only releases in this state (default: scheduled and held)' },
    ...where,
    ...elsewhere,
  },
  example: '',
  run: (given) => {
    if (given.remote !== undefined) {
      return withRemote(given, editorToken, async (client) => {
        const { all, zone } = await listedRemotely(client, given.state)
        tell(all, zone, given)
      })
    }
    return withSite(given.edge, async (site) => {
      const states = given.state === undefined ? (['scheduled', 'held'] as const) : [given.state]
      const all: Release[] = []
      for (let page: readonly Release[] | undefined; page === undefined || page.length > 0; all.push(...page)) {
        page = await listReleases(site.database, states, all.at(-1)?.id, listedAtOnce)
      }
      tell(await Promise.all(all.map((each) => withPerson(site, each))), site.config.newsroomZone, given)
    })
  },
})

const cancelCommand = command({
  name: 'cancel',
  about: 'Cancel a release that is scheduled or held. Readers keep what they have',
  options: {
    ...deciding,
    ...trial,
    ...where,
    ...elsewhere,
  },
  positionals: { id: { required: true, about: 'The id that `releases list` shows' } },
  example: '9d2c6a1e-4f0b',
  run: (given) => {
    const isTrial = given['dry-run']
    const said = ({ id, name }: Pick<Release, 'id' | 'name'>) => {
      if (given.json) return void say(asJson({ cancelled: id, isTrial }))
      say(`${name}: release ${id} ${isTrial ? 'would be' : 'is'} cancelled.`)
      if (isTrial) say('Dry run: nothing was changed.')
    }
    if (given.remote !== undefined) {
      refuseRemotely(given, noPersonElsewhere)
      return withRemote(given, editorToken, async (client) => {
        const asked = { params: { id: given.id }, query: { 'dry-run': asFlag(isTrial) } }
        said((await client.ask('cancelRelease', asked)).content)
      })
    }
    return withSite(given.edge, async (site) =>
      said(await cancelRelease(site, given.id, await publisherIn(site, given.by), { isTrial })),
    )
  },
})

/** Lists what is scheduled, and cancels it. */
export const releasesCommand: Group = {
  name: 'releases',
  about: 'List and cancel what is scheduled',
  commands: [listCommand, cancelCommand],
  otherwise: listCommand,
}

/** A release, with the address of the person who scheduled it. */
export async function withPerson({ database }: LiveSite, release: Release): Promise<ToldRelease> {
  const { personId, actor } = release
  const person = personId === null ? undefined : await findPerson(database, { id: personId })
  return told(release, person?.address ?? personId ?? actor)
}

/** The releases of a site elsewhere, and the zone of its newsroom. */
export async function listedRemotely(client: Client, state: ReleaseState | undefined) {
  const all: ToldRelease[] = []
  let zone = 'UTC'
  const query = { limit: listedAtOnce, ...(state === undefined ? {} : { state }) }
  for await (const { content } of client.pages('listReleases', { query })) {
    all.push(...(content.releases as readonly ToldRelease[]))
    zone = content.zone ?? zone
  }
  return { all, zone }
}

function tell(releases: readonly ToldRelease[], zone: string, { json, state }: Listing): void {
  const none = state === undefined ? 'Nothing is scheduled.' : 'There are no such releases.'
  if (json) say(asJson(releases))
  else say(releases.flatMap((each) => linesOf(each, zone)).join('\n') || none)
}

interface Listing {
  readonly json: boolean
  readonly state: ReleaseState | undefined
}

/** What is said of a release, in a zone. */
export function linesOf(
  { id, name, state, dueAt, endedAt, by, why, reasons, items }: ToldRelease,
  zone: string,
): readonly string[] {
  const what = items.map(({ act, locale, revision }) =>
    act === 'show' ? `${locale} (revision ${revision})` : `${act} ${locale}`,
  )
  const ended = endedAt === null ? '' : `, ${state} ${minuteIn(endedAt, zone)}`
  const due = dueAt === null ? 'without a time' : `due ${minuteIn(dueAt, zone)}${ended}`
  return [
    visibleLine([id, state, name, what.join(', '), due, `by ${by}`].join('  ')),
    ...(why === '' ? [] : [visibleLine(`    why: ${why}`)]),
    ...reasons.map(({ reason }) => `    ${visibleLine(reason)}`),
  ]
}
