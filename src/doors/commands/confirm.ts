import { withReason } from '../../language/newsroom'
import { confirmTranslation } from '../../newsroom/confirm'
import { printBriefing } from '../../printing/print-briefing'
import { Refusal } from '../../problem'
import { isRefused } from '../../translations/intake'
import { command } from '../command'
import { asJson, say } from '../report'
import { backInReview, targetOf, trial, where, withSite } from './open'

/** Records that a person finds a translation still right for the present English, without an edit. */
export const confirmCommand = command({
  name: 'confirm',
  about: 'Say that outdated texts of a translation are still valid, without an edit',
  options: {
    by: { type: 'text', required: true, about: 'Who says so' },
    ...trial,
    ...where,
  },
  positionals: {
    locale: { required: true, about: 'The language of the translation, such as es' },
    slug: { required: true, about: 'The briefing, by the last part of its address' },
    segments: { multiple: true, about: 'Segments by their ids (default: all that are outdated)' },
  },
  example: 'es uk-merger-case-microsoft-mistral body.outcome --by Ada',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const locale = targetOf(site, given.locale)
      const confirmation = await confirmTranslation(site, given.slug, locale, given.segments, given.by, given['dry-run'])
      if (!confirmation) throw new Refusal('briefing.unknown', { slug: given.slug })
      const { briefingId, ...saved } = confirmation
      const lines = confirmation.lines.map(withReason)
      if (saved.isSaved) await printBriefing(site, briefingId)
      if (given.json) say(asJson({ slug: given.slug, locale, ...saved, lines }))
      else if (lines.length === 0) say('Nothing is outdated.')
      else for (const { segment, outcome, reason } of lines) say(`${segment}: ${outcome}${reason ? `: ${reason}` : ''}`)
      if (saved.isBackInReview && !given.json) say(backInReview)
      if (given['dry-run'] && !given.json) say('Nothing is saved.')
      if (lines.some(isRefused)) process.exitCode = 1
    }),
})
