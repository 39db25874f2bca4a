import type { Rhythm } from '../../src/newsletter/newsletter'
import { sendDigests } from '../../src/newsletter/send-digests'
import { subscribe } from '../../src/newsletter/store'
import { aBriefing, aTranslation } from './briefings'
import { openToFollowers } from './followers'
import { linkIn } from './html'
import type { NewsroomOptions } from './newsroom'

/** A Tuesday, some hours after the digests of the day were due. */
export const tuesday = '2025-11-18T10:00:00Z'

/** The nth briefing of a busy newsroom. */
export const news = (number: number, changes: Parameters<typeof aBriefing>[0] = {}) =>
  aBriefing({
    id: `news-${number}`,
    slug: `news-${number}`,
    title: `News ${number}`,
    publishedAt: `2025-11-17T08:00:${String(number % 60).padStart(2, '0')}Z`,
    ...changes,
  })

/** A newsroom with readers who get its newsletter, by its forms and by the links in its mails. */
export async function openToSubscribers(options: NewsroomOptions = {}) {
  const newsroom = await openToFollowers({ now: tuesday, ...options })
  const { database, site, clock, post, read } = newsroom

  /** Asks by the form. */
  const order = (address: string, locale = 'es', rhythm: string = 'daily', headers: Readonly<Record<string, string>> = {}) =>
    post(`/${locale}/newsletter`, { address, locale, rhythm }, headers)

  /** Asks, and confirms by the link in the mail. */
  async function confirmed(address: string, locale = 'es', rhythm: Rhythm = 'daily') {
    await order(address, locale, rhythm)
    const [mail] = (await read(address)).slice(-1)
    return await post(linkIn(mail, /\/newsletter\/confirm\//), {})
  }

  return {
    ...newsroom,
    order,
    confirmed,
    /** Has many get the newsletter, who would be held up at the form. */
    admit: async (address: string, locale = 'es', rhythm: Rhythm = 'daily') =>
      await subscribe(database, { address, locale, rhythm }, site.now()),
    /** Sends digests, as doors do at intervals. */
    digest: (most = 200) => sendDigests(site, most),
    /** Brings a briefing to readers, with translations into these languages. */
    publish: async (number: number, ...locales: readonly string[]) => {
      const briefing = news(number)
      await newsroom.load({ briefing, translations: locales.map((locale) => aTranslation(briefing, locale)) })
    },
    /** Lets time pass, in hours. */
    wait: (hours: number) => {
      clock.now = new Date(Date.parse(clock.now) + hours * 3_600_000).toISOString()
    },
    subscriptions: () => database.query.selectFrom('subscription').selectAll().orderBy('address').execute(),
  }
}

export type Subscribers = Awaited<ReturnType<typeof openToSubscribers>>
