import { type OperationName, operations } from '../../api/operations'
import { isProblems, unfit } from '../../briefings/files'
import { readRemoteToken } from '../../config'
import { complaint, type NewsroomKey } from '../../language/complaint'
import { canonical, type Locale, type Locales } from '../../language/locale'
import { explain } from '../../language/newsroom'
import { visibleLine } from '../../language/text'
import { complaintIn, Refusal } from '../../problem'
import { type Client, openClient } from '../../remote/client'
import { originIn } from '../../remote/requests'
import { needsSomebody, type SyncResult } from '../../remote/sync'
import type { FileWarning } from '../../translations/checks/receipt'
import { counted, say, sayList } from '../report'
import { siteFolderIn } from '../site-folder'
import { localesIn } from '../words'
import { notPublished, progress } from './open'
import { warnedLines } from './warned'

/** The argument of commands that also work on a site elsewhere. */
export const elsewhere = {
  remote: {
    type: 'text',
    about: 'Work on a deployed site, such as https://briefings.example, with the access token in VERNACULAR_TOKEN',
  },
} as const

/**
 * Does work on the site that `--remote` names. `reach` is what its token is made with, as `people token add` takes it. Throws
 * messages for the user of the command.
 */
export async function withRemote(given: Remote, reach: string, work: (client: Client) => Promise<void>): Promise<void> {
  const { client, explained } = open(given, reach)
  try {
    await work(client)
  } catch (error) {
    throw explained(error)
  }
}

/** The same for work that reports one item after another. */
export async function* throughRemote<Item>(
  given: Remote,
  reach: string,
  work: (client: Client) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  const { client, explained } = open(given, reach)
  try {
    yield* work(client)
  } catch (error) {
    throw explained(error)
  }
}

function open({ remote, edge }: Remote, reach: string) {
  if (edge !== undefined) throw new Refusal('remote.and-edge')
  const origin = originIn(remote ?? '')
  const token = readRemoteToken(process.env)
  if (token === undefined) {
    throw new Refusal('remote.no-token', { origin, reach })
  }
  const waiting = (why: string, milliseconds: number) =>
    progress(`${why} Trying again in ${Math.ceil(milliseconds / 1000)} seconds.`, true)
  return {
    client: openClient(origin, token, { waiting }),
    explained: (error: unknown) => (error instanceof Refusal ? withRemedy(error, origin, reach) : error),
  }
}

interface Remote {
  readonly remote?: string | undefined
  readonly edge?: string | undefined
}

/** What a token is made with that sends translations, and may publish them. */
export const tokenFor = (publishes: boolean): string => `--locale es --write${publishes ? ' --publish' : ''}`

/** What a token is made with that does everything an editor does: of the English and of every language. */
export const editorToken = '--all-locales --edit --publish'

/** What a token is made with that publishes in these languages. Without languages, the English is published. */
export function publisherOf(locales: readonly Locale[]): string {
  if (locales.length === 0) return editorToken
  const read = localesIn(siteFolderIn(process.env))
  if (isProblems(read)) throw unfit(read)
  const { source } = read
  const targets = locales.filter((each) => each !== source)
  const reach = targets.length === 0 ? '--all-locales' : [...targets.map((each) => `--locale ${each}`), '--write'].join(' ')
  return `${reach}${targets.length < locales.length ? ' --edit' : ''} --publish`
}

/** The languages of a site elsewhere. Only real language tags count, because files are named after them. */
export async function localesThere(client: Client): Promise<{ readonly locales: Locales }> {
  const { source, locales } = (await client.ask('listLocales', {})).content
  const real = locales.filter(({ tag }) => canonical(tag) === tag)
  return { locales: { source, locales: real.map(({ tag }) => ({ tag, state: 'public', fallback: [] })) } }
}

/** Refuses arguments that mean nothing elsewhere. */
export function refuseRemotely(args: Readonly<Record<string, unknown>>, reasons: Readonly<Record<string, NewsroomKey>>): void {
  const [given] = Object.entries(reasons).filter(([name]) => args[name] !== undefined)
  if (given) throw new Refusal('remote.option', { option: `--${given[0]}`, problem: complaint(given[1]) })
}

/** Elsewhere, the token is who decides. */
export const noPersonElsewhere = { by: 'remote.no-person' } as const

/** A site's refusal. If a token would help, it says which. */
function withRemedy(refusal: Refusal, origin: string, reach: string): Refusal {
  if (refusal.kind === 'unauthorised') return new Refusal('remote.token', { origin, reach })
  const operation = operationNames.find((name) => name === refusal.members['operation'])
  if (refusal.kind !== 'forbidden' || !operation) return refusal
  const reason = String(refusal.members['reason'])
  const access = lacking[reason] ?? operations[operation].access.replace('see-', '')
  // What is loaded is as published as its files say: no option leaves that out.
  const isLoad = operation === 'putSource' && reason === 'token.saves-only'
  const problem = isLoad ? complaint('token.not-publisher') : complaintIn(refusal)
  return new Refusal('remote.reach', { problem, access, reach })
}

/** What a token lacks that was refused for a reason, as `remote.reach` names it. Other reasons follow from the operation. */
const lacking: Readonly<Record<string, string>> = {
  'token.not-publisher': 'publish',
  'token.saves-only': 'publish',
  'token.not-english': 'edit',
  'token.locale': 'locale',
}

const operationNames = Object.keys(operations) as OperationName[]

/** Reports each file as it is synced, then the counts. Exits with an error if a file needs a person's attention. */
export async function reportSync(results: AsyncGenerator<SyncResult>, given: Remote & { readonly json: boolean }): Promise<void> {
  const counts: Partial<Record<SyncResult['outcome'], number>> = {}
  let done = 0
  await sayList(tallied(), { isJson: given.json, inLines })
  const parts = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`)
  if (!given.json) say(`${counted(done, 'file')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`)

  async function* tallied() {
    for await (const each of results) {
      counts[each.outcome] = (counts[each.outcome] ?? 0) + 1
      done += 1
      if (needsSomebody(each)) process.exitCode = 1
      yield { ...each, reasons: each.complaints.map(explain) }
    }
  }

  function inLines({ path, outcome, reasons, unpublished, warnings = [] }: SyncResult & { readonly reasons: readonly string[] }) {
    const isNew = ({ segment, rule, reason }: FileWarning) =>
      !reasons.includes(explain(complaint('receipt.warning', { segment, rule, reason })))
    const held = [
      ...(unpublished ? [`  ${notPublished(unpublished.slug, [unpublished.locale], given)}`] : []),
      ...warnedLines(warnings, given, warnings.filter(isNew)).map((line) => `  ${line}`),
    ]
    if (outcome !== 'unchanged' || reasons.length > 0)
      return [`${path}: ${outcome}`, ...reasons.map((reason) => `  ${visibleLine(reason)}`), ...held].join('\n')
    if (process.stderr.isTTY) progress(`${done} files: ${path}`, false)
    return undefined
  }
}
