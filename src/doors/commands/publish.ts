import type { Locale } from '../../language/locale'
import { minuteIn, offsetTyped } from '../../language/moment'
import { personOf } from '../../members/administer'
import type { Publisher } from '../../newsroom/publication'
import { type Publication, publish, takeBack, withdraw } from '../../newsroom/publish'
import { asFlag } from '../../remote/requests'
import type { LiveSite } from '../../site'
import { command } from '../command'
import { asJson, say } from '../report'
import { addressIn, byCommandLine, deciding, localeOf, targetOf, thereIn, trial, type Whereabouts, where, withSite } from './open'
import { editorToken, elsewhere, localesThere, noPersonElsewhere, publisherOf, refuseRemotely, withRemote } from './remote'
import { judgedHere, warnedLines } from './warned'

const options = {
  at: {
    type: 'text',
    about: 'Do it later, at this time: 2026-12-01T09:00Z, 2026-12-01T09:00+01:00, or without an offset in NEWSROOM_ZONE',
  },
  ...deciding,
  ...trial,
  ...where,
  ...elsewhere,
} as const
const reasoned = { why: { type: 'text', about: 'The reason, for the log (default: no reason)' }, ...options } as const
const slug = { slug: { required: true, about: 'The briefing, by the last part of its address' } } as const

/** Gives readers what was saved. */
export const publishCommand = command({
  name: 'publish',
  about: 'Give readers the newest revisions of a briefing: of the English, of translations, or of several, all or none',
  options: reasoned,
  positionals: {
    ...slug,
    locales: { multiple: true, about: 'Languages, such as en es (default: the English)' },
  },
  example: 'uk-merger-case-microsoft-mistral en es',
  run: (given) => {
    const said = (done: Publication, named: readonly Locale[]) => {
      tell(done, given, done.locales.length === 0 ? undefined : publishedIn(done, given['dry-run']))
      const had = named.filter((each) => !done.locales.includes(each))
      if (!given.json && done.locales.length > 0 && had.length > 0) say(`Readers have the newest in ${had.join(', ')} already.`)
    }
    if (given.remote !== undefined) {
      refuseRemotely(given, noPersonElsewhere)
      return withRemote(given, publisherOf(given.locales), async (client) => {
        const there = await localesThere(client)
        const named = given.locales.length > 0 ? given.locales.map((each) => localeOf(there, each)) : [there.locales.source]
        const asked = { params: { slug: given.slug }, query: queryOf(given), body: { locales: [...named] } }
        said((await client.ask('publish', asked)).content, named)
      })
    }
    return withSite(given.edge, async (site) => {
      const named = given.locales.length > 0 ? given.locales : [site.locales.source]
      const locales = named.map((each) => localeOf(site, each))
      const how = { ...howOf(given), judged: judgedHere() }
      said(await publish(site, given.slug, locales, await publisherIn(site, given.by), how), locales)
    })
  },
})

/** Takes a translation from readers. */
export const withdrawCommand = command({
  name: 'withdraw',
  about: 'Take a translation away from readers, who get the English under a notice',
  options: reasoned,
  positionals: { ...slug, locale: { required: true, about: 'The language of the translation, such as es' } },
  example: 'uk-merger-case-microsoft-mistral es',
  run: (given) => {
    if (given.remote !== undefined) {
      refuseRemotely(given, noPersonElsewhere)
      return withRemote(given, publisherOf([given.locale]), async (client) => {
        const locale = targetOf(await localesThere(client), given.locale)
        const asked = { params: { slug: given.slug, locale }, query: queryOf(given) }
        tell((await client.ask('withdraw', asked)).content, given, `withdrawn in ${locale}`)
      })
    }
    return withSite(given.edge, async (site) => {
      const by = await publisherIn(site, given.by)
      const locale = targetOf(site, given.locale)
      tell(await withdraw(site, given.slug, locale, by, howOf(given)), given, `withdrawn in ${locale}`)
    })
  },
})

/** Takes a briefing from readers. */
export const takeBackCommand = command({
  name: 'take-back',
  about: 'Take a briefing back from readers in every language. Its addresses say that, and why',
  options: {
    why: { type: 'text', about: 'What readers are told, in English (default: no reason)' },
    ...options,
  },
  positionals: slug,
  example: "uk-merger-case-microsoft-mistral --why 'We could not confirm its main source.'",
  run: (given) => {
    const { why: _why, ...query } = queryOf(given)
    const what = 'taken back in every language'
    if (given.remote !== undefined) {
      refuseRemotely(given, noPersonElsewhere)
      return withRemote(given, editorToken, async (client) => {
        const asked = { params: { slug: given.slug }, query, body: { why: given.why ?? '' } }
        tell((await client.ask('takeBack', asked)).content, given, what)
      })
    }
    return withSite(given.edge, async (site) =>
      tell(await takeBack(site, given.slug, await publisherIn(site, given.by), howOf(given)), given, what),
    )
  },
})

/** Who decides, as the command line names them. */
export async function publisherIn(site: LiveSite, address: string | undefined): Promise<Publisher> {
  return address === undefined
    ? { actor: byCommandLine }
    : { actor: byCommandLine, person: await personOf(site, addressIn(address)) }
}

const publishedIn = ({ locales, isPublic, scheduled }: Publication, isTrial: boolean) =>
  `published in ${locales.join(', ')}${isPublic || isTrial || scheduled ? '' : '; readers cannot see it before its date'}`

interface Given extends Whereabouts {
  readonly json: boolean
  readonly 'dry-run': boolean
  readonly at: string | undefined
  readonly why: string | undefined
}

const howOf = ({ 'dry-run': isTrial, at, why = '' }: Given) => ({ isTrial, at, why })

const queryOf = ({ 'dry-run': isTrial, at, why }: Given) => ({
  'dry-run': asFlag(isTrial),
  ...(at === undefined ? {} : { at }),
  ...(why === undefined ? {} : { why }),
})

/** Says what became of an act; `what` is `undefined` if there was nothing to do. */
function tell({ slug, locales, isPublic, ...rest }: Publication, given: Given, what: string | undefined): void {
  const isTrial = given['dry-run']
  const { scheduled, cancelled = [] } = rest
  if (given.json) {
    return void say(asJson({ slug, locales, isPublic, isTrial, ...rest }))
  }
  const when = scheduled && minuteIn(scheduled.dueAt, offsetTyped(given.at ?? '') ?? scheduled.zone ?? 'UTC')
  if (what === undefined) say(`${slug}: readers have all of it already.`)
  else if (isTrial) say(`${slug}: would be ${what}${when ? ` at ${when}` : ''}.`)
  else if (scheduled)
    say(`${slug}: to be ${what} at ${when}. To cancel it: releases cancel ${scheduled.release}${thereIn(given)}`)
  else say(`${slug}: ${what}.`)
  for (const line of warnedLines(rest.warnings, given)) say(line)
  for (const id of cancelled) say(`Release ${id} ${isTrial ? 'would be' : 'is'} cancelled: this takes its place.`)
  if (isTrial) say('Dry run: nothing was changed.')
}
