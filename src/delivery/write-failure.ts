import { Refusal } from '../problem'

/**
 * Why a database did not write. `full`: there is no room. `unwritable`: it may only be read, or another program keeps it busy. After both
 * it is as it was before. `uncertain`: the disk or the network failed, so nobody knows.
 */
export type WriteFailure = 'full' | 'unwritable' | 'uncertain'

/** By their codes and words: those of SQLite, which D1 repeats, and those of D1 (Cloudflare, “Debug D1”). */
const patterns: readonly (readonly [WriteFailure, RegExp])[] = [
  ['full', /SQLITE_FULL|database or disk is full|exceeded maximum (db size|account storage)/i],
  [
    'unwritable',
    /SQLITE_(READONLY|BUSY|LOCKED|CANTOPEN)|readonly database|database (table )?is locked|unable to open database file|D1 DB is overloaded/i,
  ],
  [
    'uncertain',
    /SQLITE_IOERR|disk I\/O error|network connection lost|D1 DB (storage|reset)|storage (operation|caused)|internal error .*D1|cannot resolve D1/i,
  ],
]

/** Whether an error is that of a database that did not write, and why. */
export function writeFailureIn(error: unknown): WriteFailure | undefined {
  if (!(error instanceof Error) || error.name === 'Refusal') return undefined
  const said = `${'code' in error ? String(error.code) : ''} ${error.message}`
  return patterns.find(([, pattern]) => pattern.test(said))?.[0]
}

/** What became of a request that could not be written. */
type Kept = 'nothing' | 'unknown' | 'saved'

/** The refusal for a request whose one write failed like this, or `undefined` if it failed in another way. */
export function unwritten(error: unknown): Refusal | undefined {
  const failure = writeFailureIn(error)
  switch (failure) {
    case 'full':
      return new Refusal('database.full', {}, because('full', 'nothing', error))
    case 'unwritable':
      return new Refusal('database.unwritable', {}, because('unwritable', 'nothing', error))
    case 'uncertain':
      return new Refusal('database.uncertain', {}, because('unwritable', 'unknown', error))
    default:
      return undefined
  }
}

/** The same for what was written already, and only lacks its print. */
export function unprinted(error: unknown): Refusal | undefined {
  const failure = writeFailureIn(error)
  const kind = failure === 'full' ? 'full' : 'unwritable'
  return failure && new Refusal('database.unprinted', {}, because(kind, 'saved', error))
}

const because = (kind: 'full' | 'unwritable', kept: Kept, cause: unknown) => ({ kind, members: { kept }, cause })

/** For a note that may be missing: drops the failure of its write, because a request must not fail by it. Throws all else. */
export function unlessUnwritten(error: unknown): void {
  if (!writeFailureIn(error)) throw error
}
