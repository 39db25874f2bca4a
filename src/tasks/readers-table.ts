import { countViews } from './count-views'
import type { Means } from './means'
import { noticePrints } from './notice-prints'
import { type Opening, row, type Task } from './task'

const second = 1000

/** The tasks that belong to whoever answers readers: on Node their thread runs these, and the newsroom's thread all others. */
export const readersTable: readonly Opening[] = [
  row({ name: 'count-views', every: 30 * second, needs: ['tally'], work: countViews }),
  row({ name: 'check-cache', every: second, needs: ['pages'], work: noticePrints }),
]

/** These tasks, where Node's readers are answered. */
export const openReadersTasks = (means: Means): readonly Task[] => readersTable.flatMap(({ open }) => open(means, 'node'))
