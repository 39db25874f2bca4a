import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import type { ShareCard } from '../editions/share-card'
import { openRenderer, type Render } from '../sharing/rendering'
import { root } from './checkout'
import { fontFilesIn } from './font-files'

/** The path of this file, or of the bundle that contains it. */
const folder = dirname(fileURLToPath(import.meta.url))

interface Order {
  readonly id: number
  readonly card: ShareCard
}

type Outcome = { readonly id: number } & ({ readonly picture: Uint8Array<ArrayBuffer> } | { readonly error: string })

/** Draws in a thread of its own, which starts with the first card. Otherwise each drawing would delay readers by some hundred milliseconds. */
export function renderInThread(): Render {
  let thread: Thread | undefined
  let last = 0

  return (card) => {
    thread ??= begin(() => {
      thread = undefined
    })
    last += 1
    return thread.render({ id: last, card })
  }
}

interface Thread {
  render(order: Order): Promise<Uint8Array<ArrayBuffer>>
}

/** Starts a thread. When it ends, for any reason, `ended` is called, and cards under way fail. */
function begin(ended: () => void): Thread {
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array<ArrayBuffer>>>()
  let reason: unknown = new Error('The thread that draws has ended.')
  const worker = new Worker(join(folder, `render-thread${extname(fileURLToPath(import.meta.url))}`))
  worker.unref()
  worker.on('message', (outcome: Outcome) => {
    const order = waiting.get(outcome.id)
    waiting.delete(outcome.id)
    if ('picture' in outcome) order?.resolve(outcome.picture)
    else order?.reject(new Error(outcome.error))
  })
  worker.on('error', (error) => {
    reason = error
  })
  worker.on('exit', () => {
    ended()
    for (const order of waiting.values()) order.reject(reason)
  })
  return {
    render(order) {
      const rendered = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
      waiting.set(order.id, rendered)
      worker.postMessage(order)
      return rendered.promise
    },
  }
}

/** The thread itself. */
if (!isMainThread && parentPort) {
  const port = parentPort
  const render = openRenderer(fontFilesIn(root))
  port.on('message', ({ id, card }: Order) => {
    render(card).then(
      (picture) => port.postMessage({ id, picture } satisfies Outcome),
      (error: unknown) => port.postMessage({ id, error: String(error) } satisfies Outcome),
    )
  })
}
