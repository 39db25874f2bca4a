import type { Access } from '../../api/operation'
import { operations } from '../../api/operations'
import { readRemoteToken } from '../../config'
import { visibleLine } from '../../language/text'
import { RemoteError } from '../../remote/answers'
import { type Client, openClient, originIn } from '../../remote/client'
import { type Carried, needsSomebody } from '../../remote/sync'
import { say, sayList } from '../report'
import { progress } from './open'

/** The argument of commands that also work on a site elsewhere. */
export const elsewhere = {
  remote: {
    type: 'text',
    about: 'Work on a deployed site, such as https://briefings.example, let in by the token in VERNACULAR_TOKEN',
  },
} as const

/**
 * Does work on the site that `--remote` names. `reach` is what its token is made with, as `people token add` takes it. Throws in
 * words for whoever gave the command.
 */
export async function withRemote(given: Remote, reach: string, work: (client: Client) => Promise<void>): Promise<void> {
  const { client, told } = open(given, reach)
  try {
    await work(client)
  } catch (error) {
    throw told(error)
  }
}

/** The same of work that tells of one thing after another. */
export async function* throughRemote<Item>(
  given: Remote,
  reach: string,
  work: (client: Client) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  const { client, told } = open(given, reach)
  try {
    yield* work(client)
  } catch (error) {
    throw told(error)
  }
}

function open({ remote, edge }: Remote, reach: string) {
  if (edge !== undefined) throw new Error('--edge and --remote name two databases: say one of them.')
  const origin = originIn(remote ?? '')
  const token = readRemoteToken(process.env)
  if (token === undefined) {
    throw new Error(`Put an access token of ${origin} into the variable VERNACULAR_TOKEN. ${madeBy(reach)}`)
  }
  const waiting = (why: string, milliseconds: number) =>
    progress(`${why} Trying again in ${Math.ceil(milliseconds / 1000)} seconds.`, true)
  return {
    client: openClient(origin, token, { waiting }),
    told: (error: unknown) => (error instanceof RemoteError ? new Error(inWords(error, origin, reach)) : error),
  }
}

interface Remote {
  readonly remote?: string | undefined
  readonly edge?: string | undefined
}

/** Refuses arguments that mean nothing elsewhere. */
export function refuseRemotely(args: Readonly<Record<string, unknown>>, reasons: Readonly<Record<string, string>>): void {
  const [given] = Object.entries(reasons).filter(([name]) => args[name] !== undefined)
  if (given) throw new Error(`--${given[0]} does not go with --remote: ${given[1]}.`)
}

/** What happened, and what to do about a token. */
function inWords({ message, operation, problem }: RemoteError, origin: string, reach: string): string {
  if (problem?.code === 'unauthorised') {
    return `${origin} does not take the token in VERNACULAR_TOKEN: it is of another site, or has expired or was revoked. ${madeBy(reach)}`
  }
  if (problem?.code !== 'forbidden') return message
  const flag = flags[operations[operation].access]
  return `${message} It was made without ${flag}. ${madeBy(reach)}`
}

const flags: Readonly<Record<Access, string>> = {
  open: '--locale',
  read: 'the --locale',
  'see-gated': '--gated',
  translate: '--write, or without the --locale',
  edit: '--edit',
}

const madeBy = (reach: string) => `Its operator makes one: npm run vernacular -- people token add --name 'My machine' ${reach}`

/** Tells of each file as it is carried, then how many there were; leaves with an error where somebody is to see to one. */
export async function tellCarried(carried: AsyncGenerator<Carried>, isJson: boolean): Promise<void> {
  const counts: Partial<Record<Carried['outcome'], number>> = {}
  let done = 0
  await sayList(counted(), { isJson, inLines })
  const told = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`)
  if (!isJson) say(`${done} ${done === 1 ? 'file' : 'files'}${told.length === 0 ? '' : `: ${told.join(', ')}`}.`)

  async function* counted() {
    for await (const each of carried) {
      counts[each.outcome] = (counts[each.outcome] ?? 0) + 1
      done += 1
      if (needsSomebody(each)) process.exitCode = 1
      yield each
    }
  }

  function inLines({ path, outcome, reasons }: Carried): string | undefined {
    if (outcome !== 'unchanged' || reasons.length > 0)
      return [`${path}: ${outcome}`, ...reasons.map((reason) => `  ${visibleLine(reason)}`)].join('\n')
    if (process.stderr.isTTY) progress(`${done} files: ${path}`, false)
    return undefined
  }
}
