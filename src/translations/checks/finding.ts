import { type Complaint, complaint, quoted } from '../../language/complaint'

/** The rules of errors: a text with one is refused. */
const errorRules = ['text', 'message-syntax', 'message-arguments', 'plural-forms', 'markdown', 'links', 'addresses'] as const
export type ErrorRule = (typeof errorRules)[number]

/** The rules of warnings: a person should look at the text, and may accept the warning with a reason. */
export const warningRules = [
  'structure',
  'numbers',
  'dates',
  'names',
  'glossary',
  'untranslated',
  'length',
  'mixed-script',
  'spacing',
  'quotation',
  'markup',
  'typography',
  'form-of-address',
  'words',
  'before-name',
] as const
export type WarningRule = (typeof warningRules)[number]

/**
 * All rules. The last three cannot be accepted: an outdated message, an acceptance of a warning that no longer exists, and a language
 * in which cards for sharing have no text.
 */
export const rules = [...errorRules, ...warningRules, 'outdated', 'accepted', 'cards'] as const
export type Rule = (typeof rules)[number]

/** Something in a translated segment that is refused (an error), or that a person should look at (a warning). */
export interface Finding {
  readonly segment: string
  readonly rule: Rule
  readonly severity: 'error' | 'warning'
  readonly complaint: Complaint
}

/** A finding without its place. */
export type Fault = Omit<Finding, 'segment'>

export const error = (rule: ErrorRule, complaint: Complaint): Fault => ({ rule, severity: 'error', complaint })
export const warning = (rule: WarningRule, complaint: Complaint): Fault => ({ rule, severity: 'warning', complaint })

/** The complaint of a finding, with its rule. */
export const inRule = ({ rule, complaint: finding }: Pick<Finding, 'rule' | 'complaint'>): Complaint =>
  complaint('check.finding', { rule, finding })

const shownMax = 5
const shortened = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text)

/** The finding that a message was translated from English that has changed in substance since. */
export const outdatedMessage = (segment: string, earlier: string): Finding => ({
  segment,
  rule: 'outdated',
  severity: 'warning',
  complaint: complaint('check.outdated', { earlier: shortened(earlier) }),
})

/** Some of what was found, as a finding shows it: `“a”, “b” and 3 more`. */
export function some(found: Iterable<string>): readonly Complaint[] {
  const all = [...new Set(found)]
  const shown = all.slice(0, shownMax).map((each) => quoted(shortened(each)))
  return all.length > shownMax ? [...shown, complaint('list.more', { count: all.length - shownMax })] : shown
}
