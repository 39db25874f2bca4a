import { defineCommand } from 'citty'
import { confirmTranslation } from '../../newsroom/confirm'
import { printBriefing } from '../../printing/print-briefing'
import { isRefused } from '../../translations/intake'
import { asJson, backInReview, say, targetOf, where, withSite } from './open'

/** Takes down that a translation is still valid for the English of now, though nobody edited it. */
export const confirmCommand = defineCommand({
  meta: { name: 'confirm', description: 'Say that outdated texts of a translation are still valid, without an edit' },
  args: {
    locale: { type: 'positional', required: true, description: 'The language of the translation, such as es' },
    slug: { type: 'positional', required: true, description: 'The briefing, by the last part of its address' },
    segments: { type: 'positional', required: false, description: 'Segments by their ids (default: all that are outdated)' },
    by: { type: 'string', required: true, description: 'Who says so' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const locale = targetOf(site, args.locale)
      const confirmation = await confirmTranslation(site, args.slug, locale, args._.slice(2), args.by)
      if (!confirmation) throw new Error(`There is no briefing ${args.slug}.`)
      const { lines, briefingId, ...saved } = confirmation
      if (saved.isSaved) await printBriefing(site, briefingId)
      if (args.json) say(JSON.stringify({ slug: args.slug, locale, lines, ...saved }))
      else if (lines.length === 0) say('Nothing is outdated.')
      else for (const { segment, outcome, reason } of lines) say(`${segment}: ${outcome}${reason ? `: ${reason}` : ''}`)
      if (saved.isBackInReview && !args.json) say(backInReview)
      if (lines.some(isRefused)) process.exitCode = 1
    }),
})
