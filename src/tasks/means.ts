import type { PageCache } from '../delivery/page-cache'
import type { Tally } from '../demand/demand'
import type { Log } from '../log'
import type { Mailer } from '../mail/mail'
import type { Draw } from '../sharing/drawing'
import type { LiveSite } from '../site'
import type { Announcer } from '../sitemaps/announcer'
import type { MachineConfig } from '../translations/machine/config'
import type { Translator } from '../translations/machine/translator'
import type { Caller } from '../webhooks/delivery'

/** What a door hands to its tasks: the site, and the means that its runtime and its configuration have. */
export interface Means {
  readonly site: LiveSite
  readonly log: Log['write']
  /** Once it is aborted no further mail or event is sent; those under way are finished. */
  readonly stop?: AbortSignal
  /** Lets readers have their turn. A door that has it prints all that waits in one run. */
  readonly pause?: () => Promise<void>
  readonly draw?: Draw
  readonly mailer?: Mailer | undefined
  /** Calls endpoints, so many at the same time. */
  readonly courier?: { readonly caller: Caller; readonly atOnce: number }
  readonly announcer?: Announcer | undefined
  readonly drafting?: Drafting | undefined
  /** Fallback views that wait to be written down. */
  readonly tally?: Tally
  /** The pages that this process holds. */
  readonly pages?: PageCache
}

/** A translator, and what it drafts by itself. */
export interface Drafting {
  readonly translator: Translator
  readonly machine: MachineConfig
}
