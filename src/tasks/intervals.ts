import * as z from 'zod'
import { readVariables, type Variables } from '../config'
import { complaint } from '../language/complaint'
import { type TaskName, taskNames } from './task'

/** How often tasks run, in milliseconds, if that differs from the table of tasks. */
export type Intervals = Readonly<Partial<Record<TaskName, number>>>

const interval = `(${taskNames.join('|')})=\\d{2,8}`

const environment = z.object({
  TASK_INTERVALS: z
    .string()
    .refine((list) => new RegExp(`^${interval}(,${interval})*$`).test(list), {
      params: { complaint: complaint('config.intervals', { tasks: taskNames }) },
    })
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
