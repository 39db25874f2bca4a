import type { PageCache } from '../delivery/page-cache'
import type { Tally } from '../demand/demand'
import type { Log } from '../log'
import type { Mailer } from '../mail/mail'
import type { LiveSite } from '../site'
import type { SearchEngines } from '../sitemaps/search-engines'
import type { MachineConfig } from '../translations/machine/config'
import type { Translator } from '../translations/machine/translator'
import type { Caller } from '../webhooks/delivery'

/** What a door hands to its tasks: the site, and what its runtime and configuration offer. */
export interface Means {
  readonly site: LiveSite
  readonly log: Log['write']
  /** After an abort no further mail or event is sent. Those under way are finished. */
  readonly stop?: AbortSignal
  /** Lets requests be answered in between. A door with it prints all that waits in one run. */
  readonly pause?: () => Promise<void>
  readonly mailer?: Mailer | undefined
  /** Calls endpoints, at most `atOnce` at the same time. */
  readonly courier?: { readonly caller: Caller; readonly atOnce: number }
  readonly searchEngines?: SearchEngines | undefined
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
