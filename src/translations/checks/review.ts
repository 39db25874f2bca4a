import type { BriefingFile } from '../../briefings/briefing'
import { revisionsIn } from '../../briefings/revisions'
import { type Segment, segmentsOf } from '../../briefings/segments'
import { type Complaint, complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import type { Glossary } from '../glossary'
import type { LocaleFile } from '../translation'
import { settled } from './accepted'
import { checkSegment, errorsOfSegment, type TranslatedText } from './checks'
import { type Finding, inRule } from './finding'

/** A finding, and where it is: the file, and the place in it. */
export interface FiledFinding extends Finding {
  readonly file: string
  readonly path: string
}

/** A finding with its place, as one complaint: file, place, rule, what to do. */
export const placedFinding = ({ file, path, ...finding }: FiledFinding): Complaint =>
  complaint('problem.file', { file, place: path, problem: inRule(finding) })

/** A briefing with its translations, as files have them. */
interface Translated {
  readonly briefing: BriefingFile
  readonly translations: readonly LocaleFile[]
}

/** All findings in the translations of these briefings, without those that were accepted with a reason. */
export const review = (contents: readonly Translated[], glossaries: ReadonlyMap<Locale, Glossary>): readonly FiledFinding[] =>
  contents.flatMap(({ briefing, translations }) =>
    translations.flatMap((translation) => {
      const file = `locales/${translation.locale}/briefings/${briefing.slug}.json`
      return findingsIn(briefing, translation, glossaries.get(translation.locale)).map((finding) => ({
        file,
        path: `${finding.rule === 'accepted' ? 'accepted' : 'segments'}.${finding.segment}`,
        ...finding,
      }))
    }),
  )

/** The findings in one translation that nobody accepted. */
export function findingsIn(briefing: BriefingFile, translation: LocaleFile, glossary: Glossary | undefined): readonly Finding[] {
  const names = namesIn(briefing)
  const findings = textsOf(briefing, translation).flatMap((text) => checkSegment({ ...text, names, glossary }))
  return settled(findings, translation.accepted)
}

/** The errors for which a translation is not loaded. */
export const errorsIn = (briefing: BriefingFile, translation: LocaleFile): readonly Finding[] =>
  textsOf(briefing, translation).flatMap((text) => errorsOfSegment(text))

/** The names of organisations that a briefing knows. */
const namesIn = ({ organisations, linkedOrganisations: { notes } }: BriefingFile): readonly string[] => [
  ...new Set([...organisations, ...notes].map(({ name }) => name)),
]

/** The segments of a translation that are in its English, with that English. Proposals are left out. */
function textsOf(briefing: BriefingFile, translation: LocaleFile): readonly TranslatedText[] {
  const { locale, sourceRevision, segments, proposed = [] } = translation
  const seen = revisionsIn(briefing)[sourceRevision - 1]?.briefing ?? briefing
  const english = new Map<string, Segment>([...segmentsOf(briefing), ...segmentsOf(seen)].map((each) => [each.id, each]))
  return Object.entries(segments).flatMap(([id, target]) => {
    const { kind, text } = english.get(id) ?? {}
    return kind === undefined || text === undefined || proposed.includes(id) ? [] : [{ locale, id, kind, source: text, target }]
  })
}
