import type * as z from 'zod'
import { type BriefingFile, briefingFileSchema } from './briefing'
import { historyProblems } from './revisions'

/** Something wrong in a file: which file, where in it, and what was expected. */
export interface FileProblem {
  readonly file: string
  readonly path: string
  readonly message: string
}

/** A problem as a line: file, place, what was expected. */
export const inWords = ({ file, path, message }: FileProblem) => `${file}: ${path === '' ? '' : `${path}: `}${message}`

/** The most that one content file may measure, in bytes. */
export const fileBytesMax = 2_000_000

/** Reads a briefing file. Returns the briefing or every problem found in it; never throws. */
export function readBriefingFile(file: string, bytes: Uint8Array): BriefingFile | readonly FileProblem[] {
  const json = readJson(file, bytes)
  if (isProblems(json)) return json
  const parsed = briefingFileSchema.safeParse(json.value)
  if (!parsed.success) return problemsOf(file, parsed.error)
  const problems = historyProblems(parsed.data).map((problem) => ({ file, ...problem }))
  return problems.length > 0 ? problems : parsed.data
}

export const isProblems = <Value>(result: Value | readonly FileProblem[]): result is readonly FileProblem[] =>
  Array.isArray(result)

/** The schema's complaints, each with its place: `sources.2.risk`, `expected low, medium or high`. */
export const problemsOf = (file: string, error: z.ZodError): readonly FileProblem[] =>
  error.issues.map((issue) => ({ file, path: issue.path.map(String).join('.'), message: complaint(issue) }))

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `does not know ${issue.keys.map((key) => `"${key}"`).join(', ')}: take it out`
  return issue.message.replace(/^Invalid input: /, '').replace(/^Too /, 'too ')
}

/** JSON in strict UTF-8, without duplicate or treacherous keys. */
export function readJson(file: string, bytes: Uint8Array, bytesMax = fileBytesMax): { value: unknown } | readonly FileProblem[] {
  const refuse = (message: string): readonly FileProblem[] => [{ file, path: '', message }]
  if (bytes.length > bytesMax) return refuse(`is larger than ${bytesMax} bytes`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return refuse('is not UTF-8: save it in that encoding')
  }
  try {
    const value = JSON.parse(text) as unknown
    const flaw = flawInKeys(text)
    return flaw === undefined ? { value } : refuse(flaw)
  } catch (error) {
    return refuse(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** What no file here comes near. */
const depthMax = 64
const treacherous = ['__proto__', 'constructor', 'prototype']

/**
 * What is wrong with the keys of a valid JSON text, which its value no longer shows: of a key written twice JSON.parse keeps
 * the last without a word. Keys are compared as they are read, not as they are written (`"\u005f_proto__"`).
 */
function flawInKeys(json: string): string | undefined {
  const open: Set<string>[] = []
  for (const [token, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string
      if (treacherous.includes(key)) return `has a key "${key}", which no file here may have`
      if (open.at(-1)?.has(key)) return `has the key "${key}" twice in one place`
      open.at(-1)?.add(key)
    }
    if (open.length > depthMax) return `is nested deeper than ${depthMax} levels`
  }
  return undefined
}
