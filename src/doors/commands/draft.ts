import type { Locale } from '../../language/locale'
import { withReason } from '../../language/newsroom'
import { draftWaiting } from '../../newsroom/draft-waiting'
import { type DraftReceipt, draftBriefing, openTranslator } from '../../newsroom/machine-drafts'
import { type DraftTrial, tryDrafts } from '../../newsroom/try-drafts'
import { Refusal } from '../../problem'
import type { LiveSite } from '../../site'
import { readMachineConfig } from '../../translations/machine/config'
import type { Translator } from '../../translations/machine/translator'
import { command } from '../command'
import { counted, say, sayList } from '../report'
import { targetOf, trial, where, withSite } from './open'

/** Lets a machine draft what is missing. Exits with an error if anything was aborted. */
export const draftCommand = command({
  name: 'draft',
  about: 'Let a machine draft the texts that a language lacks. Overwrites and publishes nothing',
  options: { ...trial, ...where },
  positionals: {
    locale: { required: true, about: 'The language to draft, such as es' },
    slugs: {
      multiple: true,
      about: 'Briefings by the last part of their address (default: published ones that no machine has been asked for)',
    },
  },
  example: 'es uk-merger-case-microsoft-mistral --dry-run',
  run: ({ json: isJson, slugs, ...given }) =>
    withSite(given.edge, async (site) => {
      const locale = targetOf(site, given.locale)
      const machine = readMachineConfig(process.env, site.locales)
      if (given['dry-run']) {
        await sayList(tryDrafts(site, slugs, locale, machine), { isJson, inLines: trialInLine })
        if (!isJson) say('Dry run: nothing was sent or saved.')
        return
      }
      const translator = openTranslator(machine)
      if (!translator) throw new Refusal('draft.no-key')
      const count = { receipts: 0, segments: 0 }
      try {
        await sayList(counting(drafts(site, translator, locale, slugs, machine.withGated), count), { isJson, inLines })
      } finally {
        if (!isJson) say(summary(count))
      }
    }),
})

const trialInLine = ({ slug, segments, characters }: DraftTrial) =>
  `${slug}: ${counted(segments.length, 'segment')} to draft, ${counted(characters, 'character')}`

/** The named briefings, even if they were tried before; or all that wait. */
async function* drafts(
  site: LiveSite,
  translator: Translator,
  locale: Locale,
  slugs: readonly string[],
  withGated: boolean,
): AsyncGenerator<DraftReceipt> {
  for (const slug of slugs) yield await draftBriefing(site, translator, slug, locale, { withGated })
  if (slugs.length > 0) return
  const all = { liveSince: site.now().toISOString(), most: Number.POSITIVE_INFINITY }
  yield* draftWaiting(site, translator, [locale], { withGated, ...all })
}

interface Count {
  receipts: number
  segments: number
}

/** The same receipts in words, counted. Exits with an error if one was aborted. */
async function* counting(receipts: AsyncGenerator<DraftReceipt>, count: Count) {
  for await (const receipt of receipts) {
    count.receipts += 1
    count.segments += receipt.drafted.length
    if (receipt.outcome === 'aborted') process.exitCode = 1
    yield inWords(receipt)
  }
}

/** A receipt with its reasons in words. */
const inWords = (receipt: DraftReceipt) => ({ ...withReason(receipt), leftOut: receipt.leftOut.map(withReason) })

/** A receipt as lines: the outcome of the briefing, then each segment that was left out, with the reason. */
function inLines({ slug, outcome, reason, drafted, leftOut }: ReturnType<typeof inWords>): string {
  const counts = [
    ...(drafted.length > 0 ? [counted(drafted.length, 'segment')] : []),
    ...(leftOut.length > 0 ? [`${leftOut.length} left out`] : []),
  ]
  const parts = [outcome, ...(reason === undefined ? [] : [reason]), ...(counts.length === 0 ? [] : [counts.join(', ')])]
  return [`${slug}: ${parts.join(': ')}`, ...leftOut.map(({ segment, reason }) => `  ${segment}: ${reason}`)].join('\n')
}

const summary = ({ receipts, segments }: Count) =>
  `Briefings checked: ${receipts}. Segments drafted, for a person to review: ${segments}.`
