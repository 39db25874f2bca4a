/** What is refused, whoever wrote it. */
const errorRules = ['text', 'message-syntax', 'message-arguments', 'plural-forms', 'links', 'addresses'] as const
export type ErrorRule = (typeof errorRules)[number]

/** What a person should look at, and may accept with a reason. */
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
] as const
type WarningRule = (typeof warningRules)[number]

/** Everything that a translation is checked for; at last, that nothing is accepted which is not there. */
export const rules = [...errorRules, ...warningRules, 'accepted'] as const
export type Rule = (typeof rules)[number]

/** Something in a translated segment that is refused (an error), or that a person should look at (a warning). */
export interface Finding {
  readonly segment: string
  readonly rule: Rule
  readonly severity: 'error' | 'warning'
  /** What is wrong, and what to do about it. */
  readonly message: string
}

/** A finding before it is known where. */
export type Fault = Omit<Finding, 'segment'>

export const error = (rule: ErrorRule, message: string): Fault => ({ rule, severity: 'error', message })
export const warning = (rule: WarningRule, message: string): Fault => ({ rule, severity: 'warning', message })

const shownMax = 5

/** Some of what was found, as a finding shows it: `“a”, “b” and 3 more`. */
export function some(found: Iterable<string>): string {
  const all = [...new Set(found)]
  const shown = all.slice(0, shownMax).map((each) => `“${each.length > 200 ? `${each.slice(0, 200)}…` : each}”`)
  return all.length > shownMax ? `${shown.join(', ')} and ${all.length - shownMax} more` : shown.join(', ')
}
