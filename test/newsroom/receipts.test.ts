import { describe, expect, test } from 'vitest'
import { importPack } from '../../src/newsroom/import'
import { loadAll } from '../../src/newsroom/load'
import { publish } from '../../src/newsroom/publish'
import { reviewStored } from '../../src/newsroom/review-stored'
import type { Accepted } from '../../src/translations/checks/accepted'
import type { FileWarning } from '../../src/translations/checks/receipt'
import { readPack } from '../../src/translations/packs/formats'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation } from '../support/briefings'
import { encode, filesOf, openNewsroom } from '../support/newsroom'
import { openToPrograms } from '../support/programs'

const briefing = aBriefing({ summary: 'The repair costs 3 million euros, says the port.' })
/** It has ten times the sum. */
const wrong = 'La riparazione costa 30 milioni di euro, dice il porto.'
const right = 'La riparazione costa 3 milioni di euro, dice il porto.'
const title = 'Il porto chiude per un mese'
/** Its П is Cyrillic. */
const mixed = 'Il Пorto chiude per un mese'

const italian = (segments: Readonly<Record<string, string>>, accepted?: Accepted) =>
  aTranslation(briefing, 'it', { segments, ...(accepted ? { accepted } : {}) })

const file = (segments: Readonly<Record<string, string>>, accepted?: Accepted) =>
  readPack('harbour-closes.json', encode(italian(segments, accepted)))

const warned = (lines: readonly { readonly segment: string; readonly warnings?: readonly { readonly rule: string }[] }[]) =>
  lines.flatMap(({ segment, warnings = [] }) => warnings.map(({ rule }) => `${segment} ${rule}`))

describe('the receipt of a file', () => {
  test('carries the warnings of each text that it accepted, and the texts are saved', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing, translations: [] })
    const receipt = await importPack(newsroom.site, file({ summary: wrong, title: mixed }))
    const found = warned(receipt.lines).filter((each) => !each.endsWith('untranslated'))
    expect(found).toEqual(['title mixed-script', 'summary numbers'])
    expect(receipt.isSaved).toBe(true)
    expect((await findTranslation(newsroom.site.database, briefing.id, 'it'))?.segments['summary']?.text).toBe(wrong)
  })

  test('says nothing of a text that is right or whose warning the file accepts, and says again what it said of one that stands as it was sent', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing, translations: [] })
    const ofSummary = async (...sent: Parameters<typeof file>) =>
      warned((await importPack(newsroom.site, file(...sent))).lines).filter((each) => each.startsWith('summary'))
    expect(await ofSummary({ summary: right, title })).toEqual([])
    expect(await ofSummary({ summary: wrong })).toEqual(['summary numbers'])
    expect(await ofSummary({ summary: wrong })).toEqual(['summary numbers'])
    expect(await ofSummary({ summary: `${wrong} ` }, { summary: { numbers: 'As the notice has it.' } })).toEqual([
      'summary spacing',
    ])
    // The site keeps no acceptance.
    expect(await ofSummary({ summary: `${wrong} ` })).toContain('summary numbers')
  })
})

describe('a publication', () => {
  test('says what the checks say of the texts that readers get, whether they came with it or stood before, and is done', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing, translations: [] })
    await importPack(newsroom.site, file({ summary: wrong }))
    const rules = ({ warnings = [] }: { readonly warnings?: readonly FileWarning[] }) =>
      warnings.filter(({ rule }) => rule !== 'untranslated').map(({ locale, segment, rule }) => `${locale} ${segment} ${rule}`)
    const trial = await publish(newsroom.site, briefing.slug, ['it'], { actor: 'a test' }, { isTrial: true })
    expect(rules(trial)).toEqual(['it summary numbers'])
    const judged = {
      standards: { glossaries: new Map(), styles: new Map() },
      acceptedIn: () => ({ summary: { numbers: 'So it is.' } }),
    }
    const accepted = await publish(newsroom.site, briefing.slug, ['it'], { actor: 'a test' }, { isTrial: true, judged })
    expect(rules(accepted)).toEqual([])
    const imported = await importPack(newsroom.site, file({ title: mixed }), { state: 'approved' })
    expect(rules(imported)).toEqual(['it title mixed-script', 'it summary numbers'])
    expect(imported).toMatchObject({ isPublished: true })
    expect(await publish(newsroom.site, briefing.slug, ['it'], { actor: 'a test' })).not.toHaveProperty('warnings')
    await importPack(newsroom.site, file({ summary: `${wrong} ` }))
    const done = await publish(newsroom.site, briefing.slug, ['it'], { actor: 'a test' })
    expect(rules(done)).toEqual(['it title mixed-script', 'it summary spacing', 'it summary numbers'])
    expect(done.locales).toEqual(['it'])
  })

  test('of texts that are right says nothing, nor does an import that publishes nothing', async () => {
    const newsroom = await openNewsroom()
    await newsroom.load({ briefing, translations: [] })
    expect(await importPack(newsroom.site, file({ summary: wrong }))).not.toHaveProperty('warnings')
    const published = await importPack(newsroom.site, file({ summary: right, title }), { state: 'approved' })
    expect(published).not.toHaveProperty('warnings')
    expect(published).toMatchObject({
      isPublished: true,
    })
  })
})

describe('the receipt of loading', () => {
  test('carries the warnings of what it saved, once, apart from what the file accepts', async () => {
    const newsroom = await openNewsroom()
    const load = async (translation: ReturnType<typeof italian>) => {
      const receipts = await loadAll(newsroom.site, filesOf([{ briefing, translations: [translation] }]))
      return receipts.flatMap(({ warnings }) =>
        warnings.filter(({ segment }) => segment === 'summary').map(({ locale, rule, reason }) => [locale, rule, reason]),
      )
    }
    const said = ['it', 'numbers', 'The English has “3 million”, but the text has “30 milioni”. Compare the numbers.']
    expect(await load(italian({ summary: wrong }))).toEqual([said])
    expect(await load(italian({ summary: wrong }))).toEqual([])
    expect(await load(italian({ summary: wrong, title }, { summary: { numbers: 'As the notice has it.' } }))).toEqual([])
  })
})

describe('a program', () => {
  test('gets the warnings in the answers to a pack, a translation and a briefing, each as a rule, a sentence and a complaint', async () => {
    const programs = await openToPrograms()
    const { secret: token } = await programs.issue({ locales: ['it'], mayWrite: true, seesGated: true })
    const address = '/api/v1/translations/it/harbour-closes'
    const etag = (await programs.call(address, { token })).headers.get('ETag') ?? ''
    const body = JSON.stringify(aTranslation(aBriefing(), 'it', { segments: { summary: 'Ferme 900 navi.' } }))
    const warning = {
      rule: 'numbers',
      reason: 'The text has “900”, but the English does not. Compare the numbers.',
      complaint: { code: 'check.numbers.added', values: expect.anything() },
    }
    const line = expect.objectContaining({ segment: 'summary', outcome: 'accepted', warnings: [warning] })
    const dry = await programs.call(`${address}?dry-run=true`, { method: 'PUT', body, headers: { 'If-Match': etag }, token })
    expect([dry.status, await dry.json()]).toEqual([200, expect.objectContaining({ lines: expect.arrayContaining([line]) })])
    const sent = await programs.sendPack(token, body, '&file=harbour-closes.json')
    expect(await sent.json()).toMatchObject({ isSaved: true, lines: expect.arrayContaining([line]) })

    const quay = aBriefing({ id: 'quay', slug: 'quay-reopens' })
    const translations = [aTranslation(quay, 'it', { segments: { summary: 'Ferme 900 navi.' } })]
    const editor = (await programs.issue({ locales: 'all', mayEdit: true })).secret
    const [headers, source] = [{ 'If-None-Match': '*' }, JSON.stringify({ briefing: quay, translations })]
    const put = await programs.call('/api/v1/sources/quay-reopens', { method: 'PUT', body: source, headers, token: editor })
    const { warnings } = (await put.json()) as { readonly warnings: readonly unknown[] }
    expect(warnings).toContainEqual({ locale: 'it', segment: 'summary', ...warning })
  })
})

describe('the check of the database', () => {
  const rulesIn = async (accepted?: Accepted) => {
    const newsroom = await openNewsroom()
    await newsroom.load({
      briefing,
      translations: [
        italian({ summary: wrong, title: mixed }),
        aTranslation(briefing, 'pl', { segments: { summary: 'Naprawa kosztuje 3 mln euro, informuje port.' } }),
      ],
    })
    const standards = { glossaries: new Map(), styles: new Map() }
    const found: string[] = []
    let looked = 0
    for await (const { slug, locale, findings } of reviewStored(newsroom.site, { standards, acceptedIn: () => accepted })) {
      looked += 1
      for (const { segment, rule } of findings) if (rule !== 'untranslated') found.push(`${slug} ${locale} ${segment} ${rule}`)
    }
    expect(looked).toBe(3)
    return found
  }

  test('looks at each briefing and translation, apart from what is accepted', async () => {
    const both = ['harbour-closes it title mixed-script', 'harbour-closes it summary numbers']
    expect(await rulesIn()).toEqual(both)
    expect(await rulesIn({ summary: { numbers: 'As the notice has it.' } })).toEqual(both.slice(0, 1))
  })
})
