import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config'
import { gatherKit } from '../../src/doors/kit'
import { readWords } from '../../src/doors/words'
import { explain } from '../../src/language/newsroom'
import { openSite } from '../../src/site'
import { root } from '../support/server'
import { sampleSettings } from '../support/settings'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A checkout that has these files, by their paths below `locales`, and no others. */
function checkout(files: Readonly<Record<string, unknown>>): string {
  const root = mkdtempSync(join(tmpdir(), 'vernacular-checkout-'))
  folders.push(root)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, 'locales', path)), { recursive: true })
    writeFileSync(join(root, 'locales', path), JSON.stringify(content))
  }
  return root
}

const locale = (tag: string, fallback: readonly string[] = [], state = 'public') => ({ tag, state, fallback })

describe('the index of locales', () => {
  const complaints = (index: unknown) => {
    try {
      gatherKit(checkout({ 'index.json': index }))
      return ['nothing']
    } catch (error) {
      return error instanceof Error ? error.message.split('\n') : [String(error)]
    }
  }

  test('is refused with a source that is no locale of the site, and says what to do', () => {
    expect(complaints({ source: 'eo', locales: [locale('en')] })).toEqual([
      'locales/index.json: source: “eo” is not in the list of locales. Add it or name one from the list.',
    ])
  })

  test('is refused with a locale that is there twice', () => {
    expect(complaints({ source: 'en', locales: [locale('en'), locale('fr'), locale('fr', [], 'hidden')] })).toEqual([
      'locales/index.json: locales.2.tag: “fr” appears twice. Remove one of them.',
    ])
  })

  test('is refused with a neighbour that there is not, or that is the locale itself', () => {
    expect(complaints({ source: 'en', locales: [locale('en'), locale('es'), locale('ca', ['es', 'oc', 'ca'])] })).toEqual([
      'locales/index.json: locales.2.fallback.1: “oc” is not another locale in the list. Add it to the list or remove it here.',
      'locales/index.json: locales.2.fallback.2: “ca” is not another locale in the list. Add it to the list or remove it here.',
    ])
  })

  test('is refused with a tag that is spelled otherwise, and with a state that there is not', () => {
    expect(complaints({ source: 'en', locales: [locale('en'), locale('pt-br'), locale('fr', [], 'soon')] })).toEqual([
      'locales/index.json: locales.1.tag: This must be a canonical BCP 47 tag such as pt-BR.',
      'locales/index.json: locales.2.state: This must be hidden, preview or public.',
    ])
  })

  test.each([
    ['another spelling of a locale', 'en', 'en-gb'],
    ['another language', 'en', 'fr'],
    ['another script', 'zh-Hans', 'zh-TW'],
    ['a region that there is not', 'en', 'en-ZZ'],
    ['what is no tag', 'en', 'British'],
  ])('is refused with a format that is %s', (_what, tag, format) => {
    expect(complaints({ source: tag, locales: [{ ...locale(tag), format }] })).toEqual([
      `locales/index.json: locales.0.format: This must be a CLDR locale for the language of ${tag}, such as en-GB for en.`,
    ])
  })

  test('may name how a locale is formatted, and how it writes the first day of a month', () => {
    const locales = [
      { ...locale('en'), format: 'en-GB', firstDay: '1st' },
      { ...locale('ar'), format: 'ar-u-nu-arab' },
      { ...locale('zh-Hant'), format: 'zh-HK' },
    ]
    const root = checkout({ 'index.json': { source: 'en', locales } })
    expect(readWords(root).locales.locales).toEqual(locales)
  })

  test('is refused with a first day that nobody could read', () => {
    expect(complaints({ source: 'en', locales: [{ ...locale('en'), firstDay: '1\u202e' }] })).toEqual([
      expect.stringMatching(/^locales\/index\.json: locales\.0\.firstDay: /),
    ])
  })
})

describe('the words of a checkout', () => {
  const index = { source: 'en', locales: [locale('en'), locale('fr'), locale('ca', [], 'preview')] }
  const english = { '@menu': 'Short.', menu: 'Main menu', by: 'By {names}' }
  const problems = (fr: unknown, ca: unknown = {}) =>
    readWords(checkout({ 'index.json': index, 'en/site.json': english, 'fr/site.json': fr, 'ca/site.json': ca })).problems.map(
      ({ complaint, ...place }) => ({ ...place, message: explain(complaint) }),
    )

  test('are fit to be built in when each is sound, those of a preview also where they lack some', () => {
    expect(problems({ menu: 'Menu principal', by: 'Par {names}' })).toEqual([])
  })

  test('are refused with each fault by file, key and rule, all at once', () => {
    expect(problems({ by: 'Par {noms}' }, { menu: 'Men\u202eú', image: 'Imatge' })).toEqual([
      { file: 'locales/fr/site.json', path: 'menu', message: 'This is missing. Translate it.' },
      {
        file: 'locales/fr/site.json',
        path: 'by',
        message: expect.stringMatching(/^message-arguments: The message lacks .*\{names\}/),
      },
      {
        file: 'locales/fr/site.json',
        path: 'by',
        message: expect.stringMatching(/^message-arguments: The English has no .*\{noms\}/),
      },
      { file: 'locales/ca/site.json', path: 'image', message: expect.stringContaining('Remove it') },
      { file: 'locales/ca/site.json', path: 'menu', message: expect.stringMatching(/^text: /) },
    ])
  })

  test.each<[unknown, string]>([
    [['Menu principal'], ': Each key must have a text.'],
    ['Menu principal', ': Each key must have a text.'],
    [null, ': Each key must have a text.'],
    [{ menu: 5, by: 'Par {names}' }, 'menu: This must be text.'],
    [{ menu: null, by: 'Par {names}' }, 'menu: This must be text.'],
    [{ menu: { text: 'Menu' }, by: 'Par {names}' }, 'menu: This must be text.'],
  ])('are refused where they are no texts, and nothing else is said then: %j', (fr, told) => {
    expect(problems(fr).map(({ file, path, message }) => `${file} ${path}: ${message}`)).toEqual([`locales/fr/site.json ${told}`])
  })
})

describe('what a page is printed with', () => {
  /** The fingerprints of a site whose checkout has one message otherwise. */
  const fingerprints = async (file?: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'vernacular-checkout-'))
    folders.push(folder)
    for (const name of ['src', 'db', 'node_modules', 'package-lock.json']) symlinkSync(join(root, name), join(folder, name))
    cpSync(join(root, 'locales'), join(folder, 'locales'), { recursive: true })
    if (file !== undefined) {
      const catalog = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>
      const [[key, message] = ['', '']] = Object.entries(catalog)
      writeFileSync(join(folder, file), JSON.stringify({ ...catalog, [key]: `${message}!` }))
    }
    const site = await openSite(gatherKit(folder), readConfig({ ORIGIN: 'https://briefings.example' }, sampleSettings))
    return site.locales.locales.map(({ tag }) => site.fingerprint(tag))
  }

  test('is the site’s words and not the newsroom’s: a word changed there prints nothing again', async () => {
    const before = await fingerprints()
    expect(await fingerprints('locales/en/newsroom.json')).toEqual(before)
    expect(await fingerprints('locales/en/site.json')).not.toEqual(before)
  })
})
