import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { placed } from '../../src/briefings/files'
import { segmentsOf } from '../../src/briefings/segments'
import { checkAll } from '../../src/doors/commands/check'
import { readContentFiles } from '../../src/doors/content-folder'
import { gatherKit } from '../../src/doors/kit'
import { readWords } from '../../src/doors/words'
import { explain } from '../../src/language/newsroom'
import { readContent } from '../../src/newsroom/content-files'
import { placedFinding } from '../../src/translations/checks/review'
import { aBriefing, aTranslation } from '../support/briefings'
import { filesOf } from '../support/newsroom'
import { root } from '../support/server'

const months = Array.from({ length: 12 }, (_, month) => new Date(2024, month, 1).toLocaleString('en', { month: 'long' }))

describe('everything in locales/', () => {
  test('is in order, and gives no cause for a warning that nobody accepted with a reason', () => {
    const { problems, warnings: all, catalogs, briefings } = checkAll()
    const warnings = all.filter(({ rule }) => rule !== 'outdated') // Work that waits for a translator is no fault.
    expect([...problems, ...warnings.map((warning) => explain(placedFinding(warning)))]).toEqual([])
    expect(Math.min(catalogs, briefings)).toBeGreaterThan(5)
  })
})

describe('the sample briefings', () => {
  const { settings } = gatherKit(root)
  const read = readContent(readContentFiles(root), readWords(root).locales, settings)
  const samples = 'problems' in read ? [] : read
  const translations = samples.flatMap((sample) => sample.translations)
  const english = samples.flatMap(({ briefing }) =>
    segmentsOf(briefing).map(({ id, text }) => ({ place: `${briefing.slug} ${id}`, text })),
  )

  test('name no translator, because a machine made every translation', () => {
    expect(translations.length).toBeGreaterThan(30)
    expect(translations.filter(({ provenance, credits }) => provenance !== 'machine' || credits.length > 0)).toEqual([])
  })

  test('have typographic quotation marks, and days before months', () => {
    const slips = (texts: typeof english) => texts.filter(({ text }) => slip.test(text)).map(({ place }) => place)
    const slip = new RegExp(`['"]|\\b(${months.join('|')}) \\d{1,2}\\b`)
    expect(english.length).toBeGreaterThan(300)
    expect(slips(english)).toEqual([])
    expect(slips([...english, { place: 'a', text: "The port's notice" }, { place: 'b', text: 'On May 20, 2024' }])).toEqual([
      'a',
      'b',
    ])
  })
})

describe('a folder of one’s own', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vernacular-check-'))
    cpSync(join(root, 'db/images'), join(folder, 'db/images'), { recursive: true })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const briefing = aBriefing()
  const check = (title: string, glossary?: unknown) => {
    const translation = aTranslation(briefing, 'fr', { segments: { title } })
    const { briefings, translations } = filesOf([{ briefing, translations: [translation] }])
    for (const { path, bytes } of [...briefings, ...translations]) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    writeFileSync(join(folder, 'locales/fr/glossary.json'), JSON.stringify(glossary ?? { locale: 'fr', terms: [] }))
    return checkAll(folder)
  }

  test('is told of its warnings, with its own glossary, and not of those of this checkout', () => {
    const { problems, warnings } = check('Le "havre" ferme pour un mois', {
      locale: 'fr',
      terms: [{ term: 'harbour', translation: 'port' }],
    })
    expect(problems).toEqual([])
    expect(warnings.map(({ file, path, rule }) => `${file} ${path} ${rule}`)).toEqual([
      'locales/fr/briefings/harbour-closes.json segments.title quotation', // marks of another language
      'locales/fr/briefings/harbour-closes.json segments.title quotation', // and nothing is quoted in the English
      'locales/fr/briefings/harbour-closes.json segments.title glossary',
    ])
  })

  test('is told of everything that is wrong at once, and of no warnings then', () => {
    const { problems, warnings } = check('Le "havre" \u202eferme', { locale: 'de', terms: [] })
    expect(problems.map(({ file, path }) => `${file} ${path}`)).toEqual([
      'locales/fr/briefings/harbour-closes.json segments.title',
      'locales/fr/glossary.json locale',
    ])
    expect(warnings).toEqual([])
  })

  test('with a public language that no font has is told that cards in it have no text', () => {
    const site = mkdtempSync(join(tmpdir(), 'vernacular-check-'))
    const json = (name: string, value: unknown) => {
      mkdirSync(join(site, name, '..'), { recursive: true })
      writeFileSync(join(site, name), JSON.stringify(value))
    }
    const { brand: _brand, ...settings } = JSON.parse(readFileSync(join(root, 'db/site.json'), 'utf8')) as { brand: unknown }
    json('site.json', { ...settings, brand: {} })
    mkdirSync(join(site, 'briefings'))
    const english = JSON.parse(readFileSync(join(root, 'locales/en/site.json'), 'utf8')) as Record<string, string>
    const words = Object.fromEntries(Object.entries(english).filter(([key]) => !key.startsWith('@')))
    json('locales/hi/site.json', words)
    const languages = (state: string) =>
      json('locales/index.json', {
        source: 'en',
        locales: [
          { tag: 'en', state: 'public', fallback: [], format: 'en-GB' },
          { tag: 'hi', state, fallback: [] },
        ],
      })
    const told = () => {
      const { problems, warnings } = checkAll(site)
      return [...problems.map(placed), ...warnings.map(placedFinding)].map(explain)
    }
    languages('public')
    expect(told()).toEqual([
      'locales/index.json: hi: cards: No font for share cards has the letters of this language. Cards in it are drawn without their texts.',
    ])
    languages('preview')
    expect(told()).toEqual([])
    rmSync(site, { recursive: true })
  })
})
