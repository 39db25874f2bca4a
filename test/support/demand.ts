import type { FallbackView } from '../../src/delivery/page-cache'
import { Tally } from '../../src/demand/demand'

/** A view of a briefing's page in a language that it is not served in. */
export const aView = (asked: string, slug: string): FallbackView => ({ address: `/${asked}/briefings/${slug}`, asked, slug })

/** A tally that holds so many views of each page named: `{ 'es harbour-closes': 3 }`. */
export function aTally(views: Readonly<Record<string, number>>): Tally {
  const tally = new Tally(1000)
  for (const [page, count] of Object.entries(views)) {
    const [asked = '', slug = ''] = page.split(' ')
    tally.add(aView(asked, slug), count)
  }
  return tally
}
