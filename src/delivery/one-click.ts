import type { Locale } from '../language/locale'

/** The kinds of mail that have a link to stop them. The link's address contains these names. */
export const stoppable = ['follow', 'newsletter'] as const

/** Where such a link leads. */
export const stopPathTo = (subject: (typeof stoppable)[number], locale: Locale, secret: string) =>
  `/${locale}/${subject}/stop/${secret}`

/** The one field of the form that stops emails. Mail providers send it themselves (RFC 8058, 3.1). */
export const oneClick = { name: 'List-Unsubscribe', value: 'One-Click' } as const

/** Whether a form is that field and nothing else. */
export const isOneClick = (fields: Readonly<Record<string, string>>): boolean =>
  Object.keys(fields).length === 1 && fields[oneClick.name] === oneClick.value

/** The headers that let a mail program offer to stop such emails with one click (RFC 2369, RFC 8058). */
export const headersToStop = (address: string): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${address}>`,
  'List-Unsubscribe-Post': `${oneClick.name}=${oneClick.value}`,
})
