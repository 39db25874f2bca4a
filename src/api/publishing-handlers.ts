import type { Locale } from '../language/locale'
import { type AccessToken, reaches } from '../members/token'
import { sourceOf } from '../newsroom/publication'
import { publish, takeBack, withdraw } from '../newsroom/publish'
import { remove } from '../newsroom/remove'
import { cancelRelease } from '../newsroom/schedule'
import { Refusal } from '../problem'
import type { Release } from '../releases/release'
import { listReleases } from '../releases/store'
import { told } from '../releases/told'
import type { LiveSite } from '../site'
import { type Handlers, reply } from './call'
import { reached, reachedToPublish } from './reach'

type PublishingOperation = 'publish' | 'withdraw' | 'takeBack' | 'listReleases' | 'cancelRelease' | 'remove'

/** What decides what readers have: each act in the languages that the token reaches. */
export const publishingHandlers: Pick<Handlers, PublishingOperation> = {
  publish: async ({ params: { slug }, query, body: { locales }, token, newsroom }) => {
    const reachedOnes = locales.map((each) => reachedToPublish(newsroom, token, each))
    return reply('publish', 200, await publish(newsroom, slug, reachedOnes, byToken(token), howIn(query)))
  },

  withdraw: async ({ params: { slug, locale: asked }, query, token, newsroom }) => {
    const locale = reached(newsroom, token, asked)
    return reply('withdraw', 200, await withdraw(newsroom, slug, locale, byToken(token), howIn(query)))
  },

  takeBack: async ({ params: { slug }, query, body: { why }, token, newsroom }) => {
    reachedToPublish(newsroom, token, newsroom.locales.source)
    return reply('takeBack', 200, await takeBack(newsroom, slug, byToken(token), howIn({ ...query, why })))
  },

  remove: async ({ params: { slug }, query, body: { why, confirm }, token, newsroom }) => {
    reachedToPublish(newsroom, token, newsroom.locales.source)
    const { slug: present, formerSlugs } = await sourceOf(newsroom, slug)
    const isConfirmed = confirm !== undefined
    if (isConfirmed && ![present, ...formerSlugs].includes(confirm)) throw new Refusal('removal.unconfirmed', { slug: present })
    const asked = { why, isConfirmed, isTrial: query['dry-run'] === 'true' }
    const { locales, ...removal } = await remove(newsroom, slug, asked, byToken(token))
    return reply('remove', 200, { ...removal, locales: [...locales] })
  },

  listReleases: async ({ query: { state, after, limit }, token, newsroom }) => {
    const states = state === undefined ? (['scheduled', 'held'] as const) : [state]
    const found = await listReleases(newsroom.database, states, after === '' ? undefined : after, limit + 1)
    const last = found.length > limit ? found[limit - 1]?.id : undefined
    const releases = found
      .slice(0, limit)
      .filter((each) => isReached(newsroom, token, each))
      .map((each) => told(each))
    const query = new URLSearchParams({ ...(state === undefined ? {} : { state }), after: last ?? '', limit: String(limit) })
    return reply(
      'listReleases',
      200,
      { releases, zone: newsroom.config.newsroomZone },
      last === undefined ? {} : { next: `/api/v1/releases?${query}` },
    )
  },

  cancelRelease: async ({ params: { id }, query, token, newsroom }) => {
    const isMine = (release: Release) => isReached(newsroom, token, release)
    const options = { isTrial: query['dry-run'] === 'true', isReached: isMine }
    return reply('cancelRelease', 200, told(await cancelRelease(newsroom, id, byToken(token), options)))
  },
}

const byToken = ({ id, name }: AccessToken) => ({ actor: name, tokenId: id })

const howIn = (query: {
  readonly 'dry-run': 'true' | 'false'
  readonly at?: string | undefined
  readonly why?: string | undefined
}) => ({
  isTrial: query['dry-run'] === 'true',
  at: query.at,
  why: query.why ?? '',
})

/** Whether a token reaches all of a release. Otherwise the release does not exist for it. */
const isReached = ({ locales }: LiveSite, token: AccessToken, { items }: Release) =>
  items.every(({ locale }: { readonly locale: Locale }) => (locale === locales.source ? token.mayEdit : reaches(token, locale)))
