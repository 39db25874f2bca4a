import { explain } from '../../../src/language/newsroom'
import { checkSegment, type SegmentToCheck } from '../../../src/translations/checks/checks'
import type { Finding } from '../../../src/translations/checks/finding'

/** What is found in a translation of one English text, with what it says. */
export const findings = (
  locale: string,
  source: string,
  target: string,
  more: Partial<Pick<SegmentToCheck, 'kind' | 'names' | 'glossary' | 'style'>> = {},
): readonly (Omit<Finding, 'complaint'> & { readonly message: string })[] =>
  checkSegment({ locale, id: 'body.closure', kind: 'plain', source, target, names: [], glossary: undefined, ...more }).map(
    ({ complaint, ...finding }) => ({ ...finding, message: explain(complaint) }),
  )

/** The same, as `severity rule`. */
export const found = (...of: Parameters<typeof findings>): readonly string[] =>
  findings(...of).map(({ severity, rule }) => `${severity} ${rule}`)
