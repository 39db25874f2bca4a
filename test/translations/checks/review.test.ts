import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../../src/briefings/briefing'
import { explain } from '../../../src/language/newsroom'
import type { Accepted } from '../../../src/translations/checks/accepted'
import { errorsIn, type FiledFinding, findingsIn, placedFinding, review } from '../../../src/translations/checks/review'
import { localeFileSchema } from '../../../src/translations/translation'
import { aBriefing, aTranslation, revised } from '../../support/briefings'
import { openNewsroom } from '../../support/newsroom'

const briefing = aBriefing({ title: 'The harbour “closes” for a month' })
/** Neither glossaries nor style sheets. */
const unruled = { glossaries: new Map(), styles: new Map() }
const inWords = (finding: FiledFinding) => explain(placedFinding(finding))
const inFrench = (segments: Record<string, string>, accepted?: Accepted) =>
  aTranslation(briefing, 'fr', { segments, ...(accepted ? { accepted } : {}) })
const withoutLink = { 'body.closure': 'Le port a **fermé** lundi, comme le dit son avis aux navigateurs.' }

describe('the review of a translation', () => {
  test('holds the English and the translation each to the style sheet of its language', () => {
    const styles = new Map([
      ['en', { locale: 'en', words: [{ avoid: ['whoever'], use: 'anyone who', reason: 'stiff' }] }],
      ['fr', { locale: 'fr', spaces: { narrow: { before: '!' } } }],
    ])
    const stiff = aBriefing({ summary: 'Whoever sails there waits.' })
    const translation = aTranslation(stiff, 'fr', { segments: { summary: 'Qui navigue là attend !' } })
    const found = review([{ briefing: stiff, translations: [translation] }], 'en', { glossaries: new Map(), styles })
    expect(found.map(inWords)).toEqual([
      'db/briefings/harbour-closes.json: summary: words: The text has “Whoever”. Write “anyone who” (stiff).',
      'locales/fr/briefings/harbour-closes.json: segments.summary: typography: Write a narrow no-break space (U+202F) before “!”. Look at “attend !”.',
    ])
  })

  test('files each finding under the file, the segment and the rule', () => {
    const findings = review([{ briefing, translations: [inFrench({ title: 'Le port "ferme" pour un mois' })] }], 'en', unruled)
    expect(findings.map(inWords)).toEqual([
      expect.stringMatching(
        /^locales\/fr\/briefings\/harbour-closes\.json: segments\.title: quotation: The text has “"” out of place\. /,
      ),
    ])
  })

  test('asks for the names that the briefing knows', () => {
    const named = aBriefing({ summary: 'Dredgers SA and Port of Sète say nothing.' })
    const translation = aTranslation(named, 'fr', { segments: { summary: 'L’entreprise et le port ne disent rien.' } })
    expect(findingsIn(named, translation, undefined).map(({ complaint }) => explain(complaint))).toEqual([
      expect.stringContaining('“Port of Sète” and “Dredgers SA”'),
    ])
  })

  test('passes over what was accepted with a reason, and nothing else', () => {
    const segments = { title: 'Le port "ferme"  pour un mois' }
    const rules = (accepted?: Accepted) => findingsIn(briefing, inFrench(segments, accepted), undefined).map(({ rule }) => rule)
    expect(rules()).toEqual(['spacing', 'quotation'])
    expect(rules({ title: { quotation: 'As the notice prints it.' } })).toEqual(['spacing'])
    expect(rules({ title: { quotation: 'As the notice prints it.', spacing: 'That too.' } })).toEqual([])
  })

  test('asks to take out what accepts a warning that is no longer given, or never was', () => {
    const told = (segments: Record<string, string>, accepted: Accepted) =>
      review([{ briefing, translations: [inFrench(segments, accepted)] }], 'en', unruled).map(inWords)
    const reason = { quotation: 'As the notice prints it.' }
    expect(told({ title: 'Le port "ferme" pour un mois' }, { title: reason })).toEqual([])
    const stale =
      /^locales\/fr\/briefings\/harbour-closes\.json: accepted\.title: accepted: “quotation” is accepted here, .* Remove that/
    expect(told({ title: 'Le port « ferme » pour un mois' }, { title: reason })).toEqual([expect.stringMatching(stale)])
    expect(told({ title: '' }, { title: reason })).toEqual([expect.stringMatching(stale)])
    expect(told({ title: 'Le port « ferme » pour un mois', summary: 'Le port ferme».' }, { title: reason })).toEqual([
      expect.stringContaining('segments.summary: quotation'),
      expect.stringMatching(stale),
    ])
  })

  test('passes over what is only proposed, for it is no translation yet', () => {
    const proposing = (...proposed: string[]) =>
      errorsIn(briefing, { ...inFrench(withoutLink), proposed }).map(({ rule }) => rule)
    expect(proposing('title')).toEqual(['links'])
    expect(proposing('title', 'body.closure')).toEqual([])
  })

  test('holds a translation to the English that it was made from', () => {
    const later = revised(briefing, 'material', '2025-03-02T08:00:00Z', (each: BriefingFile) => ({
      ...each,
      body: each.body.map((part) => (part.id === 'closure' ? { ...part, text: 'It closed, for 90 days, says the port.' } : part)),
    }))
    const made = (sourceRevision: number, text: string) =>
      aTranslation(later, 'fr', { sourceRevision, segments: { 'body.closure': text } })
    const old = 'Le port a **fermé** lundi, selon [son avis](https://port.example/notice).'
    expect(errorsIn(later, made(1, old))).toEqual([])
    expect(errorsIn(later, made(2, old)).map(({ rule }) => rule)).toEqual(['links'])
  })
})

describe('a locale file', () => {
  const file = inFrench({})

  test.each([
    ['nothing', undefined, true],
    ['a reason', { title: { quotation: 'As printed.' } }, true],
    ['no reason', { title: { quotation: ' ' } }, false],
    ['a rule that there is not', { title: { beauty: 'It is beautiful.' } }, false],
    ['an error', { title: { links: 'Nobody needs that link.' } }, false],
    ['an acceptance', { title: { accepted: 'It stays.' } }, false],
  ])('may accept warnings: %s', (_what, accepted, isFine) => {
    expect(localeFileSchema.safeParse(accepted ? { ...file, accepted } : file).success).toBe(isFine)
  })

  test('with an error is not loaded, and the file and the segment are named', async () => {
    const newsroom = await openNewsroom()
    const loading = newsroom.load({ briefing, translations: [inFrench(withoutLink)] })
    await expect(loading).rejects.toThrow(
      'locales/fr/briefings/harbour-closes.json: segments.body.closure: links: The text lacks these links:',
    )
    expect((await newsroom.get('/fr/briefings/harbour-closes')).status).toBe(404)
  })

  test('that accepts something in a segment that is none is not loaded', async () => {
    const newsroom = await openNewsroom()
    const loading = newsroom.load({ briefing, translations: [inFrench({}, { 'body.gone': { numbers: 'Why not' } })] })
    await expect(loading).rejects.toThrow('accepted.body.gone: This briefing has no segment with this id. Correct or remove it.')
  })

  test('with warnings is loaded', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing, translations: [inFrench({ title: 'Le port "ferme"  dans 900 mois' })] })
    expect((await newsroom.get('/fr/briefings/harbour-closes')).status).toBe(200)
  })
})
