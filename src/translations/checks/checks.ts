import { passageMax } from '../../briefings/briefing'
import { faultsOfMessage, type MessageFault } from '../../language/catalog-check'
import { complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { type Glossary, glossaryFaults, keptTerms } from '../glossary'
import type { Style } from '../style'
import { addressFaults } from './addresses'
import { flawFaults, quotationFaults, scriptFaults, spacingFaults } from './characters'
import { dateFaults } from './dates'
import { fillingFaults } from './fillings'
import { type ErrorRule, error, type Fault, type Finding } from './finding'
import { nameFaults } from './names'
import { numberFaults } from './numbers'
import { type Kind, type Prose, proseOf } from './prose'
import { quotingFaults } from './quoting'
import { linkFaults, markupFaults, renderingFaults, structureFaults } from './setting'
import { typographyFaults } from './typography'
import { vocabularyFaults } from './vocabulary'
import { lengthFaults, untranslatedFaults } from './wording'
import { searched } from './words'

/** A segment of a translation, with the English that it translates. */
export interface TranslatedText {
  readonly locale: Locale
  readonly id: string
  readonly kind: Kind
  readonly source: string
  readonly target: string
}

export interface SegmentToCheck extends TranslatedText {
  /** The names of organisations that may occur in it. */
  readonly names: readonly string[]
  readonly glossary: Glossary | undefined
  readonly style?: Style | undefined
}

/** Everything that is or may be wrong with a translated segment. An empty one is not translated, which is no fault. */
export function checkSegment(segment: SegmentToCheck): readonly Finding[] {
  return findings(segment, (texts) => [...errorFaults(segment, texts), ...warningFaults(segment, texts)])
}

/** The errors of a translated segment, for which it is refused. */
export const errorsOfSegment = (segment: TranslatedText): readonly Finding[] =>
  findings(segment, (texts) => errorFaults(segment, texts))

/** What a style sheet finds in a text of its language. The source is held to its own. */
export const styleFindings = (
  style: Style,
  { id, kind, target }: Omit<TranslatedText, 'locale' | 'source'>,
): readonly Finding[] => styleFaults(style, kind, target, proseOf(kind, target)).map((fault) => ({ segment: id, ...fault }))

const styleFaults = (style: Style, kind: Kind, text: string, prose: Prose): readonly Fault[] => [
  ...quotationFaults(style.locale, prose, style.quotation),
  ...typographyFaults(style, prose),
  ...vocabularyFaults(style, kind, prose),
  ...(kind === 'message' ? fillingFaults(style, text) : []),
]

interface Texts {
  readonly source: Prose
  readonly target: Prose
}

function findings({ id, kind, source, target }: TranslatedText, look: (texts: Texts) => readonly Fault[]): readonly Finding[] {
  if (target.trim() === '') return []
  const faults =
    Math.max(source.length, target.length) > passageMax
      ? [error('text', complaint('schema.longest', { most: passageMax }))]
      : look({ source: proseOf(kind, source), target: proseOf(kind, target) })
  return faults.map((fault) => ({ segment: id, ...fault }))
}

function errorFaults({ locale, kind, source, target }: TranslatedText, texts: Texts): readonly Fault[] {
  return [
    ...flawFaults(target),
    ...(kind === 'message' ? messageFaults(locale, source, target) : []),
    ...renderingFaults(kind, source, target),
    ...linkFaults(texts.source, texts.target),
    ...addressFaults(texts.source, texts.target),
  ]
}

const ofMessages: Readonly<Record<MessageFault['kind'], ErrorRule>> = {
  syntax: 'message-syntax',
  arguments: 'message-arguments',
  plurals: 'plural-forms',
}

const messageFaults = (locale: Locale, source: string, target: string) =>
  faultsOfMessage(locale, target, source).map(({ kind, complaint }) => error(ofMessages[kind], complaint))

function warningFaults(segment: SegmentToCheck, texts: Texts): readonly Fault[] {
  const { kind, source, target, names, glossary } = segment
  const untranslated = untranslatedFaults(segment, texts.source, texts.target, [...names, ...keptTerms(glossary)])
  return [
    ...structureFaults(texts.source, texts.target),
    ...markupFaults(kind, source, target),
    ...scriptFaults(texts.target),
    ...spacingFaults(kind, source, target, texts.source, texts.target),
    ...(untranslated.length > 0 ? untranslated : contentFaults(segment, texts)),
  ]
}

/** Checks that apply only to a text in its own language. */
function contentFaults(segment: SegmentToCheck, { source, target }: Texts): readonly Fault[] {
  const { locale, kind, names, glossary, style } = segment
  const searchedTarget = searched(locale, target.text)
  return [
    ...(style ? styleFaults(style, kind, segment.target, target) : quotationFaults(locale, target)),
    ...(kind === 'message' ? [] : quotingFaults(source, target, [...names, ...keptTerms(glossary)])),
    ...lengthFaults(locale, source, target),
    ...numberFaults(locale, source, target),
    ...dateFaults(locale, source, target),
    ...nameFaults(names, source, searchedTarget, glossary),
    ...glossaryFaults(glossary, source.text, searchedTarget),
  ]
}
