import { complaint } from '../language/complaint'
import { readVariables, setting, type Variables } from '../variables'
import { type TaskName, taskNames } from './task'

/** How often tasks run, in milliseconds, if that differs from the table of tasks. */
export type Intervals = Readonly<Partial<Record<TaskName, number>>>

/** Tasks of earlier programs. An interval for one of them is accepted and has no effect. */
const former = ['render-cards']

const interval = `(${[...taskNames, ...former].join('|')})=\\d{2,8}`
const isList = new RegExp(`^${interval}(,${interval})*$`)

const environment = {
  TASK_INTERVALS: setting<Intervals>(
    (text) =>
      isList.test(text)
        ? { value: Object.fromEntries(text.split(',').map((each) => intervalIn(each))) }
        : { problem: complaint('config.intervals', { tasks: taskNames }) },
    {},
  ),
}

function intervalIn(text: string): readonly [name: string, milliseconds: number] {
  const [name = '', milliseconds] = text.split('=')
  return [name, Number(milliseconds)]
}

/** The operator's intervals. Throws as `readConfig` does. */
export const readIntervals = (variables: Variables): Intervals => readVariables(environment, variables).TASK_INTERVALS
