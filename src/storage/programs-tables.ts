import type { Generated } from 'kysely'

/** Tables of programs: those that call the API, and those that webhooks call. */
export interface ProgramsTables {
  write_attempt: { id: number; ballast: string; tried_at: string }
  access_token: {
    id: string
    name: string
    hash: string
    locales: string
    may_write: number
    may_edit: Generated<number>
    may_publish: Generated<number>
    may_admit: Generated<number>
    sees_gated: number
    created_at: string
    expires_at: string | null
    last_used_at: string | null
    revoked_at: string | null
  }
  sent_before: {
    token_id: string
    key: string
    request: string
    begun_at: string
    status: number | null
    headers: string
    body: string
  }
  webhook_endpoint: {
    id: string
    url: string
    secret: string
    former_secret: string | null
    former_until: string | null
    events: string
    locales: string
    added_at: string
    free_at: Generated<string>
    failing_since: string | null
    disabled_at: string | null
    reason: string | null
  }
  webhook_event: { id: string; type: string; locales: string; at: string; payload: string }
  webhook_delivery: {
    event_id: string
    endpoint_id: string
    due_at: string | null
    attempts: Generated<number>
    status: number | null
    answer: string | null
    delivered_at: string | null
    failed_at: string | null
  }
}
