import type * as z from 'zod'
import english from '../../locales/en/newsroom.json'
import { type Complaint, complaint, type NewsroomKey, quoted } from './complaint'

/** Where in a value something is wrong (`sources.2.risk`; empty: in the whole), and what. */
export interface Misfit {
  readonly path: string
  readonly complaint: Complaint
}

/** What a schema says of a value that is not of its form, in place of its own words. */
export const says = (code: NewsroomKey): { readonly error: NewsroomKey } => ({ error: code })

/** Complains of a value from within a schema. */
export const complain = (context: z.RefinementCtx, complaint: Complaint, path: readonly (string | number)[] = []): void =>
  context.addIssue({ code: 'custom', path: [...path], params: { complaint } })

/** A value held to a schema: what it is then, or everything that is wrong with it. */
export function heldTo<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly data: z.output<Schema> } | { readonly misfits: readonly Misfit[] } {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return { data: parsed.data }
  const misfits = parsed.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), issue }))
  const ofAnotherKind = new Set(misfits.filter(({ issue }) => issue.code === 'invalid_type').map(({ path }) => path))
  return {
    misfits: misfits
      // What else zod says of a text in place of a list, such as that it has too many entries, is nonsense.
      .filter(({ path, issue }) => issue.code === 'invalid_type' || !ofAnotherKind.has(path))
      .map(({ path, issue }) => ({ path, complaint: complaintOf(issue) })),
  }
}

type Issue = z.core.$ZodIssue

function complaintOf(issue: Issue): Complaint {
  if (issue.code === 'custom' && issue.params?.['complaint']) return issue.params['complaint'] as Complaint // From `complain`.
  if (Object.hasOwn(english, issue.message)) return complaint(issue.message as NewsroomKey) // From `says`.
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? complaint('schema.missing') : ofKind(issue.expected)
    case 'invalid_value':
      return complaint('schema.choice', { choices: { oneOf: issue.values.map(String) } })
    case 'unrecognized_keys':
      return complaint('schema.keys', { count: issue.keys.length, keys: issue.keys.map(quoted) })
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum))
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum))
    default:
      return complaint('schema.form')
  }
}

function ofKind(expected: string): Complaint {
  if (expected === 'string') return complaint('schema.text')
  if (expected === 'int') return complaint('schema.whole-number')
  if (expected === 'number') return complaint('schema.number')
  if (expected === 'array') return complaint('schema.list')
  return expected === 'object' || expected === 'record' ? complaint('schema.object') : complaint('schema.form')
}

function tooBig(origin: string, most: number): Complaint {
  if (origin === 'string') return complaint('schema.longest', { most })
  return origin === 'array' ? complaint('schema.entries-most', { most }) : complaint('schema.number-most', { most })
}

function tooSmall(origin: string, least: number): Complaint {
  if (origin === 'string') return complaint('schema.shortest', { least })
  return origin === 'array' ? complaint('schema.entries-least', { least }) : complaint('schema.number-least', { least })
}
