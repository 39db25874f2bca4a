import type { Briefing, BriefingFile } from '../../briefings/briefing'
import { revisionsIn } from '../../briefings/revisions'
import { type Segment, segmentsOf } from '../../briefings/segments'
import { type Complaint, complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import type { Glossary } from '../glossary'
import type { Style } from '../style'
import type { LocaleFile } from '../translation'
import { settled } from './accepted'
import { checkSegment, errorsOfSegment, styleFindings, type TranslatedText } from './checks'
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

/** What the texts of each language are held to beside their English. */
export interface Standards {
  readonly glossaries: ReadonlyMap<Locale, Glossary>
  readonly styles: ReadonlyMap<Locale, Style>
}

/** All findings in these briefings and their translations, without those that were accepted with a reason. */
export const review = (
  contents: readonly Translated[],
  source: Locale,
  { glossaries, styles }: Standards,
): readonly FiledFinding[] =>
  contents.flatMap(({ briefing, translations }) => [
    ...findingsInSource(briefing, styles.get(source)).map((finding) => ({
      file: `db/briefings/${briefing.slug}.json`,
      path: finding.segment,
      ...finding,
    })),
    ...translations.flatMap((translation) => {
      const { locale } = translation
      return findingsIn(briefing, translation, glossaries.get(locale), styles.get(locale)).map((finding) => ({
        file: `locales/${locale}/briefings/${briefing.slug}.json`,
        path: `${finding.rule === 'accepted' ? 'accepted' : 'segments'}.${finding.segment}`,
        ...finding,
      }))
    }),
  ])

/** What the style sheet of the source finds in a briefing’s English. */
const findingsInSource = (briefing: BriefingFile, style: Style | undefined): readonly Finding[] =>
  style ? segmentsOf(briefing).flatMap(({ id, kind, text }) => styleFindings(style, { id, kind, target: text })) : []

/** The findings in one translation that nobody accepted. */
export function findingsIn(
  briefing: BriefingFile,
  translation: LocaleFile,
  glossary: Glossary | undefined,
  style?: Style,
): readonly Finding[] {
  const names = namesIn(briefing)
  const findings = textsOf(briefing, translation).flatMap((text) => checkSegment({ ...text, names, glossary, style }))
  return settled(findings, translation.accepted)
}

/** The errors for which a translation is not loaded. */
export const errorsIn = (briefing: BriefingFile, translation: LocaleFile): readonly Finding[] =>
  textsOf(briefing, translation).flatMap((text) => errorsOfSegment(text))

/** The names of organisations that a briefing knows. */
export const namesIn = ({ organisations, linkedOrganisations: { notes } }: Briefing): readonly string[] => [
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
