import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { ShareCard } from '../editions/share-card'
import { openRenderer, type Render } from '../sharing/rendering'
import { answerCalls, type Call, callsTo } from './calls'
import { root } from './checkout'
import { fontFilesIn } from './font-files'

/** The path of this file, or of the bundle that contains it. */
const folder = dirname(fileURLToPath(import.meta.url))

/** Tells this thread from others whose program contains this file. */
const work = 'render'

type Drawing = { readonly draw: Render }

/** Draws in a thread of its own, which starts with the first card. Otherwise each drawing would delay others by some hundred milliseconds. */
export function renderInThread(): Render {
  let call: Call<Drawing> | undefined
  return (card) => {
    call ??= begin(() => {
      call = undefined
    })
    return call('draw', card)
  }
}

/** Starts a thread. When it ends, for any reason, `ended` is called. */
function begin(ended: () => void): Call<Drawing> {
  const file = join(folder, `render-thread${extname(fileURLToPath(import.meta.url))}`)
  const worker = new Worker(file, { workerData: work })
  worker.unref()
  worker.on('exit', ended)
  return callsTo<Drawing>(worker)
}

/** The thread itself. */
if (!isMainThread && parentPort && workerData === work) {
  const render = openRenderer(fontFilesIn(root))
  answerCalls(parentPort, { draw: async (card: ShareCard) => await render(card) } satisfies Drawing)
}
