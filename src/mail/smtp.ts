import { createTransport, type NodemailerError } from 'nodemailer'
import type { SmtpServer } from '../config'
import { oneLine, type Sender } from '../language/email-address'
import { headersOf, type Mailer, MailRefused, messageId, sendWithin } from './mail'

/** Hands mail to an SMTP server, each mail over its own connection. */
export function smtpMailer({ host, port, tls, auth }: SmtpServer, from: Sender, origin: string): Mailer {
  const transport = createTransport({
    host,
    port,
    secure: tls === 'always',
    requireTLS: tls === 'upgrade',
    ignoreTLS: tls === 'never',
    ...(auth ? { auth: { ...auth } } : {}),
    name: new URL(origin).hostname,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(mail) {
      const { to, subject, text, html, queuedAt } = mail
      try {
        await transport.sendMail({
          from: { ...from },
          to: { name: '', address: to },
          envelope: { from: from.address, to: [to] },
          subject,
          text,
          html,
          date: new Date(queuedAt),
          messageId: messageId(mail, origin),
          headers: headersOf(mail),
          signal: AbortSignal.timeout(sendWithin),
        })
      } catch (error) {
        throw refusalOf(error)
      }
    },
  }
}

/** Refusals of the recipient or the text are final if the server says so. Refusals of ourselves are temporary. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code = error.name, command = '', responseCode, permanent = false, response = '' }: NodemailerError = error
  const isOfThisMail = command === 'RCPT TO' || command === 'DATA'
  const [enhanced = ''] = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response) ?? []
  const codes = [code, responseCode, enhanced].filter(Boolean).join(' ')
  return new MailRefused(permanent && isOfThisMail, codes, oneLine(error.message))
}
