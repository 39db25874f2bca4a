import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig, readKitConfig } from '../../src/config'
import { readContentFiles } from '../../src/doors/content-folder'
import { gatherKit } from '../../src/doors/kit'
import { isPseudo, pseudoLocales } from '../../src/language/locale'
import { readContent } from '../../src/newsroom/content-files'
import { openSite } from '../../src/site'
import { findingsIn } from '../../src/translations/checks/review'
import { root } from '../support/server'
import { sampleSettings } from '../support/settings'

const off = gatherKit(root)
const on = gatherKit(root, { pseudoLocales: true })

describe('the setting of pseudo-locales', () => {
  test('is off unless somebody says on', () => {
    expect(readKitConfig({})).toEqual({ pseudoLocales: false })
    expect(readKitConfig({ PSEUDO_LOCALES: '' })).toEqual({ pseudoLocales: false })
    expect(readKitConfig({ PSEUDO_LOCALES: 'on' })).toEqual({ pseudoLocales: true })
    expect(() => readKitConfig({ PSEUDO_LOCALES: 'yes' })).toThrow('PSEUDO_LOCALES: This must be on or off.')
  })

  test('puts nothing of them into a kit where it is off, and nothing of them into the checkout where it is on', () => {
    expect(JSON.stringify([off.locales, Object.keys(off.catalogs), Object.keys(off.areas)])).not.toMatch(/XA|XB/)
    for (const locale of pseudoLocales) expect(existsSync(join(root, 'locales', locale))).toBe(false)
  })

  test('puts them into a kit in preview, with every word of the site and CLDR’s names of areas', () => {
    expect(on.locales.locales.filter(({ tag }) => isPseudo(tag))).toEqual(
      pseudoLocales.map((tag) => ({ tag, state: 'preview', fallback: [] })),
    )
    for (const locale of pseudoLocales) {
      expect(Object.keys(on.catalogs[locale] ?? {})).toEqual(Object.keys(off.catalogs['en'] ?? {}))
    }
    expect(on.areas['en-XA']?.['150']).toBe('Europe')
    expect(on.areas['ar-XB']?.['150']).toBe(off.areas['ar']?.['150'])
  })

  test('makes another program, so that switching prints everything again', async () => {
    const config = readConfig({ ORIGIN: 'https://briefings.example' }, sampleSettings)
    const [before, after] = await Promise.all([openSite(off, config), openSite(on, config)])
    for (const { tag } of off.locales.locales) expect(after.fingerprint(tag)).not.toBe(before.fingerprint(tag))
  })
})

describe('the samples', () => {
  const content = readContentFiles(root)
  const read = (site: typeof on.locales) => {
    const contents = readContent(content, site, off.settings)
    return 'problems' in contents ? [] : contents
  }

  test('come with translations into the pseudo-locales only where the site has these', () => {
    const pseudo = (site: typeof on.locales) =>
      read(site).map(({ translations }) => translations.map(({ locale }) => locale).filter(isPseudo))
    expect(pseudo(on.locales).length).toBeGreaterThan(5)
    expect(new Set(pseudo(on.locales).map(String))).toEqual(new Set([String(pseudoLocales)]))
    expect(new Set(pseudo(off.locales).map(String))).toEqual(new Set(['']))
  })

  test.each(pseudoLocales)('are set in %s as in English, and lead where the English leads', (locale) => {
    const shape = ['structure', 'links', 'addresses', 'markup', 'text']
    const findings = read(on.locales).flatMap(({ briefing, translations }) =>
      translations.filter((each) => each.locale === locale).flatMap((each) => findingsIn(briefing, each, undefined)),
    )
    const told = findings.filter(({ rule, complaint }) => shape.includes(rule) && complaint.code !== 'text.reordering')
    expect(told).toEqual([])
  })
})
