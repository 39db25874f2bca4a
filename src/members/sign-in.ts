import * as z from 'zod'
import type { Kind } from '../confirmations/confirmation'
import { goingTo } from './session'

/** How long a link to sign in is valid, in milliseconds. */
export const linkMax = 30 * 60_000

/** Signing in. Its request also says where in the site the reader was going. */
export const signIn: Kind<{ readonly next: string }> = {
  name: 'sign-in',
  goodFor: linkMax,
  more: z.object({ next: z.string() }),
  pathTo: (locale, secret) => `/${locale}/sign-in/${secret}`,
  words: {
    letter: { subject: 'mail.sign-in.subject', action: 'mail.sign-in.action', closing: 'mail.sign-in.closing' },
    sent: 'sign-in.sent.text',
    gone: 'sign-in.gone.text',
    title: 'sign-in.confirm.title',
    button: 'sign-in.confirm.button',
  },
  again: { path: 'sign-in', label: 'sign-in.again' },
}

/** Signing in on the way to a path: whoever asks again is still on that way. */
export const signInTo = (next: string): typeof signIn => ({
  ...signIn,
  again: { path: goingTo('sign-in', next), label: 'sign-in.again' },
})
