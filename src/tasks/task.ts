import type { Log } from '../log'
import type { Means } from './means'

/** The doors that run tasks. */
export type Door = 'node' | 'worker'

export const taskNames = [
  'release',
  'print',
  'notify',
  'send-digests',
  'send-mail',
  'deliver',
  'deflate',
  'empty-pictures',
  'ping',
  'draft',
  'condense',
  'count-views',
  'prune',
  'check-cache',
] as const

export type TaskName = (typeof taskNames)[number]

interface Plan {
  readonly name: TaskName
  /** How often Node runs it, in milliseconds, unless its operator says otherwise. */
  readonly every: number
  /** The task that this one follows, where all run together, as on Workers. */
  readonly after?: TaskName
  /** Whether a stop waits for a run of it that is under way. */
  readonly isWaitedFor?: boolean
  /** Whether a run may begin while the last one is under way. */
  readonly mayOverlap?: boolean
}

/** A row of the table: what a task needs and does. */
interface Row<Need extends keyof Means> extends Plan {
  /** The most that it does in one run. */
  readonly most?: Readonly<Record<Door, number>>
  /** The means that it needs. Without them a door does not have this task. */
  readonly needs?: readonly Need[]
  readonly work: (means: With<Need>, most: number) => Promise<unknown>
}

type With<Need extends keyof Means> = Means & { readonly [Name in Need]-?: NonNullable<Means[Name]> }

/** A task that a door can run. */
export interface Task extends Plan {
  readonly run: () => Promise<unknown>
}

/** A row that a door opens with its means: a task, or nothing if one is lacking. */
export type Opening = Plan & { readonly open: (means: Means, door: Door) => readonly Task[] }

/** Makes a row of the table. */
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

/** Runs each task once. A task waits for the one it follows, however that ends. Returns the names of those that failed. */
export async function runAll(tasks: readonly Task[], log: Log['write']): Promise<readonly TaskName[]> {
  const runs = new Map<TaskName, Promise<boolean>>()
  for (const task of tasks) {
    const before = task.after && runs.get(task.after)
    runs.set(task.name, before ? before.then(() => attempt(task, log)) : attempt(task, log))
  }
  const outcomes = await Promise.all(runs.values())
  return [...runs.keys()].filter((_name, index) => !outcomes[index])
}
