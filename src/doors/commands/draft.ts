import { defineCommand } from 'citty'
import type { Locale } from '../../language/locale'
import { type DraftReceipt, draftBriefing, draftWaiting, openTranslator } from '../../newsroom/machine-drafts'
import type { LiveSite } from '../../site'
import { readMachineConfig } from '../../translations/machine/config'
import type { Translator } from '../../translations/machine/translator'
import { asJson, say, targetOf, where, withSite } from './open'

/** Lets a machine draft what is missing; leaves with an error where anything was aborted. */
export const draftCommand = defineCommand({
  meta: {
    name: 'draft',
    description:
      'Let a machine draft what is missing in a language. Nothing that stands is overwritten, and nothing is published',
  },
  args: {
    locale: { type: 'positional', required: true, description: 'The language to draft, such as es' },
    slugs: {
      type: 'positional',
      required: false,
      description:
        'Briefings by the last part of their address (default: those that readers can read and no machine was asked for)',
    },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const locale = targetOf(site, args.locale)
      const machine = readMachineConfig(process.env, site.locales)
      const translator = openTranslator(machine)
      if (!translator)
        throw new Error('There is no translator: set TRANSLATOR_KEY to a key of DeepL’s (docs/operating.md says how).')
      const receipts: DraftReceipt[] = []
      try {
        for await (const receipt of drafts(site, translator, locale, args._.slice(1), machine.withGated)) {
          receipts.push(receipt)
          if (!args.json) say(inWords(receipt))
        }
      } finally {
        say(args.json ? JSON.stringify(receipts) : summary(receipts))
      }
      if (receipts.some(({ outcome }) => outcome === 'aborted')) process.exitCode = 1
    }),
})

/** The briefings named, whatever was tried before; or all that wait. */
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

/** A receipt as lines: what became of the briefing, then each segment that was left out, with the reason. */
function inWords({ slug, outcome, why, drafted, leftOut }: DraftReceipt): string {
  const counts = [
    ...(drafted.length > 0 ? [`${drafted.length} segments`] : []),
    ...(leftOut.length > 0 ? [`${leftOut.length} left out`] : []),
  ]
  const told = [outcome, ...(why === undefined ? [] : [why]), ...(counts.length === 0 ? [] : [counts.join(', ')])]
  return [`${slug}: ${told.join(': ')}`, ...leftOut.map(({ segment, reason }) => `  ${segment}: ${reason}`)].join('\n')
}

function summary(receipts: readonly DraftReceipt[]): string {
  const drafted = receipts.reduce((sum, each) => sum + each.drafted.length, 0)
  return `Looked at: ${receipts.length}. Segments drafted, for a person to take over: ${drafted}.`
}
