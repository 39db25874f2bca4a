import type { Candidate, Unit } from './pack'

/** The type of a protected code. Tools may show it by that; it changes nothing else. */
export type CodeType = 'argument' | 'break' | 'code' | 'emphasis' | 'link' | 'list'

/** A piece of markup inside a text, which a translator moves but never edits. */
export interface Code {
  /** Its number among the codes of the source, from 1. Codes that only the target has come after those. */
  readonly id: number
  readonly type: CodeType
  readonly text: string
}

/** A text in order: words as they stand, and codes. */
export type Runs = readonly (string | Code)[]

/** A source and its target, cut into words and codes. The same markup has the same id in both. */
export interface InlineUnit {
  readonly source: Runs
  readonly target: Runs
  /** Every code once, by its id. */
  readonly codes: readonly Code[]
}

/** Cuts a text: its codes are numbered from 1. */
export function split(kind: Unit['kind'], text: string): Runs {
  const pattern = kind === 'markdown' ? markdown : kind === 'message' && !hasForms(text) ? message : undefined
  if (!pattern) return text === '' ? [] : [text]
  const runs: (string | Code)[] = []
  let from = 0
  let id = 0
  for (const { 0: found, index, groups = {} } of text.matchAll(pattern)) {
    const type = codeTypes.find((each) => groups[each] !== undefined)
    if (!type) continue
    id += 1
    if (index > from) runs.push(text.slice(from, index))
    runs.push({ id, type, text: found })
    from = index + found.length
  }
  if (from < text.length) runs.push(text.slice(from))
  return runs
}

/** The text that was cut. */
export const join = (runs: Runs) => runs.map((run) => (typeof run === 'string' ? run : run.text)).join('')

/** Cuts a unit: the nth occurrence of a code in the target has the id of its nth occurrence in the source. */
export function splitUnit({ kind, source }: Pick<Unit, 'kind' | 'source'>, target: string): InlineUnit {
  const cut = split(kind, source)
  const { runs, codes } = numberedAs(codesIn(cut), split(kind, target))
  return { source: cut, target: runs, codes }
}

/**
 * Cuts a candidate for a unit that is cut already. A code of the unit has the same id here, so that a tool that takes the candidate over
 * uses the unit's codes. Any other code has an id that the unit does not have.
 */
export function splitCandidate(kind: Unit['kind'], { source, target }: Candidate, { codes }: InlineUnit): InlineUnit {
  const ours = numberedAs(codes, split(kind, source))
  const theirs = numberedAs(ours.codes, split(kind, target))
  const used = new Set([...codesIn(ours.runs), ...codesIn(theirs.runs)])
  return { source: ours.runs, target: theirs.runs, codes: theirs.codes.filter((code) => used.has(code)) }
}

const codesIn = (runs: Runs) => runs.filter((run) => typeof run !== 'string')

/** Runs with the ids of these codes: the nth occurrence of a code has the id of its nth occurrence there, a new one the next. */
function numberedAs(known: readonly Code[], cut: Runs): { readonly runs: Runs; readonly codes: readonly Code[] } {
  const codes = [...known]
  const free = new Map<string, Code[]>()
  for (const code of known.toReversed()) {
    const same = free.get(code.text)
    if (same) same.push(code)
    else free.set(code.text, [code])
  }
  const runs = cut.map((run) => {
    if (typeof run === 'string') return run
    const same = free.get(run.text)?.pop()
    if (same) return same
    const own = { ...run, id: codes.length + 1 }
    codes.push(own)
    return own
  })
  return { runs, codes }
}

/** A code as a tool shows it: line breaks as a sign, everything else as it is. */
export const shown = ({ text }: Code) => text.replaceAll('\n', '↵').trim()

/** What a translator must know about a text beyond its note: how to translate its forms, and the terms of the glossary in it. */
export const adviceOn = ({ kind, source, glossary }: Pick<Unit, 'kind' | 'source' | 'glossary'>) =>
  [
    ...(kind === 'message' && hasForms(source)
      ? [
          'Holds a sentence for each form: translate the words in the inner braces, keep everything else, add the forms that your language needs.',
        ]
      : []),
    ...(glossary === undefined ? [] : [`Glossary: ${glossary}`]),
  ].join(' ')

/** Whether an ICU message branches (`plural`, `select`, `selectordinal`): such a message stays in one piece. */
const hasForms = (text: string) => /,\s*(?:plural|select|selectordinal)\s*,/.test(text)

const codeTypes = ['argument', 'break', 'code', 'emphasis', 'link', 'list'] as const

/** ICU MessageFormat: what apostrophes quote is text; an argument, with its format if it has one, is a code. */
const message = /''|'[{}][^']*'?|(?<argument>\{[^{}\n\t]*\})/g

/**
 * Markdown: an escaped sign is text. These are codes:
 * - line breaks
 * - what begins a list item, a heading, a quotation or the text of a footnote
 * - the bars of a table, and its second row
 * - marks of footnotes
 * - code spans
 * - the two ends of a link or picture, with its address
 * - bare addresses in pointed brackets
 * - signs of emphasis beside a word
 *
 * No code but a line break holds a tab or a line end, which tools turn into spaces where a code is written as an attribute.
 */
const markdown = new RegExp(
  [
    /\\[!-/:-@[-`{-~]/,
    /(?<break>\n+)/,
    /(?<list>^ *(?:[-+*]|\d{1,9}[.)]|#{1,6}|>) +|^\[\^[^\]\s]+\]: *|^ *\|(?: *:?-+:? *\|)+ *$|(?<! ) *\| *)/,
    /(?<code>\[\^[^\]\s]+\]|(?<!`)`+[^`\n\t]+`+)/,
    /(?<link>!?\[(?=[^[\]\n]*\]\()|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: +"[^"\n\t]*")?\)|<https?:\/\/[^<>\s]*>)/,
    /(?<emphasis>(?<!\s)\*{1,3}|\*{1,3}(?!\s))/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gm',
)
