import type { SendEmail } from '@cloudflare/workers-types'
import { describe, expect, test } from 'vitest'
import { bindingMailer } from '../../src/mail/email-binding'
import { aMail, MailRefused, type QueuedMail } from '../../src/mail/mail'

const from = { name: 'Briefings', address: 'post@briefings.example' }
const mail: QueuedMail = {
  ...aMail(
    'ada@example.com',
    { locale: 'ar', subject: 'البريد يعمل', text: 'نص', html: '<p>نص</p>' },
    { 'List-Unsubscribe': '<https://briefings.example/u/1>' },
  ),
  queuedAt: '2026-01-01T12:00:00.000Z',
}

/** The platform's side of the binding: takes what it is given, or refuses it with a code. */
function aBinding(code?: string) {
  const given: unknown[] = []
  const binding: SendEmail = {
    async send(message: unknown) {
      if (code !== undefined) throw Object.assign(new Error('the mail to ada@example.com\r\nwas refused'), { code })
      given.push(message)
      return { messageId: 'x' }
    },
  }
  return { given, mailer: bindingMailer(binding, from, 'https://briefings.example') }
}

/** Headers that the Email Service makes itself, and refuses from others. */
const platformsOwn =
  /^(date|message-id|mime-version|content-type|content-transfer-encoding|from|to|cc|bcc|subject|reply-to|return-path)$/i

describe('a mail through the platform’s binding', () => {
  test('is handed over with both of its texts, its language and what names it for good', async () => {
    const { given, mailer } = aBinding()
    await mailer.send(mail)
    expect(given).toEqual([
      {
        from: { name: 'Briefings', email: 'post@briefings.example' },
        to: 'ada@example.com',
        subject: 'البريد يعمل',
        text: 'نص',
        html: '<p>نص</p>',
        headers: {
          'List-Unsubscribe': '<https://briefings.example/u/1>',
          'Auto-Submitted': 'auto-generated',
          'Content-Language': 'ar',
          'X-Mail-Id': `<${mail.id}@briefings.example>`,
        },
      },
    ])
    const [{ headers }] = given as [{ headers: Record<string, string> }]
    expect(Object.keys(headers).filter((name) => platformsOwn.test(name))).toEqual([])
  })

  test.each([
    ['E_RECIPIENT_SUPPRESSED', true],
    ['E_RECIPIENT_NOT_ALLOWED', true],
    ['E_VALIDATION_ERROR', true],
    ['E_CONTENT_TOO_LARGE', true],
    ['E_HEADER_NOT_ALLOWED', true],
    ['E_HEADERS_TOO_LARGE', true],
    ['E_RATE_LIMIT_EXCEEDED', false],
    ['E_DAILY_LIMIT_EXCEEDED', false],
    ['E_SENDER_NOT_VERIFIED', false],
    ['E_SENDER_DOMAIN_NOT_AVAILABLE', false],
    ['E_DELIVERY_FAILED', false],
    ['E_INTERNAL_SERVER_ERROR', false],
    ['E_SOMETHING_NEW', false],
  ])('that is refused with %s: for good is %s', async (code, isFinal) => {
    const refusal: unknown = await aBinding(code)
      .mailer.send(mail)
      .catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(MailRefused)
    expect(refusal).toMatchObject({ isFinal, code, message: 'the mail to ada@example.com was refused' })
  })
})
