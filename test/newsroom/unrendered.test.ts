import { describe, expect, test } from 'vitest'
import { mapSegments } from '../../src/briefings/segments'
import { aBriefing, aTranslation } from '../support/briefings'
import { sendTexts } from '../support/desk'
import { openNewsroom } from '../support/newsroom'

const struck = 'The harbour is ~~open~~ closed.'
const withContext = (context: string) => aBriefing({ context })

describe('Markdown that pages do not show', () => {
  test('is refused in the English of a file, with the passage and the line', async () => {
    const newsroom = await openNewsroom()
    await expect(newsroom.load({ briefing: withContext(`Since Monday:\n\n${struck}`) })).rejects.toMatchObject({
      message: expect.stringMatching(/harbour-closes\.json: context: Line 3 has struck words\. Pages do not show this\./),
    })
  })

  test('is refused in a translation of a file', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    const translation = aTranslation(briefing, 'fr', { segments: { context: 'Le port est ~~ouvert~~ fermé.' } })
    await expect(newsroom.load({ briefing, translations: [translation] })).rejects.toThrow(/segments\.context: .*struck words/)
  })

  test('is refused in a translator’s file, and all other texts are accepted', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing: aBriefing() })
    const { lines } = await sendTexts(newsroom, 'fr', { context: 'Le port est ~~ouvert~~ fermé.', title: 'Le port ferme' })
    expect(lines.map(({ segment, outcome }) => `${segment} ${outcome}`)).toEqual(['context rejected', 'title accepted'])
    expect(JSON.stringify(lines[0]?.complaint)).toContain('"struck"')
  })

  test('that was saved before stays with its readers, whole, and its translation may have the same', async () => {
    const newsroom = await openNewsroom()
    const briefing = withContext(struck)
    await newsroom.keep({ briefing })
    expect(await newsroom.text('/en/briefings/harbour-closes')).toContain('~~open~~')
    const { lines } = await sendTexts(newsroom, 'fr', { context: 'Le port est ~~ouvert~~ fermé.' })
    expect(lines.map(({ outcome }) => outcome)).toEqual(['accepted'])
  })

  test('is text in a line that is not Markdown', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing()
    const typed = mapSegments(briefing, ({ kind, text }) => (kind === 'plain' ? `~~${text.slice(0, 20)}~~` : text))
    await newsroom.load({ briefing: { ...briefing, ...typed } })
    expect(await newsroom.text('/en/briefings/harbour-closes')).toContain('~~The harbour closes f~~')
  })
})
