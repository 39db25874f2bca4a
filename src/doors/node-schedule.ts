import type { Log } from '../log'
import type { Intervals } from '../tasks/intervals'
import { attempt, type Task, type TaskName } from '../tasks/task'

/** Runs tasks beside the requests. */
interface Schedule {
  /** Begins no more tasks. Returns when the tasks that a stop waits for are done. */
  end(): Promise<unknown>
  /** Runs one task, whatever its interval. */
  run(name: TaskName): Promise<unknown>
}

/** Runs each task at once and then at its interval. Failures are logged, and end nothing. */
export function openSchedule(tasks: readonly Task[], intervals: Intervals, log: Log['write']): Schedule {
  const underWay = new Map<Promise<unknown>, Task>()

  function begin(task: Task) {
    if (!task.mayOverlap && [...underWay.values()].includes(task)) return
    const run = attempt(task, log).finally(() => underWay.delete(run))
    underWay.set(run, task)
  }

  const timers = tasks.map((task) => {
    setImmediate(begin, task)
    return setInterval(begin, intervals[task.name] ?? task.every, task).unref()
  })

  return {
    async end() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all([...underWay].flatMap(([run, { isWaitedFor }]) => (isWaitedFor ? [run] : [])))
    },
    run: async (name) => await Promise.all(tasks.filter((task) => task.name === name).map((task) => attempt(task, log))),
  }
}
