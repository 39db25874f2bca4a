import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import { type Blob, blobOf, bytesIn, type Database } from './database'
import { deflated, inflated } from './deflate'
import { type Piece, packed, pieceOf, plainOf, textOf, unpacked } from './gzip'

/*
 * What a print writes, as it is stored. An answer, and an edition for everyone, are pieces that a page is joined from (`storage/gzip.ts`); the
 * reading, which says the same, is deflated with its article as what it is like. An edition for members is what differs from everyone's, and
 * it is deflated alone: how long it is says nothing of it beside a public text.
 */

/** An edition as plain texts: its article, and its reading as JSON. */
export interface Texts {
  readonly lead: string
  readonly body: string
  readonly document: string
}

/** The pieces of an answer in the order in which they are stored. */
const answerFields = ['head', 'masthead', 'notice', 'facts', 'ending'] as const
type AnswerField = (typeof answerFields)[number]

/** Stands before the fingerprint of what is deflated. The program of before then takes it for another program's, and prints it anew. */
const mark = 'z'
export const marked = (fingerprint: string) => mark + fingerprint
export const unmarked = (fingerprint: string) => (fingerprint.startsWith(mark) ? fingerprint.slice(mark.length) : fingerprint)

/** The columns of an answer that are deflated. */
export const deflatedAnswer = (printed: Readonly<Record<AnswerField, string>>, fingerprint: string) => ({
  ...{ head: '', masthead: '', notice: '', facts: '', ending: '' },
  fingerprint: marked(fingerprint),
  deflated: packed(answerFields.map((field) => pieceOf(printed[field]))),
})

/** The columns of an edition that are deflated. `everyones` is everyone's in the same language, if this one is for members. */
export const deflatedEdition = (texts: Texts, card: string, fingerprint: string, everyones: Texts | undefined) => ({
  ...{ lead: '', body: '' },
  fingerprint: marked(fingerprint),
  reading: refusedReading(texts.document),
  card: everyones ? '{}' : card, // Lists show everyone's.
  deflated: everyones ? deflated(JSON.stringify(differenceOf(everyones, texts))) : everyonesBytes(texts),
})

const everyonesBytes = ({ lead, body, document }: Texts) =>
  packed([pieceOf(lead), pieceOf(body)], deflated(document, lead + body))

/** A reading that the program of before refuses to read. It has what queries look for. */
function refusedReading(document: string): string {
  const { publishedAt, changedAt } = JSON.parse(document) as Record<string, unknown>
  return JSON.stringify({ '@version': 2, publishedAt, changedAt })
}

/** How a text differs from another: how many characters both begin and end with, and what is between them. */
type Middle = readonly [begins: number, ends: number, between: string]

interface Differences {
  readonly lead: Middle
  readonly body: Middle
  /** The fields of the reading that differ; or all of it, if it has others or in another order. */
  readonly document: Readonly<Record<string, unknown>> | string
}

const differenceOf = (from: Texts, { lead, body, document }: Texts): Differences => ({
  lead: middleOf(from.lead, lead),
  body: middleOf(from.body, body),
  document: fieldsOf(from.document, document),
})

function middleOf(from: string, text: string): Middle {
  const most = Math.min(from.length, text.length)
  let begins = 0
  while (begins < most && from[begins] === text[begins]) begins += 1
  let ends = 0
  while (ends < most - begins && from.at(-1 - ends) === text.at(-1 - ends)) ends += 1
  return [begins, ends, text.slice(begins, text.length - ends)]
}

const applied = (from: string, [begins, ends, between]: Middle) =>
  from.slice(0, begins) + between + from.slice(from.length - ends)

function fieldsOf(from: string, document: string): Differences['document'] {
  const [before, after] = [from, document].map((each) => JSON.parse(each) as Record<string, unknown>)
  const isOther = ([key, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(before?.[key])
  const fields = Object.fromEntries(Object.entries(after ?? {}).filter(isOther))
  return JSON.stringify({ ...before, ...fields }) === document ? fields : document
}

/** A row of `edition` as a query of these columns returns it: what of it is deflated, or its texts as JSON. */
export interface EditionRow {
  readonly edition: Blob | null
  readonly plainEdition: string | null
}

/** The columns from which an edition is read. */
export const editionColumns = (database: Database, from: string) => [
  deflatedIn(database, from).as('edition'),
  sql<string | null>`iif(${sql.ref(`${from}.deflated`)} is null, ${plainEdition(from)}, null)`.as('plainEdition'),
]

const plainEdition = (from: string) =>
  sql`json_object('lead', ${sql.ref(`${from}.lead`)}, 'body', ${sql.ref(`${from}.body`)}, 'document', ${sql.ref(`${from}.reading`)})`

const plainIn = ({ plainEdition }: EditionRow) => JSON.parse(plainEdition ?? '{}') as Texts

const deflatedIn = (database: Database, from: string): RawBuilder<Blob | null> => blobOf(database, sql.ref(`${from}.deflated`))

/** A part of a page: a piece as it is stored, or a text. */
export type Part = Piece | string

/** The same parts, each changed. */
export const withEach = <Name extends string, From, To>(
  parts: Record<Name, From>,
  change: (part: From) => To,
): Record<Name, To> =>
  Object.fromEntries(Object.entries<From>(parts).map(([name, part]) => [name, change(part)])) as Record<Name, To>

export const asText = (part: Part): string => (typeof part === 'string' ? part : textOf(part))

/** The article of an edition. `everyones` is the row of everyone's edition, if this one is for members. */
export function articleIn(row: EditionRow, everyones?: EditionRow): Record<'lead' | 'body', Part> {
  if (row.edition === null) return plainIn(row)
  if (everyones) return textsOfMembers(row.edition, everyones)
  const [lead = '', body = ''] = unpacked(bytesIn(row.edition), 2).pieces
  return { lead, body }
}

/** The reading of an edition as JSON. */
export function documentIn(row: EditionRow, everyones?: EditionRow): string {
  if (row.edition === null) return plainIn(row).document
  if (everyones) return textsOfMembers(row.edition, everyones).document
  const { pieces, rest } = unpacked(bytesIn(row.edition), 2)
  return inflated(rest, plainOf(pieces))
}

function textsOfMembers(deflated: Blob, everyones: EditionRow): Texts {
  const { lead, body, document } = JSON.parse(inflated(bytesIn(deflated))) as Differences
  const from = articleIn(everyones)
  return {
    lead: applied(asText(from.lead), lead),
    body: applied(asText(from.body), body),
    get document() {
      if (typeof document === 'string') return document
      return JSON.stringify({ ...(JSON.parse(documentIn(everyones)) as object), ...document })
    },
  }
}

/** The columns from which the pieces of an answer are read. */
export const answerColumns = (database: Database, from: string) => [
  deflatedIn(database, from).as('answer'),
  sql<string | null>`iif(${sql.ref(`${from}.deflated`)} is null, ${plainAnswer(from)}, null)`.as('plainAnswer'),
]

const plainAnswer = (from: string) => sql`json_array(${sql.join(answerFields.map((field) => sql.ref(`${from}.${field}`)))})`

/** An edition in plain texts. */
export function textsIn(row: EditionRow, everyones?: EditionRow): Texts {
  const { lead, body } = articleIn(row, everyones)
  return { lead: asText(lead), body: asText(body), document: documentIn(row, everyones) }
}

/** A row of `resolution` as a query of these columns returns it: what of it is deflated, or its texts as JSON. */
export interface AnswerRow {
  readonly answer: Blob | null
  readonly plainAnswer: string | null
}

/** The pieces of an answer. */
export function surroundingsIn({ answer, plainAnswer }: AnswerRow): Record<AnswerField, Part> {
  const parts: readonly Part[] =
    answer === null ? (JSON.parse(plainAnswer ?? '[]') as string[]) : unpacked(bytesIn(answer), answerFields.length).pieces
  const [head = '', masthead = '', notice = '', facts = '', ending = ''] = parts
  return { head, masthead, notice, facts, ending }
}

/** Whether one of these rows is everyone's, and which: the last, because they are sorted by tier, the highest first. */
export const everyonesAmong = <Row>(rows: readonly Row[]): Row | undefined => (rows.length > 1 ? rows.at(-1) : undefined)
