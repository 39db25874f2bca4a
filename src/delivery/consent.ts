/** How long a link to confirm with that we may write to an address is good, in milliseconds. */
export const confirmWithin = 86_400_000

/** More links to one address within so many milliseconds than this are not sent; whoever asks is told the same. */
export const linksMax = 5
export const linksWithin = 3_600_000

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
