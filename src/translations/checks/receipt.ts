import type { Briefing, BriefingFile } from '../../briefings/briefing'
import { segmentsOf } from '../../briefings/segments'
import { isPseudo, type Locale } from '../../language/locale'
import { explain, withReason } from '../../language/newsroom'
import type { Glossary } from '../glossary'
import type { ReceiptLine } from '../intake'
import { isFresh } from '../merge'
import type { LocaleFile, TranslatedSegment } from '../translation'
import { type Accepted, settled } from './accepted'
import { checkSegment } from './checks'
import type { Finding, Rule } from './finding'
import { findingsIn, namesIn } from './review'

/** What a person should look at in a text that is saved all the same. */
export type Warning = Pick<Finding, 'rule' | 'complaint'>

/** A line of a receipt with the warnings of its text. */
export type CheckedLine = ReceiptLine & { readonly warnings?: readonly Warning[] }

/** The warnings among findings. Those on the list of what is accepted are for who keeps that list. */
export const isWarning = ({ severity, rule }: Finding) => severity === 'warning' && rule !== 'accepted'

/**
 * Adds to each text of a receipt that was saved what a person should look at in it. A text that stood already gets the same if its sender was
 * not given it (`isNew`).
 */
export function withWarnings(
  lines: readonly ReceiptLine[],
  briefing: Briefing,
  { locale, segments }: { readonly locale: Locale; readonly segments: Readonly<Record<string, TranslatedSegment>> },
  glossary: Glossary | undefined,
  accepted: Accepted | undefined,
  isNew: (segment: string) => boolean,
): readonly CheckedLine[] {
  const [english, names] = [new Map(segmentsOf(briefing).map((each) => [each.id, each])), namesIn(briefing)]
  return lines.map((line) => {
    const { id, kind, text: source } = english.get(line.segment) ?? {}
    const target = segments[line.segment]?.text
    const isAsSent = line.outcome === 'unchanged' && line.stands === undefined && isNew(line.segment)
    const isTaken = isFresh(line.outcome) || isAsSent
    if (!isTaken || id === undefined || kind === undefined || source === undefined || target === undefined) return line
    const findings = checkSegment({ locale, id, kind, source, target, names, glossary })
    return withFound(line, settled(findings, accepted))
  })
}

/** A line with the warnings among findings in its text, if there are any. */
export function withFound(line: ReceiptLine, findings: readonly Finding[]): CheckedLine {
  const warnings = findings.filter(isWarning).map(({ rule, complaint }) => ({ rule, complaint }))
  return warnings.length === 0 ? line : { ...line, warnings }
}

/** A line as people and programs get it: its reason and its warnings in words. */
export const saidLine = ({ warnings, ...line }: CheckedLine) => ({
  ...withReason(line),
  ...(warnings ? { warnings: warnings.map(({ rule, complaint }) => ({ rule, reason: explain(complaint), complaint })) } : {}),
})

/** A warning of a text of a locale file, in words, as programs get it too. */
export interface FileWarning {
  readonly locale: Locale
  readonly segment: string
  readonly rule: Rule
  readonly reason: string
  readonly complaint: { readonly code: string; readonly values: Readonly<Record<string, unknown>> }
}

/** What a person should look at in these locale files, apart from what they accept. A pseudo-locale has only English. */
export const warningsInFiles = (
  briefing: BriefingFile,
  files: readonly LocaleFile[],
  glossaries: Readonly<Record<Locale, Glossary>>,
): readonly FileWarning[] =>
  files
    .filter(({ locale }) => !isPseudo(locale))
    .flatMap((file) =>
      findingsIn(briefing, file, glossaries[file.locale])
        .filter(isWarning)
        .map(({ segment, rule, complaint }) => ({
          locale: file.locale,
          segment,
          rule,
          reason: explain(complaint),
          complaint,
        })),
    )
