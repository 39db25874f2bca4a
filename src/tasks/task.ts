import type { Log } from '../log'
import type { Means } from './means'

/** The doors that run tasks. */
export type Door = 'node' | 'worker'

export const taskNames = [
  'print',
  'notify',
  'send-digests',
  'send-mail',
  'deliver',
  'render-cards',
  'ping',
  'draft',
  'count-views',
  'prune',
  'check-cache',
] as const

export type TaskName = (typeof taskNames)[number]

interface Plan {
  readonly name: TaskName
  /** How often Node runs it, in milliseconds, unless its operator says otherwise. */
  readonly every: number
  /** Where all run one after another, as on Workers: the task that goes before this one. */
  readonly after?: TaskName
  /** Whether a stop waits for a run of it that is under way. */
  readonly isWaitedFor?: boolean
  /** Whether a run begins also while the last one is under way. */
  readonly mayOverlap?: boolean
}

/** One row of the table: what a task needs and does. */
interface Row<Need extends keyof Means> extends Plan {
  /** How much it does in one run, at the most. */
  readonly most?: Readonly<Record<Door, number>>
  /** The means without which there is no such task. */
  readonly needs?: readonly Need[]
  readonly work: (means: With<Need>, most: number) => Promise<unknown>
}

type With<Need extends keyof Means> = Means & { readonly [Name in Need]-?: NonNullable<Means[Name]> }

/** A task that a door can run. */
export interface Task extends Plan {
  readonly run: () => Promise<unknown>
}

/** A row that a door opens with its means: a task, or nothing where it lacks one of them. */
export type Opening = Plan & { readonly open: (means: Means, door: Door) => readonly Task[] }

/** A row of the table. */
export function row<Need extends keyof Means = never>({ most, needs = [], work, ...plan }: Row<Need>): Opening {
  const hasAll = (means: Means): means is With<Need> => needs.every((need) => means[need] !== undefined)
  const open = (means: Means, door: Door) =>
    hasAll(means) ? [{ ...plan, run: () => work(means, most?.[door] ?? Number.POSITIVE_INFINITY) }] : []
  return { ...plan, open }
}

/** Runs a task and logs what goes wrong. Returns whether it went well. */
export async function attempt({ name, run }: Pick<Task, 'name' | 'run'>, log: Log['write']): Promise<boolean> {
  try {
    await run()
    return true
  } catch (error) {
    log({ level: 'error', task: name, error: String(error), stack: error instanceof Error ? error.stack : undefined })
    return false
  }
}

/** Runs each task once, after the one that goes before it, however that ended. Returns which failed. */
export async function runAll(tasks: readonly Task[], log: Log['write']): Promise<readonly TaskName[]> {
  const runs = new Map<TaskName, Promise<boolean>>()
  for (const task of tasks) {
    const before = task.after && runs.get(task.after)
    runs.set(task.name, before ? before.then(() => attempt(task, log)) : attempt(task, log))
  }
  const outcomes = await Promise.all(runs.values())
  return [...runs.keys()].filter((_name, index) => !outcomes[index])
}
