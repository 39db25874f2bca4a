import { everyone } from '../briefings/ladder'
import { addressOf } from '../language/email-address'
import { giveByCall, takeByCall } from '../members/admit'
import { Refusal } from '../problem'
import { type Handlers, reply } from './call'

/** The tiers of people who pay, as the site's own payment system says. */
export const memberHandlers: Pick<Handlers, 'setTier' | 'takeTier'> = {
  setTier: async ({ params: { address: typed }, body: { tier }, token, newsroom }) => {
    const address = addressIn(typed)
    const actor = token.name
    const told = tier === everyone ? takeByCall(newsroom, address, actor) : giveByCall(newsroom, address, tier, actor)
    return reply('setTier', 200, await told)
  },

  takeTier: async ({ params: { address }, token, newsroom }) =>
    reply('takeTier', 200, await takeByCall(newsroom, addressIn(address), token.name)),
}

function addressIn(typed: string): string {
  const address = addressOf(typed)
  if (address === undefined) throw new Refusal('address.unfit', { address: typed })
  return address
}
