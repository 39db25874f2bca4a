import type { Bindings, Variables } from '../context'
import type { Render } from './rendering'

/** Runs work when the work before it is done. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Runs one work at a time. Each waits for the one before it, at most `patience` milliseconds. */
export function oneAtATime(patience: number): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = settled(last, patience).then(work)
    last = turn.catch(() => {})
    return turn
  }
}

/** Waits until a promise has settled, for at most `most` milliseconds. */
async function settled(promise: Promise<unknown>, most: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  await Promise.race([
    promise,
    new Promise((resolve) => {
      timer = setTimeout(resolve, most)
    }),
  ])
  clearTimeout(timer)
}

/** The type of routes that draw pictures. */
export interface RenderingContext {
  readonly Bindings: Bindings
  readonly Variables: Variables & {
    readonly render: Render
    /** Pictures are drawn one at a time. */
    readonly inTurn: InTurn
  }
}
