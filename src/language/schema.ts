import type * as z from 'zod'
import type { Complaint, NewsroomKey } from './complaint'
import { complaintOf } from './schema-issue'

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
