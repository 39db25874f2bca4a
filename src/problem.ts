import type { Complaint, NewsroomKey } from './language/complaint'
import { explain } from './language/newsroom'

/** The kinds of refusals, each with its HTTP status. */
export const statuses = {
  invalid: 400,
  unauthorised: 401,
  forbidden: 403,
  not_found: 404,
  not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported: 415,
  unprocessable: 422,
  precondition_required: 428,
  too_many: 429,
  internal: 500,
  not_offered: 501,
  unavailable: 503,
  unwritable: 503,
  full: 507,
} as const

export type ProblemCode = keyof typeof statuses
export const problemCodes = Object.keys(statuses) as readonly ProblemCode[]

/** Headers that HTTP asks of a refusal: how to get in (RFC 6750, 3), how a body may be coded (RFC 9110, 12.5.3). */
export const demands: Partial<Record<ProblemCode, Readonly<Record<string, string>>>> = {
  unauthorised: { 'WWW-Authenticate': 'Bearer' },
  unsupported: { 'Accept-Encoding': 'identity' },
}

/** A refusal's kind (by default `unprocessable`), its own members and headers, and the error behind it. */
interface More {
  readonly kind?: ProblemCode
  readonly members?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/**
 * A refusal that the program foresees: a complaint that its reader may see. Its message is the complaint in English. Any other error is a
 * fault of the program. It keeps its stack, is logged, and is never shown.
 */
export class Refusal extends Error implements Complaint {
  override readonly name = 'Refusal'
  readonly code: NewsroomKey
  readonly values: Complaint['values']
  readonly kind: ProblemCode
  readonly members: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: NewsroomKey,
    values: Complaint['values'] = {},
    { kind = 'unprocessable', members = {}, headers = {}, ...behind }: More = {},
  ) {
    super(explain({ code, values }), behind)
    this.code = code
    this.values = values
    this.kind = kind
    this.members = members
    this.headers = headers
  }
}

/** The complaint of a refusal, as a plain value. */
export const complaintIn = ({ code, values }: Refusal): Complaint => ({ code, values })
