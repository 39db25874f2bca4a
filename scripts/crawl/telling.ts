import { createTwoFilesPatch } from 'diff'
import { type Difference, type Kind, textOf } from './compare'
import { type Crawl, type Entry, keyOf } from './kept'
import { comparedHeaders } from './normalise'

const kinds: readonly Kind[] = ['missing', 'new', 'status', 'headers', 'body']
const listedMost = 40

/** The differences by kind, in lines: how many there are, and the first of each. */
export function reportOf(title: string, differences: readonly Difference[]): string {
  if (differences.length === 0) return `${title}: none.\n`
  const parts = kinds.flatMap((kind) => {
    const found = differences.filter((each) => each.kind === kind)
    if (found.length === 0) return []
    const lines = found.slice(0, listedMost).map(({ entry, detail }) => `  ${keyOf(entry)}\n    ${detail}`)
    return [
      `${found.length} ${kind}`,
      ...lines,
      ...(found.length > listedMost ? [`  and ${found.length - listedMost} more`] : []),
    ]
  })
  return `${title}: ${differences.length}.\n${parts.join('\n')}\n`
}

/** What was answered at an address before and after, as patches: of each door and reader to whom it differs. */
export function patchesAt(address: string, before: Crawl, after: Crawl): string {
  const at = ({ entries }: Crawl) =>
    new Map(entries.filter((each) => each.address === address).map((each) => [keyOf(each), each]))
  const [old, young] = [at(before), at(after)]
  const keys = [...new Set([...old.keys(), ...young.keys()])]
  if (keys.length === 0) return `Nobody asked for ${address}.\n`
  const patches = keys.flatMap((key) => {
    const [was, is] = [linesOf(before, old.get(key)), linesOf(after, young.get(key))]
    return was === is ? [] : [createTwoFilesPatch(`before ${key}`, `after ${key}`, was, is, '', '', { context: 2 })]
  })
  return patches.length === 0 ? `${address} is the same to all ${keys.length} who asked.\n` : patches.join('\n')
}

/** An answer as lines: its status, its headers, and its text with each element on a line. */
function linesOf(crawl: Crawl, entry: Entry | undefined): string {
  if (!entry) return ''
  const headers = [...comparedHeaders(entry, false)].map(([name, value]) => `${name}: ${value}`)
  return `${[entry.status, ...headers, '', textOf(crawl, entry).replace(/(?=<[a-z!])/gi, '\n')].join('\n')}\n`
}
