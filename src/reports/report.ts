import type { Tier } from '../briefings/vocabulary'
import type { ReadText } from '../editions/texts'
import type { MessageKey } from '../language/catalog'
import type { Locale } from '../language/locale'
import { flawIn, typed } from '../language/text'

export const reportKinds = ['meaning', 'language', 'untranslated', 'names', 'offensive', 'other'] as const
/** What is wrong with a translation, as its reader sees it. */
export type ReportKind = (typeof reportKinds)[number]

export const closings = ['fixed', 'declined'] as const
/** How a report was closed. */
export type Closing = (typeof closings)[number]

/** How long a reader's own words may be, in UTF-16 units. */
export const detailMax = 1000

/** A translation can have at most this many open reports. */
export const openMax = 200

/** What a reader reports about a segment, and the segment as they saw it. */
export interface Report {
  readonly segment: string
  readonly access: Tier
  readonly kind: ReportKind
  /** In their own words; may be empty. */
  readonly detail: string
  readonly text: string
  /** The language of the text: the source's, if the segment was not translated. */
  readonly textLocale: Locale
}

/** A report as it is kept. */
export interface KeptReport extends Omit<Report, 'access'> {
  readonly number: number
  readonly briefingId: string
  readonly slug: string
  /** The language of the translation. */
  readonly locale: Locale
  readonly sourceRevision: number
  readonly translationRevision: number
  readonly sentAt: string
  readonly state: 'open' | Closing
}

/** What was typed, as far as it can be shown again, and the problems with it. */
export interface Asked {
  readonly segment: string
  readonly kind: string
  readonly detail: string
  readonly flaw?: { readonly field: 'segment' | 'kind' | 'detail'; readonly key: MessageKey; readonly count?: number }
}

/**
 * The report that a form makes about one of these texts, or the problems of the form. A segment that is not among them is
 * refused, whether somebody else may read it or nobody.
 */
export function reportIn(fields: Readonly<Record<string, string>>, texts: readonly ReadText[]): Report | Asked {
  const { segment = '', kind: chosen = '' } = fields
  const detail = typed(fields['detail'] ?? '')
  const read = texts.find(({ id }) => id === segment)
  const kind = reportKinds.find((each) => each === chosen)
  const asked = { segment, kind: chosen, detail }
  if (!read) return { ...asked, segment: '', flaw: { field: 'segment', key: 'report.which' } }
  if (!kind) return { ...asked, flaw: { field: 'kind', key: 'report.what' } }
  if (detail === '' && kind === 'other') return { ...asked, flaw: { field: 'detail', key: 'report.how' } }
  if (detail.length > detailMax) return { ...asked, flaw: { field: 'detail', key: 'form.too-long', count: detailMax } }
  if (flawIn(detail) !== undefined) return { ...asked, flaw: { field: 'detail', key: 'form.unreadable' } }
  return { segment, access: read.access, kind, detail, text: read.text.text, textLocale: read.text.lang }
}

/** How the reported segment compares with its present text. `present` is what its readers see now, if it still exists. */
export function sinceThen({ text }: Pick<Report, 'text'>, present: string | undefined): 'unchanged' | 'changed' | 'gone' {
  if (present === undefined) return 'gone'
  return present === text ? 'unchanged' : 'changed'
}
