import type { Database } from '../../src/storage/database'

/** A disturbance of a database: just before its next atomic write, once, what `meanwhile` was last given happens. */
export function interrupted() {
  let waiting: (() => Promise<unknown>) | undefined
  return {
    disturbed: (database: Database): Database => ({
      ...database,
      atomically: async (writes) => {
        const act = waiting
        waiting = undefined
        await act?.()
        return await database.atomically(writes)
      },
    }),
    meanwhile: (act: () => Promise<unknown>): void => {
      waiting = act
    },
  }
}
