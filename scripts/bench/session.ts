/** What the sections of one run share. */
export interface Session {
  /** For databases; removed at the end. */
  readonly folder: string
  /** How many briefings the large site has. */
  readonly many: number
  /** How many briefings are sent to translators. */
  readonly packed: number
  readonly rounds: number
  /** How long each subject is asked in a round. */
  readonly seconds: number
}
