import { type WriteFailure, writeFailureIn } from '../delivery/write-failure'
import type { Database } from '../storage/database'

/** More than what a page of the file has free, so that the file must have room for it. */
const ballast = 'x'.repeat(16_384)

/** Tries to write, and returns why that fails, if it does. Nothing of it stays. */
export async function failureToWrite({ query, atomically }: Database, now: Date): Promise<WriteFailure | undefined> {
  const row = { id: 1, ballast, tried_at: now.toISOString() }
  try {
    await atomically([query.deleteFrom('write_attempt'), query.insertInto('write_attempt').values(row)])
    await atomically([query.deleteFrom('write_attempt')])
    return undefined
  } catch (error) {
    const failure = writeFailureIn(error)
    if (!failure) throw error
    return failure
  }
}
