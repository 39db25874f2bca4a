import type { Bindings, Variables } from '../context'
import { Refusal } from '../problem'
import type { Pictures } from './pictures'
import type { Render } from './rendering'

/** Runs work when the work before it is done. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>

/** After how many seconds somebody may ask again who was sent away. */
const againAfter = 5

/**
 * Runs one work at a time. Each waits for the one before it, at most `patience` milliseconds. While `most` are under way or wait, no other
 * is taken.
 */
export function oneAtATime(patience: number, most: number): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  let underWay = 0
  return async (work) => {
    if (underWay >= most)
      throw new Refusal('card.busy', {}, { kind: 'unavailable', headers: { 'Retry-After': String(againAfter) } })
    underWay += 1
    const turn = settled(last, patience).then(work)
    last = turn.catch(() => {})
    return await turn.finally(() => {
      underWay -= 1
    })
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
    /** Where pictures are kept. */
    readonly pictures: Pictures
    /** Pictures are drawn one at a time. */
    readonly inTurn: InTurn
  }
}
