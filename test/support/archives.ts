import { documentsOf, linkOf, type ReadFeed } from './feeds'
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
    for (const [address, before] of kept) {
      const text = await newsroom.text(address)
      if (text !== before.text && !before.slugs.some((slug) => touched.has(slug))) faults.push(`${address} is not as it was`)
    }
    for (const archive of archives) {
      const address = linkOf(archive, 'self')?.slice(newsroom.origin.length) ?? ''
      const slugs = slugsIn(archive)
      const before = kept.get(address)
      const stayed = before?.slugs.filter((slug) => !touched.has(slug) || slugs.includes(slug))
      if (stayed && JSON.stringify(stayed) !== JSON.stringify(slugs)) faults.push(`${address} has ${slugs.join(' ')}`)
      kept.set(address, { text: await newsroom.text(address), slugs })
    }
    return faults
  }
}
