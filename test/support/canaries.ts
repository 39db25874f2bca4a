import type { Tier } from '../../src/briefings/vocabulary'
import { grantToken, removePerson, setTier } from '../../src/members/administer'
import { sessionMax } from '../../src/members/session'
import type { LiveSite } from '../../src/site'
import { aBriefing, aTranslation, revised } from './briefings'
import { signedIn } from './members'
import { openNewsroom } from './newsroom'

/** Somebody who asks: what they send beside the address, and which texts are theirs to read. */
export interface Asker {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  /** The tier whose texts pages show them. */
  readonly tier: Tier
  /** The tier whose texts the API shows them; `none`: it lets them in nowhere. */
  readonly program: Tier | 'none'
  /** Whether the API lets them change the English, and so read all of it. */
  readonly edits?: true
}

/**
 * A newsroom with canaries in all members' texts: of now and of before the English changed, in English, in whole, partial,
 * outdated and machine's translations, in drafts; and everyone who might ask for them. `prepare` comes before all that.
 */
export async function newsroomWithCanaries(prepare: (site: LiveSite) => Promise<unknown> = async () => {}) {
  const newsroom = await openNewsroom()
  await prepare(newsroom.site)
  const first = aBriefing({ formerSlugs: ['harbour-shuts'] })
  const briefing = revised(first, 'material', '2025-03-02T08:00:00Z', (each) => ({
    ...each,
    summary: 'A dredger has run aground and nothing will move for weeks.',
    sections: each.sections.map((section) => ({ ...section, text: `${section.text} And canary-${section.access} more.` })),
  }))
  await newsroom.load(
    {
      briefing,
      translations: [
        aTranslation(briefing, 'fr'),
        aTranslation(first, 'es', { sourceRevision: 1 }),
        aTranslation(briefing, 'ar'),
        aTranslation(briefing, 'ja', { segments: { 'sections.insurers.heading': '', 'sections.repairs': '', summary: '' } }),
        aTranslation(briefing, 'pl', { provenance: 'machine' }),
        aTranslation(briefing, 'de', { state: 'draft', segments: { title: 'canary-draft' } }),
        aTranslation(briefing, 'it', { state: 'withdrawn', segments: { title: 'canary-draft' } }),
      ],
    },
    { briefing: aBriefing({ id: 'not-yet', slug: 'not-yet', state: 'draft', title: 'canary-draft', formerSlugs: [] }) },
  )
  return { ...newsroom, askers: await askersOf(newsroom) }
}

async function askersOf(newsroom: Awaited<ReturnType<typeof openNewsroom>>): Promise<readonly Asker[]> {
  const { site, clock, database } = newsroom
  const member = async (address: string, tier: 'circle' | 'alliance') => await signedIn(newsroom, address, { tier })
  const expired = await member('expired@example.org', 'alliance')
  clock.now = new Date(Date.parse(clock.now) + sessionMax).toISOString()
  const circle = await member('circle@example.org', 'circle')
  const alliance = await member('alliance@example.org', 'alliance')
  const removed = await member('removed@example.org', 'alliance')
  await removePerson(site, removed.person, 'a test')
  const lowered = await member('lowered@example.org', 'alliance')
  await setTier(site, lowered.person.id, 'circle', 'a test')
  const editor = await signedIn(newsroom, 'editor@example.org', { roles: [{ name: 'administrator', locale: 'all' }] })
  const { query } = database
  const { hash } = await query
    .selectFrom('session')
    .select('hash')
    .where('person_id', '=', alliance.person.id)
    .executeTakeFirstOrThrow()
  const grant = { locales: 'all', mayWrite: true, mayEdit: false, mayPublish: false, expiresAt: null } as const
  const outsider = await grantToken(site, { ...grant, name: 'Outsider', seesGated: false }, 'a test')
  const insider = await grantToken(site, { ...grant, name: 'Insider', seesGated: true }, 'a test')

  const writer = await grantToken(site, { ...grant, name: 'Writer', mayEdit: true, seesGated: false }, 'a test')

  const someone = (name: string, tier: Tier, cookie: string): Asker => ({
    name,
    tier,
    headers: { Cookie: cookie },
    program: 'none',
  })
  const program = (name: string, tier: Tier, secret: string): Asker => ({
    name,
    tier: 'public',
    headers: { Authorization: `Bearer ${secret}` },
    program: tier,
  })
  return [
    { name: 'nobody', tier: 'public', headers: {}, program: 'none' },
    someone('a member of the circle', 'circle', circle.cookie),
    someone('a member of the alliance', 'alliance', `locale=ar; ${alliance.cookie}; other=1`),
    someone('somebody whose session has expired', 'public', expired.cookie),
    someone('somebody who was removed', 'public', removed.cookie),
    someone('somebody whose tier was taken down', 'circle', lowered.cookie),
    someone('an administrator of the circle', 'circle', editor.cookie),
    someone('somebody who made their cookies up', 'public', 'tier=alliance; role=administrator; locale=fr; session=alliance'),
    someone('somebody with a session that there is not', 'public', `__Host-session=vern_${'A'.repeat(43)}`),
    someone('somebody with the hash of a session', 'public', `__Host-session=${hash}; __Host-session=vern_${hash.slice(0, 43)}`),
    someone('a member’s session under another name', 'public', `session=${alliance.secret}; x__Host-session=${alliance.secret}`),
    {
      ...someone('a member of the alliance as a program', 'public', ''),
      headers: { Authorization: `Bearer ${alliance.secret}` },
    },
    program('a program without members’ texts', 'public', outsider.secret),
    program('a program with members’ texts', 'alliance', insider.secret),
    { ...program('a program that edits', 'public', writer.secret), edits: true },
    someone('a program’s token as a session', 'public', `__Host-session=${insider.secret}`),
  ]
}
