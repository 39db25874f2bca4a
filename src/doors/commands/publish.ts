import { personOf } from '../../members/administer'
import { type Publication, type Publisher, publish, takeBack, withdraw } from '../../newsroom/publish'
import type { LiveSite } from '../../site'
import { command } from '../command'
import { asJson, say } from '../report'
import { addressIn, byCommandLine, localeOf, targetOf, trial, where, withSite } from './open'

const by = { by: { type: 'text', about: 'The person who decides it: their email address (default: nobody)' } } as const
const slug = { slug: { required: true, about: 'The briefing, by the last part of its address' } } as const

/** Gives readers what was saved. */
export const publishCommand = command({
  name: 'publish',
  about: 'Give readers the newest revisions of a briefing: of the English, of translations, or of several, all or none',
  options: { ...by, ...trial, ...where },
  positionals: {
    ...slug,
    locales: { multiple: true, about: 'Languages, such as en es (default: the English)' },
  },
  example: 'uk-merger-case-microsoft-mistral en es',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const named = given.locales.length > 0 ? given.locales : [site.locales.source]
      const locales = named.map((each) => localeOf(site, each))
      const done = await publish(site, given.slug, locales, await publisherIn(site, given.by), given['dry-run'])
      tell(done, given, done.locales.length > 0 ? `published in ${done.locales.join(', ')}` : 'readers have all of it already')
    }),
})

/** Takes a translation from readers. */
export const withdrawCommand = command({
  name: 'withdraw',
  about: 'Take a translation away from readers, who get the English under a notice',
  options: { ...by, ...trial, ...where },
  positionals: { ...slug, locale: { required: true, about: 'The language of the translation, such as es' } },
  example: 'uk-merger-case-microsoft-mistral es',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const locale = targetOf(site, given.locale)
      const done = await withdraw(site, given.slug, locale, await publisherIn(site, given.by), given['dry-run'])
      tell(done, given, `withdrawn in ${locale}`)
    }),
})

/** Takes a briefing from readers. */
export const takeBackCommand = command({
  name: 'take-back',
  about: 'Take a briefing back from readers in every language. Its addresses say that, and why',
  options: {
    why: { type: 'text', default: '', about: 'What readers are told, in English' },
    ...by,
    ...trial,
    ...where,
  },
  positionals: slug,
  example: "uk-merger-case-microsoft-mistral --why 'We could not confirm its main source.'",
  run: (given) =>
    withSite(given.edge, async (site) => {
      const done = await takeBack(site, given.slug, given.why, await publisherIn(site, given.by), given['dry-run'])
      tell(done, given, 'taken back in every language')
    }),
})

async function publisherIn(site: LiveSite, address: string | undefined): Promise<Publisher> {
  return address === undefined
    ? { actor: byCommandLine }
    : { actor: byCommandLine, person: await personOf(site, addressIn(address)) }
}

function tell(done: Publication, given: { readonly json: boolean; readonly 'dry-run': boolean }, what: string): void {
  if (given.json) return void say(asJson({ ...done, isTrial: given['dry-run'] }))
  say(given['dry-run'] ? `${done.slug} would be: ${what}. Nothing is changed.` : `${done.slug}: ${what}.`)
}
