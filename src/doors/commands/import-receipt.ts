import type { Complaint } from '../../language/complaint'
import { visibleLine } from '../../language/text'
import type { ImportReceipt } from '../../newsroom/import'
import { isCatalogName } from '../../translations/catalog-pack'
import type { SaidLine } from '../../translations/intake'
import { outcomes } from '../../translations/merge'
import { counted } from '../report'
import { notPublished, type Whereabouts } from './open'
import { warnedLines } from './warned'

/** What became of a file: its receipt, or why it was refused as a whole. */
export interface Result {
  readonly file: string
  readonly receipt?: Omit<ImportReceipt, 'lines' | 'revision'> & { readonly lines: readonly SaidLine[] }
  readonly refused?: string
  readonly complaint?: Complaint
}

/** Why a text was not accepted, with the texts between which somebody has to decide. */
function reasonsIn({ segment, outcome, reason, text, stands, replaced }: SaidLine): readonly string[] {
  if (reason === undefined) return []
  const texts = stands === undefined ? { replaced } : { sent: text, stands }
  const said = Object.entries(texts).flatMap(([name, each]) => (each === undefined ? [] : [`    ${name}: ${each}`]))
  return [`  ${segment}: ${outcome}: ${reason}`, ...said].map(visibleLine)
}

const warningsIn = ({ segment, warnings = [] }: SaidLine): readonly string[] =>
  warnings.map(({ rule, reason }) => visibleLine(`  ${segment}: warning: ${rule}: ${reason}`))

/** A receipt as lines: how many of each, then each segment that was not accepted, with the reason, and each warning. */
export function inLines(
  { file, receipt, refused }: Result,
  given: Whereabouts & { readonly 'dry-run': boolean; readonly publish: boolean },
): string {
  if (!receipt) return `${file}: refused: ${refused}`
  const counts = outcomes.flatMap((outcome) => {
    const count = receipt.lines.filter((line) => line.outcome === outcome).length
    return count === 0 ? [] : [`${count} ${outcome}`]
  })
  const reasons = receipt.lines.flatMap(reasonsIn)
  const warnings = receipt.lines.flatMap((line) => warningsIn(line))
  const held = receipt.isWaiting && !given['dry-run'] ? [`  ${notPublished(receipt.slug, [receipt.locale], given)}`] : []
  const inAll = warnings.length === 0 ? [] : [counted(warnings.length, 'warning')]
  const summary = [...counts, ...inAll]
  const isNew = given.publish && !given['dry-run'] && receipt.isSaved && receipt.isPublished && !isCatalogName(receipt.slug)
  const title = visibleLine(`${file} (${receipt.locale}, ${receipt.slug})`)
  const said = new Set(receipt.lines.flatMap(({ segment, warnings = [] }) => (warnings.length > 0 ? [segment] : [])))
  const others = receipt.warnings?.filter(({ segment }) => !said.has(segment))
  const warned = warnedLines(receipt.warnings, given, others).map((line) => `  ${line}`)
  const told = [...(isNew ? ['  Published.'] : held), ...warned]
  return [`${title}: ${summary.length === 0 ? 'no new texts' : summary.join(', ')}`, ...reasons, ...warnings, ...told].join('\n')
}
