import type * as z from 'zod'
import { type Complaint, complaint } from '../language/complaint'
import { heldTo, type Misfit } from '../language/schema'
import { Refusal } from '../problem'
import { type BriefingFile, briefingFileSchema } from './briefing'
import { historyProblems } from './history-problems'
import { unrenderedIn } from './passages'

/** A problem in a file: the file, the place in it (empty: the whole file), and the complaint. */
export interface FileProblem extends Misfit {
  readonly file: string
}

/** The name of the file of a briefing or a page, below the folder of the content. */
export const fileNameOf = ({ id, slug, publication }: Pick<BriefingFile, 'id' | 'slug' | 'publication'>): string =>
  publication === 'page' ? `db/pages/${id}.md` : `db/briefings/${slug}.json`

/** A problem with its place, as one complaint. Without a file, it is about what was sent. */
export function placed({ file, path, complaint: problem }: FileProblem): Complaint {
  if (file === '') return path === '' ? problem : complaint('problem.place', { place: path, problem })
  return path === ''
    ? complaint('problem.place', { place: file, problem })
    : complaint('problem.file', { file, place: path, problem })
}

/** The refusal of files, with a line for each problem, at most `most` lines. */
export function unfit(problems: readonly FileProblem[], most = Number.POSITIVE_INFINITY): Refusal {
  const lines = problems.slice(0, most).map(placed)
  const left = problems.length - lines.length
  const all = left > 0 ? [...lines, complaint('problem.more', { count: left })] : lines
  return new Refusal('problem.list', { problems: { lines: all } })
}

/** The largest content file, in bytes. */
export const fileBytesMax = 2_000_000

/** What is wrong with a briefing that has the form of one: in its history, and in its passages. */
export const flawsIn = (file: string, briefing: BriefingFile): readonly FileProblem[] =>
  [...historyProblems(briefing), ...unrenderedIn(briefing)].map((problem) => ({ file, ...problem }))

/** Reads a briefing file, in which parts that are absent are left out. Returns the briefing or every problem in it. Never throws. */
export function readBriefingFile(file: string, bytes: Uint8Array): BriefingFile | readonly FileProblem[] {
  const read = readAs(briefingFileSchema, file, bytes)
  if (isProblems(read)) return read
  const problems = flawsIn(file, read)
  return problems.length > 0 ? problems : read
}

export const isProblems = <Value>(result: Value | readonly FileProblem[]): result is readonly FileProblem[] =>
  Array.isArray(result)

/** A file in JSON as a value of a schema, or every problem found in it. */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  file: string,
  bytes: Uint8Array,
  bytesMax = fileBytesMax,
): z.output<Schema> | readonly FileProblem[] {
  const text = bytes.length > bytesMax ? complaint('file.large', { most: bytesMax }) : decoded(bytes)
  return typeof text === 'string' ? readTextAs(schema, file, text) : [{ file, path: '', complaint: text }]
}

/** The same of a file that is decoded already. */
export function readTextAs<Schema extends z.ZodType>(
  schema: Schema,
  file: string,
  text: string,
): z.output<Schema> | readonly FileProblem[] {
  const json = jsonIn(text)
  if ('flaw' in json) return [{ file, path: '', complaint: json.flaw }]
  const held = heldTo(schema, json.value)
  return 'data' in held ? held.data : held.misfits.map((misfit) => ({ file, ...misfit }))
}

/** Reads text in strict UTF-8. */
export function decoded(bytes: Uint8Array): string | Complaint {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return complaint('file.not-utf8')
  }
}

/** Reads JSON without duplicate or treacherous keys. */
function jsonIn(text: string): { readonly value: unknown } | { readonly flaw: Complaint } {
  try {
    const value = JSON.parse(text) as unknown
    const flaw = flawInKeys(text)
    return flaw === undefined ? { value } : { flaw }
  } catch (error) {
    return { flaw: complaint('json.invalid', { fault: error instanceof Error ? error.message : String(error) }) }
  }
}

/** A limit that no real file comes near. */
const depthMax = 64
const treacherous = ['__proto__', 'constructor', 'prototype']

/**
 * What is wrong with the keys of a valid JSON text. Its value does not show it: JSON.parse silently keeps the last of two equal keys. Keys
 * are compared as they are read, not as they are written (`"\u005f_proto__"`).
 */
function flawInKeys(json: string): Complaint | undefined {
  const open: Set<string>[] = []
  for (const [token, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string
      if (treacherous.includes(key)) return complaint('json.key', { key })
      if (open.at(-1)?.has(key)) return complaint('json.key-twice', { key })
      open.at(-1)?.add(key)
    }
    if (open.length > depthMax) return complaint('json.deep', { most: depthMax })
  }
  return undefined
}
