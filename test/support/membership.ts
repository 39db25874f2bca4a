import { sql } from 'kysely'
import type { Role } from '../../src/members/person'
import { findPerson, writeToSetRole, writeToSetTier } from '../../src/members/person-store'
import type { Newsroom } from './newsroom'

/** Somebody with a browser that is signed in. */
export interface Member {
  readonly id: string
  readonly address: string
  readonly cookie: string
  /** Opens a page as they see it. */
  get(path: string): Promise<Response>
  text(path: string): Promise<string>
  /** Sends a form from a page of the site; `headers` replace what their browser sends with it. */
  post(path: string, fields?: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Response>
}

/** Sends a form as a browser does that shows a page of this origin. */
export const send = (
  newsroom: Newsroom,
  path: string,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  newsroom.ask(path, {
    method: 'POST',
    headers: {
      Accept: 'text/html',
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: newsroom.origin,
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  })

/** The link in the last letter to an address, as a path. */
export async function linkTo({ database, origin }: Newsroom, address: string): Promise<string> {
  const { text } = await database.query
    .selectFrom('mail')
    .select('text')
    .where('recipient', '=', address)
    .where('text', 'like', '%/sign-in/%')
    .orderBy('queued_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return new URL(text.split('\n').find((line) => line.startsWith(origin)) ?? '').pathname
}

/** Joins or signs in by a link, as a reader does, and returns them with their browser. */
export async function aMember(
  newsroom: Newsroom,
  address: string,
  { locale = 'en', roles = [] as readonly Role[], tier = 'circle' as 'circle' | 'alliance' } = {},
): Promise<Member> {
  const { database } = newsroom
  await send(newsroom, `/${locale}/sign-in`, { address })
  const confirmed = await send(newsroom, await linkTo(newsroom, address), {}, { 'User-Agent': 'X11; Linux x86_64 Firefox/150.0' })
  const [cookie = ''] = (confirmed.headers.get('Set-Cookie') ?? '').split(';')
  await database.query.deleteFrom('mail').where('recipient', '=', address).execute()
  const person = await findPerson(database, { address })
  if (!person) throw new Error(`${address} did not get in.`)
  if (roles.length > 0) await database.atomically(roles.map((role) => writeToSetRole(database, person.id, role, true)))
  if (tier !== 'circle') await database.atomically([writeToSetTier(database, person.id, tier)])
  const get = (path: string) => newsroom.get(path, { Cookie: cookie })
  return {
    id: person.id,
    address,
    cookie,
    get,
    text: async (path) => await (await get(path)).text(),
    post: (path, fields, headers) => send(newsroom, path, fields, { Cookie: cookie, ...headers }),
  }
}

export const editor: Role = { name: 'editor', locale: 'all' }

/** A request that can be sent as it is. */
export const anApplication = { role: 'Analyst', organisation: 'Port of Sète', reason: 'We plan berths.\nWe need to know.' }

/** Every row of every table, by table, as JSON. */
export async function everyRow({ query }: Newsroom['database']): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(query)
  const tables = rows.filter(({ name }) => !/^(sqlite_|d1_|_cf_)/.test(name))
  const found = await Promise.all(
    tables.map(
      async ({ name }) => [name, JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(query)).rows)] as const,
    ),
  )
  return new Map(found)
}
