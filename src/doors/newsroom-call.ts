import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { CompiledQuery } from 'kysely'
import type { Log } from '../log'
import type { Render } from '../sharing/rendering'
import { type Call, callsTo } from './calls'
import type { Answered, HandedOver } from './hand-over'

const folder = dirname(fileURLToPath(import.meta.url))

/** The megabytes that the thread may fill with what is soon thrown away. By itself V8 takes several times as many and keeps them. */
const youngMost = 24

/** Tells the newsroom's thread from others. */
export const work = 'newsroom'

/** A statement as it crosses. */
export type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>

/** What the newsroom's thread does for the readers' thread. */
export type Newsroom = {
  /** Returns what the operator is to be told, when the database is open and the tasks have begun. */
  readonly open: () => Promise<readonly string[]>
  readonly answer: (handed: HandedOver) => Promise<Answered>
  readonly write: (statements: readonly Statement[]) => Promise<readonly number[]>
  readonly draw: Render
  /** Begins no more tasks. Returns when those are done that a stop waits for. */
  readonly rest: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What the readers' thread hears unasked: that there was a print, and what is to be logged. */
export type Notice = 'printed' | Parameters<Log['write']>[0]

/** Starts the thread that owns every write. `ended` is called when it ends, with the reason if there is one. */
export function startNewsroom(noticed: (notice: Notice) => void, ended: (error: unknown) => void): Call<Newsroom> {
  const file = join(folder, `newsroom-thread${extname(fileURLToPath(import.meta.url))}`)
  const worker = new Worker(file, { workerData: work, resourceLimits: { maxYoungGenerationSizeMb: youngMost } })
  let reason: unknown = new Error('The newsroom’s thread has ended.')
  worker.on('error', (error) => {
    reason = error
  })
  worker.on('exit', () => ended(reason))
  return callsTo<Newsroom, Notice>(worker, noticed)
}
