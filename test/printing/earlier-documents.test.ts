import { expect, test } from 'vitest'
import { findSource } from '../../src/briefings/store'
import { aBriefing, aTranslation } from '../support/briefings'
import briefingOfVersion1 from '../support/documents/briefing.1.json'
import cardOfVersion1 from '../support/documents/card.1.json'
import readingOfVersion1 from '../support/documents/reading.1.json'
import resolutionOfVersion1 from '../support/documents/resolution.1.json'
import { openNewsroom, reworded } from '../support/newsroom'
import { writePlain } from '../support/plain-rows'

/** Documents as programs before this one stored them, by version. They are never changed; a new version adds its own. */
const earlier = {
  1: { briefing: briefingOfVersion1, card: cardOfVersion1, reading: readingOfVersion1, resolution: resolutionOfVersion1 },
}

test.each(Object.entries(earlier))(
  'documents of version %s open: readers have the page, and it is printed anew',
  async (_, documents) => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await writePlain(newsroom.database)
    const { query, atomically } = newsroom.database
    const [document, card, reading, resolution] = [
      documents.briefing,
      documents.card,
      documents.reading,
      documents.resolution,
    ].map((each) => JSON.stringify(each))
    await atomically([
      query.updateTable('source_revision').set({ document: document ?? '' }),
      query
        .updateTable('edition')
        .set({ card: card ?? '', reading: reading ?? '' })
        .where('locale', '=', 'es')
        .where('tier', '=', 0),
      query
        .updateTable('resolution')
        .set({ resolution: resolution ?? '' })
        .where('asked', '=', 'es'),
    ])
    expect((await findSource(newsroom.database, briefing.id))?.briefing.title).toBe(briefing.title)

    // With other words the page is made anew from its document, and not taken as it was printed.
    const next = await newsroom.deploy(
      reworded('es', { 'briefing.sources': 'Fuentes, con otras palabras', 'notice.partial': 'Con otras palabras' }),
    )
    for (const path of ['/es/briefings/harbour-closes', '/es/briefings/harbour-closes.json', '/es/', '/es/feed.xml']) {
      const answer = await next.get(path)
      expect([path, answer.status]).toEqual([path, 200])
      expect(await answer.text()).toContain('es: The harbour closes for a month')
    }
    expect(await next.printWaiting()).toBe(1)
    expect(await next.text('/es/briefings/harbour-closes')).toContain('es: The harbour closes for a month')
  },
)
