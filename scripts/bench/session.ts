import type { Finding } from './report'

/** What the rows of one run share. */
export interface Session {
  /** Whether the whole run is to take no more than five minutes. */
  readonly isQuick: boolean
  /** For databases; removed at the end. */
  readonly folder: string
  /** How many briefings the large site has. */
  readonly many: number
  /** How many editions the large site has that is searched. */
  readonly searched: number
  /** How many briefings are sent to translators. */
  readonly packed: number
  readonly rounds: number
  /** How long each subject is asked in a round. */
  readonly seconds: number
}

/** A row of the benchmark: it measures one thing, and returns a finding for each figure. */
export type Row = (session: Session) => Promise<readonly Finding[]>
