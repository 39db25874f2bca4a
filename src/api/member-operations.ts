import * as z from 'zod'
import type { Operation } from './operation'
import { name, text } from './parts'

const member = name(
  'Member',
  'What a person may read.',
  z.object({
    address: text.describe('The email address in its canonical form.'),
    tier: text.describe('The id of a tier of the site, or `public`: none.'),
    isChanged: z.boolean().describe('Whether the request changed it.'),
  }),
)

const toTier = name(
  'ToTier',
  'The tier that somebody is to have.',
  z.strictObject({ tier: z.string().max(60).describe('The id of a tier whose entry is `call`, or `public`.') }),
)

const byAddress = z.object({ address: z.string().max(400).describe('The email address of the person.') })

/** What the payment system of a site says of its members. */
export const memberOperations = {
  setTier: {
    method: 'PUT',
    path: '/api/v1/members/{address}/tier',
    tag: 'Members',
    summary: 'Give somebody a tier that they pay for',
    description:
      'A tier whose entry is `call`. Whoever has no account gets one, and signs in with a link in an email as everybody does. Who has a ' +
      'higher tier that was given in another way keeps it. `public` takes away what such a call gave.',
    access: 'admit',
    params: byAddress,
    body: { description: 'The tier.', schema: toTier, bytesMax: 2_000 },
    answers: { 200: { description: 'What the person may read now.', content: { schema: member } } },
  },
  takeTier: {
    method: 'DELETE',
    path: '/api/v1/members/{address}/tier',
    tag: 'Members',
    summary: 'Take a tier away that somebody paid for',
    description: 'The person then has what everybody who signs in has. A tier that was given in another way is kept.',
    access: 'admit',
    params: byAddress,
    answers: { 200: { description: 'What the person may read now.', content: { schema: member } } },
  },
} as const satisfies Readonly<Record<string, Operation>>
