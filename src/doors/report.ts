import type { Complaint } from '../language/complaint'
import { visible, visibleLine } from '../language/text'
import { complaintIn, Refusal } from '../problem'
import { inCommandLine } from './remedies'

export const say = (message: string) => process.stdout.write(`${message}\n`)

/** A value in JSON that moves no terminal. */
export const asJson = (value: unknown): string => visible(JSON.stringify(value))

/** Why a command was not done, for a program to read. */
interface Failure {
  readonly code: string
  readonly message: string
  readonly values?: Complaint['values']
}

/** What nobody foresaw is no refusal: it is told with where it came from. */
const isForeseen = (error: unknown): error is Refusal => error instanceof Refusal

function failureOf(error: unknown): Failure {
  if (!isForeseen(error)) return { code: 'unforeseen', message: String(error) }
  return { ...complaintIn(error), message: inCommandLine(error) }
}

/**
 * Tells why a command was not done, and leaves with an error: one JSON document where JSON was asked for, else a sentence. What
 * nobody foresaw is told with its stack on standard error in any case.
 */
export function report(error: unknown, isJson: boolean): void {
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
  /** A line or more for a person; `undefined`: nothing is said of this item. */
  readonly inLines: (item: Item) => string | undefined
  /** The file that is being worked on. */
  readonly fileUnderWay?: () => string | undefined
}

/**
 * Prints a list as it grows, so that it is never all held, and returns how many there were. In JSON it is one document whatever
 * happens: what ends it early is its last item, with the file that was being worked on. Where there is neither an item nor a file,
 * nothing is printed, and it throws.
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
  } catch (error) {
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
