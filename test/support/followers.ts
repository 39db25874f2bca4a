import { notifyWaiting } from '../../src/following/notify'
import { linkIn } from './html'
import { type Newsroom, type NewsroomOptions, openNewsroom } from './newsroom'

const perRun = 200

/** A mail as it waits to be sent. */
export interface WaitingMail {
  readonly to: string
  readonly locale: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

/** A newsroom with readers who follow its briefings as readers do: by its forms and by the links in its mails. */
export async function openToFollowers(options: NewsroomOptions = {}) {
  const newsroom = await openNewsroom(options)
  const { database, origin, ask } = newsroom

  /** Sends a form as a page of this site does; `headers` add to or replace what a browser sends. */
  const post = (path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
    ask(path, {
      method: 'POST',
      headers: { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html', ...headers },
      body: new URLSearchParams(fields),
    })

  /** All mails that wait to be sent, to an address or to all, oldest first. */
  async function mails(to?: string): Promise<readonly WaitingMail[]> {
    const rows = await database.query.selectFrom('mail').selectAll().orderBy('queued_at').orderBy('id').execute()
    return rows
      .map(({ recipient, headers, ...row }) => ({
        ...row,
        to: recipient,
        headers: JSON.parse(headers) as Record<string, string>,
      }))
      .filter((mail) => to === undefined || mail.to === to)
  }

  /** Takes the mails to an address out of the queue, as though they had been sent and read. */
  async function read(to: string): Promise<readonly WaitingMail[]> {
    const found = await mails(to)
    await database.query.deleteFrom('mail').where('recipient', '=', to).execute()
    return found
  }

  /** Asks by the form of a briefing's page. */
  const request = (address: string, locale: string, wish = 'available', slug = 'harbour-closes') =>
    post(`/${locale}/briefings/${slug}/follow`, { address, wish })

  /** Follows a briefing: asks, and confirms by the link in the mail. */
  async function follow(address: string, locale: string, wish = 'available', slug = 'harbour-closes') {
    await request(address, locale, wish, slug)
    const [mail] = (await read(address)).slice(-1)
    const path = linkIn(mail, /\/follow\/confirm\//)
    return { path, response: await post(path, {}) }
  }

  /** Signs in by the link in the mail, and returns the cookie. */
  async function signIn(address: string, locale = 'en'): Promise<string> {
    await post(`/${locale}/sign-in`, { address })
    const [mail] = (await read(address)).slice(-1)
    const response = await post(linkIn(mail, /\/sign-in\/vern_/), {})
    return (response.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
  }

  /** Tells followers, as doors do at intervals. */
  const notify = (most = perRun) => notifyWaiting(newsroom.site, most)

  return { ...newsroom, post, mails, read, request, follow, signIn, notify }
}

export type Followers = Awaited<ReturnType<typeof openToFollowers>>

/** Everything in the database, as text: what a thief of it reads. */
export async function everythingIn({ database: { query } }: Pick<Newsroom, 'database'>): Promise<string> {
  const tables = ['following', 'confirmation', 'following_stop'] as const
  return JSON.stringify(await Promise.all(tables.map((table) => query.selectFrom(table).selectAll().execute())))
}
