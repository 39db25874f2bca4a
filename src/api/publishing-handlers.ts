import type { AccessToken } from '../members/token'
import { reaches } from '../members/token'
import { publish, takeBack, withdraw } from '../newsroom/publish'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { type Handlers, reply } from './call'

type PublishingOperation = 'publish' | 'withdraw' | 'takeBack'

/** What decides what readers have: each act in the languages that the token reaches. */
export const publishingHandlers: Pick<Handlers, PublishingOperation> = {
  publish: async ({ params: { slug }, query, body: { locales }, token, newsroom }) => {
    for (const locale of locales) refuseOutOfReach(newsroom, token, locale)
    return reply('publish', 200, await publish(newsroom, slug, locales, { actor: token.name }, query['dry-run'] === 'true'))
  },

  withdraw: async ({ params: { slug, locale }, query, token, newsroom }) => {
    refuseOutOfReach(newsroom, token, locale)
    return reply('withdraw', 200, await withdraw(newsroom, slug, locale, { actor: token.name }, query['dry-run'] === 'true'))
  },

  takeBack: async ({ params: { slug }, query, body: { why }, token, newsroom }) => {
    refuseOutOfReach(newsroom, token, newsroom.locales.source)
    return reply('takeBack', 200, await takeBack(newsroom, slug, why, { actor: token.name }, query['dry-run'] === 'true'))
  },
}

function refuseOutOfReach({ locales }: LiveSite, token: AccessToken, locale: string): void {
  if (locale !== locales.source && reaches(token, locale)) return
  if (locale === locales.source && token.mayEdit) return
  if (locale === locales.source) throw new Refusal('token.not-english', {}, { kind: 'forbidden' })
  throw new Refusal('token.locale', { locale }, { kind: 'forbidden' })
}

/** Whether a request asks to publish what it sends. Refuses it for a token that may not. */
export function publishing({ mayPublish }: AccessToken, asked: 'true' | 'false'): boolean {
  if (asked === 'true' && !mayPublish) throw new Refusal('token.not-publisher', {}, { kind: 'forbidden' })
  return asked === 'true'
}
