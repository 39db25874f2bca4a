import { grantToken } from '../../src/members/administer'
import type { AccessToken, Grant } from '../../src/members/token'
import type { PackFormat } from '../../src/translations/packs/pack'
import { aBriefing, aTranslation } from './briefings'
import { aGrant } from './grants'
import { type NewsroomOptions, openNewsroom } from './newsroom'

export const anHour = 3_600_000

/** What a program asks for: like `RequestInit`, with the token that it shows. */
export interface Call extends RequestInit {
  readonly token?: string | undefined
}

/** A newsroom with the sample briefing in Spanish and Polish, and programs that use its API. */
export async function openToPrograms(options: NewsroomOptions = {}) {
  const newsroom = await openNewsroom(options)
  const briefing = aBriefing()
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'pl')] })

  /** A token as its operator makes it: one that may read Spanish, but for these changes. */
  async function issue(changes: Partial<Grant> = {}): Promise<{ readonly secret: string; readonly token: AccessToken }> {
    return await grantToken(newsroom.site, aGrant(changes), 'a test')
  }

  /** Asks as a program does. */
  const call = (path: string, { token, headers = {}, ...init }: Call = {}): Promise<Response> =>
    newsroom.ask(path, {
      ...init,
      headers: { Accept: '*/*', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers },
    })

  return {
    ...newsroom,
    issue,
    call,
    fetchPack: (token: string, locale: string, format: PackFormat = 'xliff', query = '') =>
      call(`/api/v1/packs/${locale}/harbour-closes?format=${format}${query}`, { token }),
    sendPack: (token: string, file: string | Uint8Array<ArrayBuffer>, query = '') =>
      call(`/api/v1/packs?file=harbour-closes.json${query}`, { token, method: 'POST', body: file }),
  }
}

export type Programs = Awaited<ReturnType<typeof openToPrograms>>

/** All that the newsroom's half and the readers' half hold of the translations into these languages. */
export async function everythingOf({ database: { query } }: Pick<Programs, 'database'>, locales: readonly string[]) {
  return {
    translations: await query.selectFrom('translation').selectAll().where('locale', 'in', locales).orderBy('locale').execute(),
    revisions: await query
      .selectFrom('translation_revision')
      .selectAll()
      .where('locale', 'in', locales)
      .orderBy('locale')
      .orderBy('revision')
      .execute(),
    editions: await query
      .selectFrom('edition')
      .select(['locale', 'tier', 'lead', 'body'])
      .where('locale', 'in', locales)
      .orderBy('locale')
      .orderBy('tier')
      .execute(),
  }
}
