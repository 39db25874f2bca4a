import type { SendEmail } from '@cloudflare/workers-types'
import { oneLine, type Sender } from '../language/email-address'
import { headersOf, type Mailer, MailRefused, messageId } from './mail'

/**
 * The refusals of Cloudflare's Email Service that are final. All others (limits, a domain that is not set up, the service itself) can be
 * put right while the mail waits.
 */
const finalCodes = /^E_(VALIDATION_ERROR|FIELD_MISSING|RECIPIENT_\w+|CONTENT_TOO_LARGE|HEADERS?_\w+)$/

/**
 * Hands mail to a Worker's `send_email` binding. The platform sets `Message-ID` and `Date` itself and refuses ours. So the permanent id
 * of a mail is in `X-Mail-Id`.
 */
export function bindingMailer(binding: SendEmail, { name, address }: Sender, origin: string): Mailer {
  return {
    async send(mail) {
      const { to, subject, text, html } = mail
      const headers = { ...headersOf(mail), 'X-Mail-Id': messageId(mail, origin) }
      try {
        await binding.send({ from: { name, email: address }, to, subject, text, html, headers })
      } catch (error) {
        throw refusalOf(error)
      }
    },
  }
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return new MailRefused(finalCodes.test(code), code, oneLine(error.message))
}
