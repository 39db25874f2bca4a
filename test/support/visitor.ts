import type { openNewsroom } from './newsroom'

type Newsroom = Awaited<ReturnType<typeof openNewsroom>>

/** Takes the link from the last mail to an address, out of the queue. */
export async function linkIn({ database }: Newsroom, address: string): Promise<string> {
  const { text } = await database.query
    .selectFrom('mail')
    .select('text')
    .where('recipient', '=', address)
    .orderBy('queued_at', 'desc')
    .executeTakeFirstOrThrow()
  const [link = ''] = /https?:\/\/\S+vern_\S+/.exec(text) ?? []
  return new URL(link).pathname
}

/** Sends a form as a browser does from a page of the site. */
export const send = (newsroom: Newsroom, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  newsroom.ask(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Origin: newsroom.origin, Accept: 'text/html', ...headers },
  })

/** Somebody who signed in by mail, from a browser of their own: their session's cookie and their id. */
export async function signIn(newsroom: Newsroom, address: string, locale = 'en') {
  await send(newsroom, `/${locale}/sign-in`, { address })
  const response = await send(newsroom, await linkIn(newsroom, address), {})
  const [cookie = ''] = (response.headers.get('Set-Cookie') ?? '').split(';')
  const { id } = await newsroom.database.query
    .selectFrom('person')
    .select('id')
    .where('address', '=', address)
    .executeTakeFirstOrThrow()
  return { cookie, id, address }
}
