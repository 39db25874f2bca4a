import type { Grant } from '../../src/members/token'

/** What a token opens: it may read Spanish, but for these changes. */
export const aGrant = (changes: Partial<Grant> = {}): Grant => ({
  name: 'A program',
  locales: ['es'],
  mayWrite: false,
  mayEdit: false,
  mayPublish: false,
  mayAdmit: false,
  seesGated: false,
  expiresAt: null,
  ...changes,
})
