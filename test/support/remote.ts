import { type Client, type ClientOptions, openClient } from '../../src/remote/client'
import type { Folder } from '../../src/remote/folder'
import type { Newsroom } from './newsroom'

/** A request as a client sends it. */
export type Send = NonNullable<ClientOptions['fetch']>

/** Where the client finds the site: behind another name than the site has for itself, as behind a proxy. */
export const entrance = 'https://entrance.example'

/** A client of a newsroom's API, let in by a token. `between` stands between the two; nothing is waited for. */
export function clientOf(
  { ask }: Pick<Newsroom, 'ask'>,
  token: string,
  between: (send: Send) => Send = (send) => send,
  options: ClientOptions = {},
): Client {
  const send: Send = (address, init) => {
    if (!address.startsWith(`${entrance}/`)) throw new Error(`${address} was asked.`)
    return ask(address.slice(entrance.length), init)
  }
  return openClient(entrance, token, { fetch: between(send), wait: async () => {}, ...options })
}

/** A folder in memory. */
export function aFolder(files: Readonly<Record<string, string>> = {}): Folder & { readonly files: Map<string, string> } {
  const all = new Map(Object.entries(files))
  return { files: all, read: (path) => all.get(path), write: (path, text) => void all.set(path, text) }
}

/** A program that is killed: nothing catches it, nothing is sent again. */
export class Killed extends Error {}

/** A client's requests until one, where the program is killed: before the site has it, or once the site has done it. */
export const killedAt =
  (request: number, isDone: boolean) =>
  (send: Send): Send => {
    let count = 0
    return async (address, init) => {
      count += 1
      if (count < request) return await send(address, init)
      if (isDone && count === request) await send(address, init)
      throw new Killed()
    }
  }
