import type { ReadableStream } from 'node:stream/web'
import type { MessagePort, Worker } from 'node:worker_threads'

/** What a thread does for the one that started it: each piece of work by its name. */
export type Services = Readonly<Record<string, (asked: never) => Promise<unknown>>>

/** Asks a thread for one of its services. `moved` is handed over, not copied. */
export type Call<Offered extends Services> = <Name extends keyof Offered & string>(
  name: Name,
  asked: Parameters<Offered[Name]>[0],
  moved?: readonly ReadableStream[],
) => ReturnType<Offered[Name]>

interface Order {
  readonly id: number
  readonly name: string
  readonly asked: unknown
}

/** An error as it crosses: a copy of it would lose its name and its code. */
interface Fault {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly code: unknown
}

type Outcome = { readonly id: number } & ({ readonly answer: unknown } | { readonly fault: Fault })

/**
 * Opens the calls to a thread. When it ends, all calls under way fail with the reason. `noticed` hears what the thread posts unasked; what was
 * posted before an answer is heard before it.
 */
export function callsTo<Offered extends Services, Notice = never>(
  worker: Worker,
  noticed: (notice: Notice) => void = () => {},
): Call<Offered> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let reason: unknown = new Error('The thread has ended.')
  let last = 0
  worker.on('message', (said: Outcome | { readonly notice: Notice }) => {
    if ('notice' in said) {
      noticed(said.notice)
      return
    }
    const order = waiting.get(said.id)
    waiting.delete(said.id)
    if ('answer' in said) order?.resolve(said.answer)
    else order?.reject(errorOf(said.fault))
  })
  worker.on('error', (error) => {
    reason = error
  })
  worker.on('exit', () => {
    for (const order of waiting.values()) order.reject(reason)
    waiting.clear()
  })
  const call = (name: string, asked: unknown, moved: readonly ReadableStream[] = []) => {
    const answered = Promise.withResolvers<unknown>()
    last += 1
    waiting.set(last, answered)
    worker.postMessage({ id: last, name, asked } satisfies Order, moved)
    return answered.promise
  }
  return call as Call<Offered>
}

/** Answers the calls to this thread, as many at a time as come. */
export function answerCalls(port: MessagePort, services: Services): void {
  port.on('message', ({ id, name, asked }: Order) => {
    const service = services[name] as ((asked: unknown) => Promise<unknown>) | undefined
    const answered = service ? service(asked) : Promise.reject(new Error(`This thread does not offer ${name}.`))
    answered.then(
      (answer) => port.postMessage({ id, answer } satisfies Outcome),
      (error: unknown) => port.postMessage({ id, fault: faultOf(error) } satisfies Outcome),
    )
  })
}

function faultOf(error: unknown): Fault {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  return { name, message, stack, code: error instanceof Error && 'code' in error ? error.code : undefined }
}

function errorOf({ name, message, stack, code }: Fault): Error {
  return Object.assign(new Error(message), { name, stack, ...(code === undefined ? {} : { code }) })
}
