import type { Locale } from '../language/locale'

/** The mails that are stopped by a link that each of them has, as the address of that link names them. */
export const stoppable = ['follow', 'newsletter'] as const

/** Where such a link leads. */
export const stopPathTo = (subject: (typeof stoppable)[number], locale: Locale, secret: string) =>
  `/${locale}/${subject}/stop/${secret}`

/** The one field of the form that stops mails, as providers of mail send it of their own accord (RFC 8058, 3.1). */
export const oneClick = { name: 'List-Unsubscribe', value: 'One-Click' } as const

/** Whether a form is that field and nothing else. */
export const isOneClick = (fields: Readonly<Record<string, string>>): boolean =>
  Object.keys(fields).length === 1 && fields[oneClick.name] === oneClick.value

/** The headers by which a program that shows mail offers to stop it with one click (RFC 2369, RFC 8058). */
export const headersToStop = (address: string): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${address}>`,
  'List-Unsubscribe-Post': `${oneClick.name}=${oneClick.value}`,
})
