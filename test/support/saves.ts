import { type PackFormat, packFormats } from '../../src/translations/packs/pack'

/** A text that somebody sent, and what they were told of it. */
export interface SentText {
  readonly segment: string
  readonly text: string
  readonly outcome: string
  /** The text in the answer, where it was not saved. */
  readonly told: string | undefined
  /** Whether it was sent again because no answer came: it may have been saved the first time. */
  readonly isRepeated?: boolean
}

/** What a translation holds of its past: the texts of each revision, oldest first, and those that were set aside. */
export interface Past {
  readonly revisions: readonly Readonly<Record<string, { readonly text: string }>>[]
  readonly aside: readonly { readonly segment: string; readonly text: string }[]
}

/** Segments that are a line, so that any words are a translation of them. */
const lines = ['title', 'topic', 'summary', 'image.alt', 'image.caption', 'image.context', 'image.relevance']

/** The texts of a turn of a writer: one to three segments, each with words that nobody else sends. */
export function textsOf(writer: number, turn: number): Readonly<Record<string, string>> {
  const count = 1 + ((writer + turn) % 3)
  const ids = Array.from({ length: count }, (_, index) => lines[(writer * 5 + turn * 3 + index * 2) % lines.length] ?? '')
  return Object.fromEntries(ids.map((id) => [id, `De ${inLetters(writer)}, ${inLetters(turn)}: ${id}`]))
}

/** A number as letters, because the checks compare numbers with those of the English. */
const inLetters = (number: number) =>
  [...number.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('')

export const formatOf = (turn: number): PackFormat => packFormats[turn % packFormats.length] ?? 'po'

/** What is lost, doubled or made up: each accepted text has to be in the history once, each refused one in its answer whole. */
export function faultsIn(sent: readonly SentText[], { revisions, aside }: Past): readonly string[] {
  const added = new Map<string, number>()
  for (const [index, segments] of revisions.entries()) {
    for (const [id, { text }] of Object.entries(segments)) {
      if (index > 0 && revisions[index - 1]?.[id]?.text !== text)
        added.set(`${id}\n${text}`, (added.get(`${id}\n${text}`) ?? 0) + 1)
    }
  }
  const kept = aside.map(({ segment, text }) => `${segment}\n${text}`)
  const faults = sent.flatMap(({ segment, text, outcome, told, isRepeated = false }) => {
    const key = `${segment}\n${text}`
    const times = added.get(key) ?? 0
    added.delete(key)
    if (outcome === 'accepted' || (isRepeated && outcome === 'unchanged'))
      return times === 1 ? [] : [`${text} was accepted and is in the history ${times} times`]
    if (outcome !== 'conflict') return [`${text} is ${outcome}`]
    const isKept = told === text && times <= (isRepeated ? 1 : 0) && kept.filter((each) => each === key).length === 1
    return isKept ? [] : [`${text} was refused and is not kept`]
  })
  return [...faults, ...[...added.keys()].map((key) => `${key} was sent by nobody`)]
}
