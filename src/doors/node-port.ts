import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { NodeConfig } from '../config'
import { Refusal } from '../problem'

/** A port that is ours. Requests wait until somebody answers them. */
export interface Port {
  readonly server: Server
  /** The port's number, also if the system chose it. */
  readonly number: number
  answerWith(listener: RequestListener): void
}

type Place = Pick<NodeConfig, 'host' | 'port'>

const limits = { requestTimeout: 30_000, headersTimeout: 15_000, connectionsCheckingInterval: 5000, keepAliveTimeout: 10_000 }

/** Takes a port before anything else is done. If it cannot have it, throws a Refusal that says what to do. */
export async function takePort({ host, port }: Place): Promise<Port> {
  let answer: RequestListener | undefined
  const waiting: Parameters<RequestListener>[] = []
  const server = createServer(limits, (...asked) => {
    if (answer) answer(...asked)
    else waiting.push(asked)
  })
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    throw refusalOf(error as NodeJS.ErrnoException, { host, port })
  }
  const address = server.address()
  return {
    server,
    number: typeof address === 'object' && address ? address.port : port,
    answerWith(listener) {
      answer = listener
      for (const asked of waiting.splice(0)) listener(...asked)
    },
  }
}

/** Why a port is not available, and what to do about it. */
function refusalOf({ code, message }: NodeJS.ErrnoException, { host, port }: Place): Refusal {
  const other = port < 65_535 ? port + 1 : port - 1
  switch (code) {
    case 'EADDRINUSE':
      return new Refusal('port.taken', { host, port, other })
    case 'EACCES':
      return new Refusal('port.closed', { host, port })
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Refusal('port.host', { host })
    default:
      return new Refusal('port.failed', { host, port, fault: message })
  }
}
