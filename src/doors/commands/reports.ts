import { segmentsOf } from '../../briefings/segments'
import { findSource } from '../../briefings/store'
import { visible } from '../../language/text'
import { closeReport } from '../../newsroom/moderate'
import { Refusal } from '../../problem'
import { listReports } from '../../reports/moderation-store'
import { closings, type KeptReport, sinceThen } from '../../reports/report'
import type { LiveSite } from '../../site'
import { findTranslation } from '../../translations/store'
import { textOf } from '../../translations/translation'
import { command, type Group } from '../command'
import { asJson, say } from '../report'
import { byCommandLine, everyOne, indented, numberOf, targetOf, where, withSite } from './open'

const listedAtOnce = 100

/** A report, with whether the segment has changed since its reader saw it. */
type ListedReport = KeptReport & { readonly since: ReturnType<typeof sinceThen> }

const listCommand = command({
  name: 'list',
  about: 'List what readers reported as wrong in translations, and whether the text has changed since',
  options: {
    locale: { type: 'text', about: 'Only reports on translations into this language' },
    open: { type: 'flag', about: 'Only reports that nobody has closed' },
    ...where,
  },
  example: '--open --locale es',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const locale = given.locale === undefined ? undefined : targetOf(site, given.locale)
      const wanted = { locale, isOpen: given.open }
      const reports = await everyOne((after) => listReports(site.database, wanted, after, listedAtOnce))
      const all = await withPresent(site, reports)
      if (given.json) say(asJson(all))
      else say(all.map(inLines).join('\n\n') || 'There are no reports.')
    }),
})

const closeCommand = command({
  name: 'close',
  about: 'Close a report: the text was corrected, or is right as it is',
  options: {
    as: { type: 'text', of: closings, default: 'fixed', about: 'The outcome' },
    ...where,
  },
  positionals: { number: { required: true, about: 'The number that `reports list` shows' } },
  example: '1 --as declined',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const number = numberOf(given.number)
      const { as } = given
      const isClosed = await closeReport(site, number, as, byCommandLine)
      if (!isClosed) throw new Refusal('report.unknown', { number })
      say(given.json ? asJson({ closed: number, as }) : `Report ${number} is closed as ${as}.`)
    }),
})

/** Lists and closes readers' reports on translations. */
export const reportsCommand: Group = {
  name: 'reports',
  about: 'List and close readers’ reports on translations',
  commands: [listCommand, closeCommand],
  otherwise: listCommand,
}

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

/** The present texts of a translation. If a text is missing, the English. */
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
