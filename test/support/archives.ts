import { documentsOf, linkOf, type ReadFeed, readAtom } from './feeds'
import type { Newsroom } from './newsroom'

/** What was in a full archive at some time. */
interface Kept {
  readonly text: string
  readonly slugs: readonly string[]
}

export const slugsIn = ({ entries }: ReadFeed): readonly string[] => entries.map(({ url }) => url?.split('/').at(-1) ?? '')

/**
 * One who reads a feed and all its archives now and then. `look` returns what is wrong since the last time, if only these briefings
 * were touched meanwhile and these are to be listed now.
 */
export function archivist(newsroom: Newsroom, path: string) {
  const kept = new Map<string, Kept>()
  return async (touched: ReadonlySet<string>, wanted: readonly string[]): Promise<readonly string[]> => {
    const faults: string[] = []
    const [newest, ...archives] = await documentsOf(newsroom, path)
    const listed = [...(newest ? [newest] : []), ...archives].flatMap(slugsIn)
    if (JSON.stringify(listed.toSorted()) !== JSON.stringify(wanted.toSorted()))
      faults.push(`${path} lists ${listed.toSorted().join(' ')}, not ${wanted.toSorted().join(' ')}`)
    const linked = archives.map((each) => linkOf(each, 'self')?.slice(newsroom.origin.length) ?? '')
    for (const address of new Set([...kept.keys(), ...linked])) {
      const before = kept.get(address)
      const text = await newsroom.text(address)
      const slugs = slugsIn(readAtom(text))
      if (before && text !== before.text && !before.slugs.some((slug) => touched.has(slug)))
        faults.push(`${address} is not as it was`)
      const stayed = before?.slugs.filter((slug) => !touched.has(slug) || slugs.includes(slug))
      if (stayed && JSON.stringify(stayed) !== JSON.stringify(slugs)) faults.push(`${address} has ${slugs.join(' ')}`)
      kept.set(address, { text, slugs })
    }
    return faults
  }
}
