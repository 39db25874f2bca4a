import { unwritten, writeFailureIn } from '../delivery/write-failure'
import type { Complaint } from '../language/complaint'
import { inEnglish } from '../language/newsroom'
import { visible, visibleLine } from '../language/text'
import { complaintIn, Refusal } from '../problem'
import { inCommandLine } from './remedies'

export const say = (message: string) => process.stdout.write(`${message}\n`)

/** A number with what it counts: `1 briefing`, `2 briefings`. */
export const counted = (count: number, one: string, other = `${one}s`): string =>
  inEnglish(`{count, plural, one {# ${one}} other {# ${other}}}`, { count })

/** The same, or that there is none: `no errors`. */
export const countedOrNo = (count: number, one: string): string => (count === 0 ? `no ${one}s` : counted(count, one))

/** A value in JSON that moves no terminal. */
export const asJson = (value: unknown): string => visible(JSON.stringify(value))

/** Why a command was refused, for programs. */
interface Failure {
  readonly code: string
  readonly message: string
  readonly values?: Complaint['values']
}

/** An error as it is reported: if the database could not be written to or opened because of its disk, a refusal that says so. */
export function foreseen(thrown: unknown): unknown {
  if (!(thrown instanceof Refusal)) return unwritten(thrown) ?? thrown
  const { path, fault } = thrown.values
  if (path === undefined || fault === undefined || !writeFailureIn(thrown.cause)) return thrown
  return new Refusal('database.disk', { path, fault }, { cause: thrown.cause })
}

/** An unexpected error is not a refusal. It is reported with its origin. */
const isForeseen = (error: unknown): error is Refusal => error instanceof Refusal

function failureOf(error: unknown): Failure {
  if (!isForeseen(error)) return { code: 'unforeseen', message: String(error) }
  return { ...complaintIn(error), message: inCommandLine(error) }
}

/**
 * Reports why a command was not done, and exits with an error: one JSON document if JSON was asked for, else a sentence. An
 * unexpected error is always printed with its stack on standard error.
 */
export function report(thrown: unknown, isJson: boolean): void {
  const error = foreseen(thrown)
  if (isJson) say(asJson({ error: failureOf(error) }))
  if (isForeseen(error) && !isJson) process.stderr.write(`${inCommandLine(error)}\n`)
  tellUnforeseen(error)
  process.exitCode = 1
}

function tellUnforeseen(error: unknown): void {
  if (!isForeseen(error)) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
}

interface Listing<Item> {
  readonly isJson: boolean
  /** One or more lines for a person; `undefined`: nothing is printed for this item. */
  readonly inLines: (item: Item) => string | undefined
  /** The file that is being worked on. */
  readonly fileUnderWay?: () => string | undefined
}

/**
 * Prints a list item by item, so that it is never all in memory, and returns the number of items. In JSON it is always one valid
 * document: an error that ends it early is its last item, with the current file. If there is neither an item nor a file, it
 * prints nothing and throws.
 */
export async function sayList<Item>(
  items: AsyncIterable<Item>,
  { isJson, inLines, fileUnderWay = () => undefined }: Listing<Item>,
): Promise<number> {
  let count = 0
  const add = (item: unknown) => {
    say(`${count === 0 ? '[' : ','}${asJson(item)}`)
    count += 1
  }
  try {
    for await (const item of items) {
      if (isJson) add(item)
      else {
        count += 1
        const lines = inLines(item)
        if (lines !== undefined) say(lines)
      }
    }
  } catch (thrown) {
    const error = foreseen(thrown)
    const file = fileUnderWay()
    if (!isJson && file !== undefined) process.stderr.write(`${visibleLine(file)}:\n`)
    if (!isJson || (count === 0 && file === undefined)) throw error
    add({ file, error: failureOf(error) })
    tellUnforeseen(error)
    process.exitCode = 1
  }
  if (isJson) say(count === 0 ? '[]' : ']')
  return count
}
