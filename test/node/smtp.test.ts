import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { afterEach, describe, expect, test } from 'vitest'
import { readNodeConfig } from '../../src/config'
import { aMail, type Mailer, MailRefused, type QueuedMail } from '../../src/mail/mail'
import { smtpMailer } from '../../src/mail/smtp'
import type { Letter } from '../../src/ui/letter'
import { rounds } from '../support/rounds'
import { sampleSettings } from '../support/settings'
import { type MailServer, startMailServer } from '../support/smtp'

const origin = 'https://briefings.example'
const servers: MailServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function aServer(settings: Parameters<typeof startMailServer>[0] = {}) {
  const server = await startMailServer(settings)
  servers.push(server)
  return server
}

/** The mailer that the Node door makes of these variables. */
function mailerOf(url: string, from = 'Zażółć Wydawnictwo <post@briefings.example>'): Mailer {
  const config = readNodeConfig({ ORIGIN: origin, SMTP_URL: url, MAIL_FROM: from }, sampleSettings)
  if (!config.smtp) throw new Error('SMTP_URL was not read.')
  return smtpMailer(config.smtp, config.mailFrom, config.origin)
}

const polish: Letter = {
  locale: 'pl',
  subject: 'Zażółć gęślą jaźń — pięć dużych łódek na jeziorze, o którym nikt jeszcze nie słyszał',
  text: 'Pchnąć w tę łódź jeża.\n\nhttps://briefings.example/pl/?token=a=b==\n',
  html: '<!doctype html><html lang="pl" dir="ltr"><body><p>Pchnąć w tę łódź jeża.</p></body></html>',
}
const arabic: Letter = {
  locale: 'ar',
  subject: 'صفحة الدخول إلى الإحاطات التحليلية التي طلبتها من موقعنا هذا الصباح',
  text: 'نصٌّ حكيمٌ لهُ سِرٌّ قاطِعٌ.\n',
  html: '<!doctype html><html lang="ar" dir="rtl"><body><p>نصٌّ حكيمٌ لهُ سِرٌّ قاطِعٌ.</p></body></html>',
}

const queued = (to: string, letter: Letter, headers = {}): QueuedMail => ({
  ...aMail(to, letter, headers),
  queuedAt: '2026-01-01T12:00:00.000Z',
})

/** What came of handing a mail over: nothing, or the refusal. */
const refusalOf = (mailer: Mailer, mail: QueuedMail): Promise<MailRefused | undefined> =>
  mailer.send(mail).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof MailRefused) return error
      throw error
    },
  )

describe('a mail handed to a server', () => {
  test.each([
    ['Polish', polish],
    ['Arabic', arabic],
  ])('in %s arrives with its subject and both of its texts, whole', async (_name, letter) => {
    const server = await aServer()
    const mail = queued('reader@example.com', letter, { 'List-Unsubscribe': '<https://briefings.example/u/1>' })
    await mailerOf(server.url).send(mail)
    const [arrival] = server.to('reader@example.com')
    expect(arrival?.raw.every((byte) => byte < 128)).toBe(true)
    const parsed = await PostalMime.parse(arrival?.raw ?? '')
    expect(parsed).toMatchObject({
      subject: letter.subject,
      from: { name: 'Zażółć Wydawnictwo', address: 'post@briefings.example' },
      to: [{ address: 'reader@example.com' }],
      messageId: `<${mail.id}@briefings.example>`,
      date: '2026-01-01T12:00:00.000Z',
    })
    expect(parsed.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(letter.text.trimEnd())
    expect(parsed.html?.trimEnd()).toBe(letter.html)
    const headers = Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value]))
    expect(headers).toMatchObject({
      'auto-submitted': 'auto-generated',
      'content-language': letter.locale,
      'list-unsubscribe': '<https://briefings.example/u/1>',
    })
  })

  test('goes to an address in any script, where the server knows how', async () => {
    const server = await aServer()
    await mailerOf(server.url).send(queued('jürgen@bücher.example', polish))
    expect(server.arrived.map(({ to }) => to)).toEqual(['jürgen@bücher.example'])
  })

  test('goes out under the name that it is told, and not under another', async () => {
    const account = { user: 'post@briefings', pass: 'p/ss:w%rd' }
    const server = await aServer({ account })
    await mailerOf(server.url).send(queued('reader@example.com', polish))
    expect(server.arrived.map(({ user }) => user)).toEqual(['post@briefings'])
    const refusal = await refusalOf(mailerOf(server.url.replace('p%2F', 'q%2F')), queued('other@example.com', polish))
    expect(refusal).toMatchObject({ isFinal: false, code: 'EAUTH 535' })
    expect(server.triedPasswords).toEqual(['p/ss:w%rd', 'q/ss:w%rd'])
    expect(server.arrived).toHaveLength(1)
  })

  test('is not, nor a password, where another machine offers no encryption', async () => {
    const server = await aServer({ host: '127.0.0.2', account: { user: 'post', pass: 'secret' } })
    const refusal = await refusalOf(mailerOf(server.url), queued('reader@example.com', polish))
    expect(refusal).toMatchObject({ isFinal: false })
    expect(server.connections()).toBe(1)
    expect([server.triedPasswords, server.arrived]).toEqual([[], []])
  })
})

describe('a refusal', () => {
  test.each([
    ['refuse address for now', false, 'EENVELOPE 451 4.3.0'],
    ['refuse address', true, 'EENVELOPE 550 5.1.1'],
    ['refuse text', true, 'EMESSAGE 554 5.7.1'],
    ['hang up', false, 'ECONNECTION'],
  ] as const)('of the kind “%s”: for good is %s', async (answer, isFinal, code) => {
    const server = await aServer({ answer: () => answer })
    const refusal = await refusalOf(mailerOf(server.url), queued('reader@example.com', polish))
    expect(refusal).toMatchObject({ isFinal, code })
    expect(refusal?.code).not.toContain('@')
    expect(server.arrived).toEqual([])
  })

  test('is none for good where there is no server at all', async () => {
    const server = await aServer()
    servers.splice(0)
    await server.close()
    expect(await refusalOf(mailerOf(server.url), queued('reader@example.com', polish))).toMatchObject({ isFinal: false })
  })
})

test('whatever is typed into a name, an address, a subject or a text, a mail has one recipient and no header but its own', async () => {
  const server = await aServer()
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          '\r\n',
          '\n',
          '\r',
          '\u2028',
          '\u0085',
          '\0',
          'Bcc: eve@example.com',
          'x',
          ' ',
          ',',
          '<eve@example.com>',
          '=?utf-8?q?=0D=0A?=',
          '.',
          '"',
          '\\',
          'ż',
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  )
  const expected = [
    'auto-submitted',
    'content-language',
    'content-type',
    'date',
    'from',
    'message-id',
    'mime-version',
    'subject',
    'to',
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.record({ name: typed, local: typed, subject: typed, text: typed }),
      async ({ name, local, subject, text }) => {
        const letter = { locale: 'pl', subject: `a${subject}`, text: `${text}\n`, html: '<p>x</p>' }
        let mail: QueuedMail
        try {
          mail = queued(`ada${local}@example.com`, letter)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
          mail = queued('ada@example.com', letter)
        }
        server.arrived.splice(0)
        await mailerOf(server.url, `a${name.replaceAll(/[<>]/g, '')} <post@briefings.example>`).send(mail)
        expect(server.arrived.map(({ to }) => to)).toEqual([mail.to])
        const parsed = await PostalMime.parse(server.arrived[0]?.raw ?? '')
        expect(parsed.headers.map(({ key }) => key).toSorted()).toEqual(expected)
        expect(parsed.to).toEqual([{ address: mail.to, name: '' }])
        expect(parsed.from?.address).toBe('post@briefings.example')
        expect([parsed.cc, parsed.bcc]).toEqual([undefined, undefined])
        expect(parsed.subject).toBe(mail.subject)
      },
    ),
    { numRuns: rounds(60) },
  )
})
