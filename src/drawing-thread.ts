import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { materialsIn } from './kit'
import { type Draw, openDrawing } from './sharing/drawing'
import type { ShareCard } from './sharing/share-card'

/** Where this file lies, or the bundle that it is part of. */
const folder = dirname(fileURLToPath(import.meta.url))

interface Order {
  readonly id: number
  readonly card: ShareCard
}

type Outcome = { readonly id: number } & ({ readonly picture: Uint8Array<ArrayBuffer> } | { readonly error: string })

/** A hand that draws in a thread of its own, begun with the first card: a drawing would hold up readers by some hundred milliseconds. */
export function drawInThread(): Draw {
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array<ArrayBuffer>>>()
  let thread: Worker | undefined
  let last = 0

  function begin(): Worker {
    const own = new Worker(join(folder, `drawing-thread${extname(fileURLToPath(import.meta.url))}`))
    own.unref()
    own.on('message', (outcome: Outcome) => {
      const order = waiting.get(outcome.id)
      waiting.delete(outcome.id)
      if ('picture' in outcome) order?.resolve(outcome.picture)
      else order?.reject(new Error(outcome.error))
    })
    own.on('error', (error) => end(error))
    own.on('exit', () => end(new Error('The thread that draws has ended.')))
    return own
  }

  /** What was being drawn is refused; the next card begins another thread. */
  function end(error: unknown): void {
    thread = undefined
    for (const order of waiting.values()) order.reject(error)
    waiting.clear()
  }

  return (card) => {
    thread ??= begin()
    last += 1
    const order = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
    waiting.set(last, order)
    thread.postMessage({ id: last, card } satisfies Order)
    return order.promise
  }
}

/** The thread itself: draws one card after the other. */
if (!isMainThread && parentPort) {
  const port = parentPort
  const draw = openDrawing(materialsIn(join(folder, '..')))
  let before: Promise<unknown> = Promise.resolve()
  port.on('message', ({ id, card }: Order) => {
    before = before
      .then(() => draw(card))
      .then(
        (picture) => port.postMessage({ id, picture } satisfies Outcome),
        (error: unknown) => port.postMessage({ id, error: String(error) } satisfies Outcome),
      )
  })
}
