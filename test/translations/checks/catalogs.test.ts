import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { isProblems, placed } from '../../../src/briefings/files'
import type { Catalog } from '../../../src/language/catalog'
import type { CatalogProblem } from '../../../src/language/catalog-check'
import type { Locales } from '../../../src/language/locale'
import { explain } from '../../../src/language/newsroom'
import { noRecords } from '../../../src/translations/authorship'
import { type Accepted, readAccepted } from '../../../src/translations/checks/accepted'
import { findingsInCatalog, problemsInCatalog, problemsOfMarks, reviewCatalogs } from '../../../src/translations/checks/catalogs'
import { placedFinding } from '../../../src/translations/checks/review'
import type { Glossary } from '../../../src/translations/glossary'
import type { Style } from '../../../src/translations/style'
import { encode } from '../../support/newsroom'
import { rounds } from '../../support/rounds'

const english: Catalog = {
  menu: 'Main menu',
  image: 'Image',
  data: 'This briefing as Markdown',
  by: 'By {names}',
  promise: 'Every briefing is written once, in English, and says so.',
  quoted: 'It is called “provisional” here.',
  help: 'Write to us: https://briefings.example/help',
  low: 'Briefings below 0.10 are never published.',
  parts: '{count, plural, one {One section is shown in English.} other {# sections are shown in English.}}',
}

/** Neither glossaries nor style sheets. */
const unruled = { glossaries: new Map(), styles: new Map() }

/** What is found in these messages of a catalog, as `key severity rule`. */
const found = (locale: string, catalog: Catalog, more: { glossary?: Glossary; accepted?: Accepted; style?: Style } = {}) =>
  findingsInCatalog(locale, catalog, english, more).map(({ segment, severity, rule }) => `${segment} ${severity} ${rule}`)
const polishParts = (few: string) =>
  `{count, plural, one {Jedna część jest po angielsku.} few {${few}} many {# części jest po angielsku.} other {# części jest po angielsku.}}`

describe('the words of the site', () => {
  test('well translated give no cause for a word', () => {
    expect(
      found('pl', {
        menu: 'Menu główne',
        image: 'Obraz',
        data: 'Ta analiza jako Markdown',
        by: 'Tekst: {names}',
        promise: 'Każda analiza powstaje raz, po angielsku, i o tym informuje.',
        quoted: 'Nazywa się to tutaj „prowizoryczne”.',
        help: 'Prosimy pisać: https://briefings.example/help',
        low: 'Analizy poniżej 0,10 nigdy nie są publikowane.',
        parts: polishParts('# części są po angielsku.'),
      }),
    ).toEqual([])
  })

  test.each<[string, string, string, string, string]>([
    ['left in English', 'pl', 'menu', 'Main menu', 'warning untranslated'],
    ['left in English, a single word with its capital', 'pl', 'image', 'Image', 'warning untranslated'],
    ['left in English in one branch', 'pl', 'parts', polishParts('# sections are shown in English.'), 'warning untranslated'],
    ['in letters of another script', 'ar', 'image', 'Picture', 'warning untranslated'],
    ['quoted as in English', 'de', 'quoted', 'Es heißt hier “vorläufig”.', 'warning quotation'],
    ['quoted as elsewhere in one branch', 'pl', 'parts', polishParts('# „części“ są po angielsku.'), 'warning quotation'],
    ['with a control that reorders text', 'ar', 'menu', 'القائمة \u202eالرئيسية', 'error text'],
    ['with a space behind', 'fr', 'menu', 'Menu principal ', 'warning spacing'],
    ['with a space behind in one branch', 'pl', 'parts', polishParts('# części są po angielsku. '), 'warning spacing'],
    ['with two spaces', 'fr', 'by', 'Par  {names}', 'warning spacing'],
    ['broken over lines', 'fr', 'menu', 'Menu\nprincipal', 'warning spacing'],
    ['without the address', 'fr', 'help', 'Écrivez-nous : notre page d’aide', 'error addresses'],
    ['with another address', 'fr', 'help', 'Écrivez-nous : https://briefings.example/aide', 'error addresses'],
    ['with another number', 'fr', 'low', 'Les notes sous 0,01 ne sont jamais publiées.', 'warning numbers'],
    ['cut short', 'fr', 'promise', 'En anglais.', 'warning length'],
    ['pasted again and again', 'fr', 'menu', 'Menu principal '.repeat(5).trim(), 'warning length'],
    ['with a Cyrillic letter', 'pl', 'menu', 'Menu gł\u043ewne', 'warning mixed-script'],
    [
      'with a Cyrillic letter in one branch',
      'pl',
      'parts',
      polishParts('# cz\u0435ści są po angielsku.'),
      'warning mixed-script',
    ],
    ['without the name of a format', 'fr', 'data', 'Cette note en texte brut', 'warning names'],
    ['with a tag', 'fr', 'menu', '<b>Menu</b> principal', 'warning markup'],
    ['with a brace lost', 'fr', 'by', 'Par {names', 'error message-syntax'],
    ['with an argument translated', 'fr', 'by', 'Par {noms}', 'error message-arguments'],
    ['without a plural form', 'pl', 'parts', '{count, plural, one {Część.} other {Części.}}', 'error plural-forms'],
  ])('are looked at: %s', (_what, locale, key, message, finding) => {
    expect(found(locale, { [key]: message })).toContain(`${key} ${finding}`)
  })

  test('are held to the glossary, and a word that may stay English stays', () => {
    const glossary: Glossary = {
      locale: 'fr',
      terms: [
        { term: 'briefing', translation: 'note d’analyse' },
        { term: 'image', translation: 'image', keep: true },
        { term: 'names', translation: 'noms' },
      ],
    }
    expect(found('fr', { low: 'Les articles sous 0,10 ne sont jamais publiés.' }, { glossary })).toEqual(['low warning glossary'])
    expect(found('fr', { low: 'Les notes d’analyse sous 0,10 ne sont jamais publiées.' }, { glossary })).toEqual([])
    expect(found('fr', { image: 'image', by: 'Par {names}' }, { glossary })).toEqual([])
  })

  test('may be what they are for a reason, until the reason is gone', () => {
    const accepted: Accepted = { image: { untranslated: 'The same word in French.' } }
    expect(found('fr', { image: 'Image' })).toEqual(['image warning untranslated'])
    expect(found('fr', { image: 'Image' }, { accepted })).toEqual([])
    expect(found('fr', { image: 'Illustration' }, { accepted })).toEqual(['image warning accepted'])
    expect(found('fr', {}, { accepted: { gone: { length: 'Of a message that is gone.' } } })).toEqual(['gone warning accepted'])
    expect(found('fr', { menu: 'Main menu', image: 'Image' }, { accepted })).toEqual(['menu warning untranslated'])
  })

  test('are held to the style sheet, terms and all, and the English to its own', () => {
    const style: Style = {
      locale: 'fr',
      spaces: { 'no-break': { before: ':' } },
      terms: [{ term: 'email', use: 'courriel', avoid: ['e-mail*'] }],
    }
    const stiff: Style = { locale: 'en', words: [{ avoid: ['menu'], use: 'list', reason: 'shorter' }] }
    const fr = { menu: 'Menu :', help: 'Un e-mail : https://briefings.example/help' }
    expect(found('fr', fr, { style })).toEqual(['menu warning typography', 'help warning typography', 'help warning words'])
    const accepted: Accepted = { menu: { typography: 'It is so.' }, help: { typography: 'It is so.', words: 'It is so.' } }
    expect(found('fr', fr, { style, accepted })).toEqual([])
    const locales: Locales = { source: 'en', locales: [{ tag: 'en', state: 'public', fallback: [] }] }
    const review = (ofEnglish?: Accepted) =>
      reviewCatalogs(
        { locales, catalogs: { en: english }, newsroom: {}, records: new Map() },
        { glossaries: new Map(), styles: new Map([['en', stiff]]) },
        new Map(ofEnglish ? [['en', ofEnglish]] : []),
      ).map((finding) => explain(placedFinding(finding)))
    expect(review()).toEqual(['locales/en/site.json: menu: words: The text has “menu”. Write “list” (shorter).'])
    expect(review({ menu: { words: 'It is a menu.' } })).toEqual([])
  })

  test('are told of by file, key, rule and remedy, each in its language, and the English is not held to itself', () => {
    const locales: Locales = {
      source: 'en',
      locales: ['en', 'fr', 'de'].map((tag) => ({ tag, state: 'public', fallback: [] })),
    }
    const catalogs = { en: english, fr: { menu: 'Main menu' }, de: { menu: 'Hauptmenü' } }
    const newsroom = { en: { gone: 'The file is gone.' }, de: { gone: 'The file is gone.' } }
    const accepted = new Map([['de', { menu: { length: 'It was long.' } }]])
    expect(
      reviewCatalogs({ locales, catalogs, newsroom, records: new Map() }, unruled, accepted).map((finding) =>
        explain(placedFinding(finding)),
      ),
    ).toEqual([
      'locales/fr/site.json: menu: untranslated: This is the same as the English. Translate it, or accept this warning with a reason.',
      'locales/de/newsroom.json: gone: untranslated: This is the same as the English. Translate it, or accept this warning with a reason.',
      'locales/de/accepted.json: menu: accepted: “length” is accepted here, but there is no such warning any more. Remove that line.',
    ])
  })

  test('with an error are not built into a program, and with a warning are', () => {
    const said = (problems: readonly CatalogProblem[]) => problems.map(({ key, complaint }) => `${key}: ${explain(complaint)}`)
    const problems = (message: string) => said(problemsInCatalog('ar', { menu: message }, english, 'partial'))
    expect(problems('القائمة \u202eالرئيسية')).toEqual([expect.stringMatching(/^menu: text: .*reorders text/)])
    expect(problems('Main menu ')).toEqual([])
    expect(said(problemsInCatalog('fr', { help: 'Aide' }, english, 'partial'))).toEqual([
      expect.stringMatching(/^help: addresses: The text lacks these addresses: “https:\/\/briefings\.example\/help”/),
    ])
  })
})

describe('what is accepted in a catalog', () => {
  const read = (content: unknown) => readAccepted([{ path: 'locales/fr/accepted.json', bytes: encode(content) }])

  test('is read by language', () => {
    expect(read({ image: { untranslated: 'The same word.' } })).toEqual(
      new Map([['fr', { image: { untranslated: 'The same word.' } }]]),
    )
  })

  test.each<[string, unknown, string]>([
    ['no reason', { image: { untranslated: ' ' } }, 'image.untranslated: Give a reason.'],
    [
      'a hidden control for a reason',
      { image: { untranslated: 'a\u202eb' } },
      'image.untranslated: The text contains an invisible character',
    ],
    ['a rule that there is not', { image: { beauty: 'It is.' } }, 'image'],
    ['an error', { image: { text: 'It is.' } }, 'image'],
    ['a sentence', 'All of it', ''],
    ['no JSON', '{', ''],
  ])('is refused with %s, by file and place', (_what, content, told) => {
    const problems = read(content)
    expect(problems).toEqual([expect.objectContaining({ file: 'locales/fr/accepted.json' })])
    expect(isProblems(problems) && problems.map(({ path, complaint }) => `${path}: ${explain(complaint)}`).join()).toContain(told)
  })
})

describe('a message with arguments, plurals and selections', () => {
  const aWord = fc.constantFrom('harbour', 'closes', 'notice', 'dredger', 'section', 'Reading', 'English', 'port')
  const aSentence = fc.array(aWord, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))
  const anArgument = fc.constantFrom('names', 'date', 'harbour', 'port', 'section2', 'count')
  const forms: Readonly<Record<string, readonly string[]>> = {
    de: ['one', 'other'],
    pl: ['one', 'few', 'many', 'other'],
    ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
    ja: ['other'],
  }

  /** A message by the way that it is written: in English, or as a translation with the plural forms of its language. */
  type Written = (categories: readonly string[], say: (words: string) => string) => string
  const aLeaf: fc.Arbitrary<Written> = fc.oneof(
    aSentence.map(
      (words): Written =>
        (_categories, say) =>
          say(words),
    ),
    anArgument.map(
      (name): Written =>
        () =>
          `{${name}}`,
    ),
    anArgument.map(
      (name): Written =>
        () =>
          `{${name}_number, number}`,
    ),
  )
  const aPiece: fc.Arbitrary<Written> = fc.oneof(
    { weight: 3, arbitrary: aLeaf },
    fc.tuple(anArgument, aSentence).map(
      ([name, words]): Written =>
        (categories, say) =>
          `{${name}_count, plural, ${categories.map((category) => `${category} {# ${say(words)}}`).join(' ')}}`,
    ),
    fc.tuple(anArgument, aLeaf, aLeaf).map(
      ([name, one, other]): Written =>
        (categories, say) =>
          `{${name}_kind, select, port {${one(categories, say)}} other {${other(categories, say)}}}`,
    ),
  )
  const aMessage = fc.array(aPiece, { minLength: 1, maxLength: 4 })

  /** Words of a made-up language: as long as the English ones, and none of them English. */
  const pseudo: Readonly<Record<string, (words: string) => string>> = {
    de: (words) => words.replace(/[aeiou]/g, 'ö'),
    pl: (words) => words.replace(/[aeiou]/g, 'ą'),
    ar: (words) => words.replace(/\p{L}/gu, 'م'),
    ja: (words) => words.replace(/\p{L}+ ?/gu, '港湾'),
  }

  test.each(Object.keys(forms))('gives no false alarm once it is translated into %s', (locale) => {
    const glossary: Glossary = {
      locale,
      terms: ['names', 'count', 'section2', 'select'].map((term) => ({ term, translation: 'x' })),
    }
    fc.assert(
      fc.property(aMessage, (pieces) => {
        const source = pieces.map((piece) => piece(['one', 'other'], (words) => words)).join(' ')
        const target = pieces.map((piece) => piece(forms[locale] ?? [], pseudo[locale] ?? String)).join(' ')
        expect(findingsInCatalog(locale, { message: target }, { message: source }, { glossary })).toEqual([])
      }),
      { numRuns: rounds(300) },
    )
  })

  test('left in English is found, however it is built, unless there is not a word in it', () => {
    fc.assert(
      fc.property(aMessage, (pieces) => {
        const source = pieces.map((piece) => piece(['one', 'other'], (words) => words)).join(' ')
        const target = pieces.map((piece) => piece(forms['pl'] ?? [], (words) => words)).join(' ')
        const hasWords = pieces.some(
          (piece) => piece([], () => 'WORDS').includes('WORDS') || piece([], String).includes('plural'),
        )
        const [finding] = findingsInCatalog('pl', { message: target }, { message: source })
        expect(finding?.rule).toBe(hasWords ? 'untranslated' : undefined)
      }),
      { numRuns: rounds(300) },
    )
  })
})

describe('messages whose English has changed in substance', () => {
  const locales: Locales = { source: 'en', locales: ['en', 'fr'].map((tag) => ({ tag, state: 'public', fallback: [] })) }
  const catalogs = { en: { menu: 'Menu', save: 'Save' }, fr: { menu: 'Carte', save: 'Enregistrer' } }
  const newsroom = { en: { gone: 'The file is gone.' }, fr: { gone: 'Le fichier n’existe plus.' } }
  const words = (site: object, ofNewsroom = {}): Parameters<typeof problemsOfMarks>[0] => {
    const record = (outdated: object) => ({ ...noRecords.site, outdated: outdated as Record<string, string> })
    return { locales, catalogs, newsroom, records: new Map([['fr', { site: record(site), newsroom: record(ofNewsroom) }]]) }
  }
  const warnings = (given: ReturnType<typeof words>) =>
    reviewCatalogs(given, unruled, new Map()).map((finding) => explain(placedFinding(finding)))

  test('are warned of in the file of the translation, with the earlier English', () => {
    const remedy = 'Translate it again, or confirm it if it is still right.'
    expect(warnings(words({ menu: 'Main menu' }, { gone: 'Where is it?' }))).toEqual([
      `locales/fr/site.json: menu: outdated: The English has changed in substance since this was translated. Before, it was “Main menu”. ${remedy}`,
      `locales/fr/newsroom.json: gone: outdated: The English has changed in substance since this was translated. Before, it was “Where is it?”. ${remedy}`,
    ])
    expect(warnings(words({}))).toEqual([])
  })

  test('are refused when there is no such message, and when the English is again what it was', () => {
    const refused = problemsOfMarks(words({ menu: 'Menu', lost: 'x', gone: 'x', save: 'Keep' }, { menu: 'x' }))
    expect(refused.map((problem) => explain(placed(problem)))).toEqual([
      'locales/fr/catalogs.json: site.outdated.menu: The English has not changed since this was translated. Remove this line.',
      'locales/fr/catalogs.json: site.outdated.lost: The English catalog has no such message. Remove it.',
      'locales/fr/catalogs.json: site.outdated.gone: The English catalog has no such message. Remove it.',
      'locales/fr/catalogs.json: newsroom.outdated.menu: The English catalog has no such message. Remove it.',
    ])
  })
})

test('the words of the site as they are built in are reviewed in every language', () => {
  const accepted = new Map(kit.locales.locales.map(({ tag }) => [tag, { gone: { length: 'x' } }]))
  const files = reviewCatalogs({ ...kit, newsroom: {}, records: new Map() }, unruled, accepted)
    .filter(({ rule }) => rule === 'accepted')
    .map(({ file }) => file)
  expect(files).toEqual(kit.locales.locales.map(({ tag }) => `locales/${tag}/accepted.json`))
})
