/** The few ways in which this program refuses, and the one table from each to its HTTP status. */
export const statuses = {
  invalid: 400,
  not_found: 404,
  not_allowed: 405,
  too_large: 413,
  internal: 500,
  unavailable: 503,
} as const

export type ProblemCode = keyof typeof statuses

/** A refusal with a reason that its reader may see. Anything else that is thrown is internal and never shown. */
export class Problem extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode, detail: string) {
    super(detail)
    this.code = code
  }
}
