import { defineCommand } from 'citty'
import { segmentsOf } from '../../briefings/segments'
import { findSource } from '../../briefings/store'
import { visible } from '../../language/text'
import { closeReport } from '../../newsroom/moderate'
import { listReports } from '../../reports/moderation-store'
import { type Closing, closings, type KeptReport, sinceThen } from '../../reports/report'
import type { LiveSite } from '../../site'
import { findTranslation } from '../../translations/store'
import { textOf } from '../../translations/translation'
import { asJson, byCommandLine, everyOne, indented, numberOf, say, targetOf, where, withSite } from './open'

const listedAtOnce = 100

const listArguments = {
  locale: { type: 'string', description: 'Only those on translations into this language' },
  open: { type: 'boolean', description: 'Only those that nobody has closed' },
  ...where,
  ...asJson,
} as const

/** A report, and how the segment stands now to what its reader saw. */
type ListedReport = KeptReport & { readonly since: ReturnType<typeof sinceThen> }

const listCommand = defineCommand({
  meta: { name: 'list', description: 'What readers say is wrong with translations, and whether the text has changed since' },
  args: listArguments,
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const locale = args.locale === undefined ? undefined : targetOf(site, args.locale)
      const wanted = { locale, isOpen: args.open === true }
      const reports = await everyOne((after) => listReports(site.database, wanted, after, listedAtOnce))
      const all = await withPresent(site, reports)
      if (args.json) say(visible(JSON.stringify(all)))
      else say(all.map(inLines).join('\n\n') || 'There are no reports.')
    }),
})

const closeCommand = defineCommand({
  meta: { name: 'close', description: 'Close a report: its text was mended, or need not be' },
  args: {
    id: { type: 'positional', required: true, description: 'The number that `reports list` shows' },
    as: { type: 'enum', options: [...closings], default: 'fixed', description: 'What became of it' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const number = numberOf(args.id)
      const as: Closing = args.as === 'declined' ? 'declined' : 'fixed'
      const isClosed = await closeReport(site, number, as, byCommandLine)
      if (!isClosed) throw new Error(`There is no open report ${number}.`)
      say(args.json ? JSON.stringify({ closed: number, as }) : `Report ${number} is closed as ${as}.`)
    }),
})

/** Lists and closes what readers said is wrong with translations. */
export const reportsCommand = defineCommand({
  meta: { name: 'reports', description: 'What readers say is wrong with translations: list, close' },
  args: listArguments,
  subCommands: { list: listCommand, close: closeCommand },
  default: 'list',
})

async function withPresent(site: LiveSite, reports: readonly KeptReport[]): Promise<readonly ListedReport[]> {
  const present = new Map<string, ReadonlyMap<string, string>>()
  const listed: ListedReport[] = []
  for (const report of reports) {
    const key = `${report.locale} ${report.briefingId}`
    const texts = present.get(key) ?? (await presentTexts(site, report))
    present.set(key, texts)
    listed.push({ ...report, since: sinceThen(report, texts.get(report.segment)) })
  }
  return listed
}

/** The texts of a translation as they stand: the English, where there is none. */
async function presentTexts({ database }: LiveSite, { briefingId, locale }: KeptReport): Promise<ReadonlyMap<string, string>> {
  const source = await findSource(database, briefingId)
  const translation = await findTranslation(database, briefingId, locale)
  const segments = source ? segmentsOf(source.briefing) : []
  return new Map(segments.map(({ id, text }) => [id, textOf(translation, id) || text] as const))
}

const kindNames: Readonly<Record<KeptReport['kind'], string>> = {
  meaning: 'wrong meaning',
  language: 'language mistake',
  untranslated: 'not translated',
  names: 'names or numbers',
  offensive: 'offensive',
  other: 'something else',
}

const sinceNames = { unchanged: '', changed: 'changed since', gone: 'no longer there' } as const

function inLines({ number, sentAt, state, locale, slug, segment, kind, detail, text, since }: ListedReport): string {
  const head = [number, sentAt.slice(0, 16), state, locale, slug, segment, kindNames[kind], sinceNames[since]]
  return [
    visible(head.filter((each) => each !== '').join('  ')),
    indented('text', text),
    ...(detail === '' ? [] : [indented('says', detail)]),
  ].join('\n')
}
