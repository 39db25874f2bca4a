import type { D1Database, Fetcher, R2Bucket, SendEmail } from '@cloudflare/workers-types'
import type { PlatformCounter } from '../delivery/limits'
import type { Inference } from '../translations/machine/workers-ai'

/** What `wrangler.toml` binds. Variables have the names of the Node door's environment. */
export interface Environment {
  readonly DB: D1Database
  /** The static files. */
  readonly ASSETS: Fetcher
  /** Cloudflare's Email Service; without it, mail is kept. */
  readonly EMAIL?: SendEmail
  readonly ORIGIN?: string
  readonly SITE_NAME?: string
  readonly AI?: Inference
  /** Keeps pictures of cards for all places; without it, each place draws its own. */
  readonly PICTURES?: R2Bucket
  readonly MAIL_FROM?: string
  readonly INDEXNOW_KEY?: string
  readonly INDEXNOW_URL?: string
  readonly SIGN_IN_LIMIT: PlatformCounter
  readonly FORM_LIMIT: PlatformCounter
  readonly API_LIMIT: PlatformCounter
  readonly API_TOKEN_LIMIT: PlatformCounter
  readonly CARD_LIMIT: PlatformCounter
  readonly COMMENTS?: string
  readonly SECOND_PERSON?: string
  readonly DIGEST_HOUR?: string
  readonly TASK_INTERVALS?: string
}
