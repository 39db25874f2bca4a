import * as z from 'zod'
import { readVariables, type Variables } from '../config'
import { type TaskName, taskNames } from './task'

/** How often tasks run, in milliseconds, where that is not as the table of tasks has it. */
export type Intervals = Readonly<Partial<Record<TaskName, number>>>

const interval = `(${taskNames.join('|')})=\\d{2,8}`

const environment = z.object({
  TASK_INTERVALS: z
    .string()
    .regex(
      new RegExp(`^${interval}(,${interval})*$`),
      `expected tasks with at least 10 milliseconds, such as print=60000,notify=10000: there are ${taskNames.join(', ')}`,
    )
    .transform(
      (list): Intervals =>
        Object.fromEntries(
          list
            .split(',')
            .map((each) => each.split('='))
            .map(([name, ms]) => [name, Number(ms)]),
        ),
    )
    .default({}),
})

/** The operator's intervals. Throws as `readConfig` does. */
export const readIntervals = (variables: Variables): Intervals => readVariables(environment, variables).TASK_INTERVALS
