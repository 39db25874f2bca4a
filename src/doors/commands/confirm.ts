import type { Locale } from '../../language/locale'
import { withReason } from '../../language/newsroom'
import { type Confirmation, confirmTranslation } from '../../newsroom/confirm'
import { printSaved } from '../../printing/print-saved'
import { Refusal } from '../../problem'
import type { LiveSite } from '../../site'
import { isCatalogName } from '../../translations/catalog-pack'
import { isRefused } from '../../translations/intake'
import { command } from '../command'
import { asJson, say } from '../report'
import { confirmCatalog } from './catalogs'
import { byCommandLine, notPublished, publishing, targetOf, trial, where, withSite } from './open'

/** Records that a person finds a translation still right for the present English, without an edit. */
export const confirmCommand = command({
  name: 'confirm',
  about: 'Confirm that outdated texts of a translation are still valid, without editing them',
  options: {
    by: { type: 'text', required: true, about: 'Who confirms this' },
    ...publishing,
    ...trial,
    ...where,
  },
  positionals: {
    locale: { required: true, about: 'The language of the translation, such as es' },
    slug: { required: true, about: 'The briefing, by the last part of its address, or `site` or `newsroom`' },
    segments: { multiple: true, about: 'Segments or messages by their ids (default: all that are outdated)' },
  },
  example: 'es uk-merger-case-microsoft-mistral body.outcome --by Ada',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const locale = targetOf(site, given.locale)
      const { lines: confirmed, ...saved } = await confirm(site, given.slug, locale, given)
      const lines = confirmed.map(withReason)
      if (given.json) say(asJson({ slug: given.slug, locale, ...saved, lines }))
      else if (lines.length === 0) say('No text is outdated.')
      else for (const { segment, outcome, reason } of lines) say(`${segment}: ${outcome}${reason ? `: ${reason}` : ''}`)
      if (saved.isWaiting && !given['dry-run'] && !given.json) say(notPublished(given.slug, [locale], given))
      if (given['dry-run'] && !given.json) say('Dry run: nothing was saved.')
      if (lines.some(isRefused)) process.exitCode = 1
    }),
})

type Options = {
  readonly segments: readonly string[]
  readonly by: string
  readonly 'dry-run': boolean
  readonly publish: boolean
}
type Confirmed = Omit<Confirmation, 'briefingId' | 'isDue'>

/** Confirms texts of a briefing and prints it, or messages of a catalog. A catalog keeps no names: its history is that of its files. */
async function confirm(site: LiveSite, slug: string, locale: Locale, options: Options): Promise<Confirmed> {
  const { segments, by, 'dry-run': isTrial, publish: publishes } = options
  if (isCatalogName(slug)) {
    const confirmed = await confirmCatalog(slug, site.locales, locale, segments, isTrial)
    return { ...confirmed, isPublished: confirmed.isSaved, isWaiting: false }
  }
  const confirmation = await confirmTranslation(site, slug, locale, segments, by, { isTrial, publishes, actor: byCommandLine })
  if (!confirmation) throw new Refusal('briefing.unknown', { slug })
  const { briefingId, isDue, ...confirmed } = confirmation
  if (isDue) await printSaved(site, briefingId)
  return confirmed
}
