import { openLocales } from '../../language/locale'
import { type StatusLine, statusAfter } from '../../newsroom/status'
import { Refusal } from '../../problem'
import type { ToldRelease } from '../../releases/told'
import type { Client } from '../../remote/client'
import type { LiveSite } from '../../site'
import { command } from '../command'
import { asJson, say } from '../report'
import { targetOf, where, withSite } from './open'
import { linesOf, listedRemotely, withPerson } from './releases'
import { elsewhere, localesThere, withRemote } from './remote'
import { remarks, type Seen, table } from './status-lines'

const briefingsAtOnce = 50

/** Shows the state of each translation: a table of locales and briefings, or the segments of one locale. */
export const statusCommand = command({
  name: 'status',
  about:
    'Show the state of each translation: what readers have, coverage, outdated segments, texts set aside, words left, reports, demand (fallback views), requests',
  options: {
    locale: { type: 'text', about: 'Only this language, with the segments that need work' },
    ...where,
    ...elsewhere,
  },
  example: '--locale es',
  run: (given) => {
    const { locale, remote, edge } = given
    const tell = (seen: Seen) => {
      if (given.json) return void say(asJson(seen.all))
      const pending = seen.releases.flatMap((each) => linesOf(each, seen.zone))
      for (const line of [...table(seen.all, locale !== undefined), ...remarks(seen, given), ...pending]) say(line)
    }
    if (remote === undefined) return withSite(edge, async (site) => tell(await seenHere(site, locale)))
    return withRemote(given, locale === undefined ? '--all-locales' : `--locale ${locale}`, async (client) =>
      tell(await seenThere(client, locale)),
    )
  },
})

async function seenHere(site: LiveSite, locale: string | undefined): Promise<Seen> {
  const { locales, config } = site
  const { source } = locales
  const targets = locale !== undefined ? [targetOf(site, locale)] : openLocales(locales).filter((tag) => tag !== source)
  const all: StatusLine[] = []
  const drafts: string[] = []
  const takenBack: Seen['takenBack'][number][] = []
  const releases: ToldRelease[] = []
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page = await statusAfter(site, targets, after, briefingsAtOnce)
    all.push(...page.rows)
    drafts.push(...page.drafts)
    takenBack.push(...page.takenBack)
    releases.push(...(await Promise.all(page.releases.map((each) => withPerson(site, each)))))
    after = page.next
  }
  return { all, drafts, takenBack, releases, source, zone: config.newsroomZone }
}

/**
 * The same of a site elsewhere, in the languages of the token. It does not say which of the briefings that readers do not have were taken
 * back, and says what is scheduled to tokens that may publish.
 */
async function seenThere(client: Client, typed: string | undefined): Promise<Seen> {
  const there = await localesThere(client)
  const locale = typed === undefined ? {} : { locale: targetOf(there, typed) }
  const all: StatusLine[] = []
  for await (const { content } of client.pages('getStatus', { query: { ...locale, limit: briefingsAtOnce } })) {
    all.push(...(content as readonly StatusLine[]))
  }
  const drafts = [...new Set(all.flatMap(({ slug, english }) => (english === 'nothing' ? [slug] : [])))]
  const { all: releases, zone } = await listedRemotely(client, undefined).catch((error: unknown) => {
    if (error instanceof Refusal && error.kind === 'forbidden') return { all: [], zone: 'UTC' }
    throw error
  })
  return { all, drafts, takenBack: [], releases, source: there.locales.source, zone }
}
