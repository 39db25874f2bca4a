import { publish, takeBack, withdraw } from '../newsroom/publish'
import { type Handlers, reply } from './call'
import { reached, reachedToPublish } from './reach'

type PublishingOperation = 'publish' | 'withdraw' | 'takeBack'

/** What decides what readers have: each act in the languages that the token reaches. */
export const publishingHandlers: Pick<Handlers, PublishingOperation> = {
  publish: async ({ params: { slug }, query, body: { locales }, token, newsroom }) => {
    for (const locale of locales) reachedToPublish(newsroom, token, locale)
    return reply('publish', 200, await publish(newsroom, slug, locales, { actor: token.name }, query['dry-run'] === 'true'))
  },

  withdraw: async ({ params: { slug, locale }, query, token, newsroom }) => {
    reached(newsroom, token, locale)
    return reply('withdraw', 200, await withdraw(newsroom, slug, locale, { actor: token.name }, query['dry-run'] === 'true'))
  },

  takeBack: async ({ params: { slug }, query, body: { why }, token, newsroom }) => {
    reachedToPublish(newsroom, token, newsroom.locales.source)
    return reply('takeBack', 200, await takeBack(newsroom, slug, why, { actor: token.name }, query['dry-run'] === 'true'))
  },
}
