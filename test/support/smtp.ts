import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail that the server has taken, by whatever it then told the sender. */
export interface Arrival {
  readonly to: string
  readonly raw: Buffer
  /** Who signed in, or nobody. */
  readonly user: string | undefined
}

/** What the server does with a mail: takes it, refuses its address or its text, or takes the text and hangs up without a word. */
type Answer = 'take' | 'refuse address for now' | 'refuse address' | 'refuse text' | 'take and hang up' | 'hang up'

interface Settings {
  readonly host?: string
  /** Who may send; without it, everybody. */
  readonly account?: { readonly user: string; readonly pass: string }
  /** What it does with the nth mail to an address, from 1. */
  readonly answer?: (to: string, time: number) => Answer
  /** What it waits for before it answers that a mail was taken. */
  readonly waits?: () => Promise<unknown>
}

/** A mail server: SMTP over TCP, without TLS. */
export async function startMailServer({
  host = '127.0.0.1',
  account,
  answer = () => 'take',
  waits = async () => {},
}: Settings = {}) {
  const arrived: Arrival[] = []
  const triedPasswords: string[] = []
  const times = new Map<string, number>()
  const answers = new Map<string, Answer>()
  let connections = 0

  const server = new SMTPServer({
    authOptional: account === undefined,
    disabledCommands: account ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    hideSMTPUTF8: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, callback) {
      connections += 1
      callback()
    },
    onAuth({ username, password }, _session, callback) {
      triedPasswords.push(password ?? '')
      if (account && username === account.user && password === account.pass) callback(null, { user: username })
      else callback(new Error('Who are you?'))
    },
    onRcptTo({ address }, session, callback) {
      const time = (times.get(address) ?? 0) + 1
      times.set(address, time)
      const said = answer(address, time)
      answers.set(session.id, said)
      if (said === 'refuse address for now') callback(refusal(451, `4.3.0 <${address}> later`))
      else if (said === 'refuse address') callback(refusal(550, `5.1.1 <${address}> no such mailbox`))
      else callback()
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('error', () => {}) // The sender died before the end: nothing was sent.
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const said = answers.get(session.id)
        const to = session.envelope.rcptTo.map(({ address }) => address).join()
        if (said === 'refuse text') return callback(refusal(554, '5.7.1 not wanted'))
        if (said !== 'hang up') {
          arrived.push({ to, raw: Buffer.concat(chunks), user: session.user as string | undefined })
        }
        if (said !== 'take') return [...server.connections].find(({ id }) => id === session.id)?.close()
        await waits()
        callback()
      })
    },
  })
  server.on('error', () => {}) // Connections that are reset are what some tests are about.
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.server.address() as AddressInfo
  const credentials = account ? `${encodeURIComponent(account.user)}:${encodeURIComponent(account.pass)}@` : ''
  return {
    url: `smtp://${credentials}${host}:${port}`,
    host,
    port,
    arrived,
    /** The mails to an address, as they arrived. */
    to: (address: string) => arrived.filter(({ to }) => to === address),
    triedPasswords,
    connections: () => connections,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
