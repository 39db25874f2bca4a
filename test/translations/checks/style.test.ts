import { describe, expect, test } from 'vitest'
import type { Kind } from '../../../src/translations/checks/prose'
import { readStyles, type Style } from '../../../src/translations/style'
import { encode } from '../../support/newsroom'
import { findings } from './checked'

/** What a style sheet finds in a text, as `rule: message`. */
const found = (style: Style, target: string, kind: Kind = 'plain') =>
  findings(style.locale, 'The harbour closes for a month.', target, { style, kind })
    .filter(({ rule }) => ['typography', 'quotation', 'form-of-address', 'words'].includes(rule))
    .filter(({ message }) => !message.includes('and the English has none')) // Whether the English quotes too is no matter of style.
    .map(({ rule, message }) => `${rule}: ${message}`)

describe('a style sheet', () => {
  const path = 'locales/fr/style.json'
  const sound: Style = { locale: 'fr', spaces: { narrow: { before: ';!?' } }, notes: ['Le 1er mars.'] }

  test('is read as it is, and a rule that it does not have is none', () => {
    expect(readStyles([{ path, bytes: encode(sound) }])).toEqual(new Map([['fr', sound]]))
    expect(found({ locale: 'fr' }, 'Le port ferme : l\'avis, "ici" et là !')).toEqual([expect.stringMatching(/^quotation/)])
  })

  test.each([
    ['of another locale', { ...sound, locale: 'de' }, 'locale'],
    ['with a field that is none', { ...sound, colours: [] }, ''],
    ['with a space that there is not', { locale: 'fr', spaces: { wide: { before: ';' } } }, 'spaces'],
    ['with half a pair of quotation marks', { locale: 'fr', quotation: { outer: ['«'] } }, 'quotation.outer.0'],
    ['with a word to avoid and none that is better', { locale: 'fr', words: [{ avoid: ['x'], reason: 'y' }] }, 'words.0.use'],
    ['with an empty form', { locale: 'fr', address: { reader: 'Vous.', avoid: [' '] } }, 'address.avoid.0'],
    ['with a control character', { locale: 'fr', notes: ['x\u202e'] }, 'notes.0'],
    [
      'with a term twice',
      {
        locale: 'fr',
        terms: [
          { term: 'link', use: 'a' },
          { term: 'link', use: 'b' },
        ],
      },
      'terms.1.term',
    ],
  ])('%s is refused, file and place named', (_what, content, place) => {
    expect(readStyles([{ path, bytes: encode(content) }])).toEqual([
      { file: path, path: place, complaint: expect.objectContaining({ code: expect.any(String) }) },
    ])
  })
})

describe('spaces', () => {
  const french: Style = {
    locale: 'fr',
    spaces: { none: { before: ',' }, 'no-break': { before: ':»', after: '«' }, narrow: { before: ';!?' } },
  }

  test.each([
    'Le port ferme\u00a0: un mois\u202f; et après\u202f?',
    'L’avis «\u00a0ferme\u00a0» le port, dit-on\u202f!',
    'À 12:30, voir https://example.org/?a=1;b et /fr/avis.',
    'Quoi\u202f?! (?)',
  ])('as the sheet has them give no cause for a word: %s', (text) => {
    expect(found(french, text)).toEqual([])
  })

  test.each([
    ['an ordinary one before a colon', 'Le port ferme : un mois', 'before “:”. Look at “ferme :”'],
    ['a narrow one before a colon', 'Le port ferme\u202f: un mois', 'Write a no-break space (U+00A0) before “:”'],
    ['none before a semicolon', 'Il ferme; un mois', 'Write a narrow no-break space (U+202F) before “;”. Look at “ferme;”'],
    ['one before a comma', 'Il ferme , un mois', 'Write no space before “,”'],
    ['none after an opening mark', 'Un «mois\u00a0»', 'Write a no-break space (U+00A0) after “«”'],
  ])('that are others are found: %s', (_what, text, said) => {
    expect(found(french, text)).toEqual([expect.stringContaining(said)])
    expect(found({ locale: 'fr' }, text)).toEqual([])
  })

  test('after a value, and in each branch of a message, are looked at too', () => {
    const branch = (one: string) => `{n, plural, one {${one}} many {# ports\u00a0:} other {# ports\u00a0:}}`
    expect(found(french, branch('Un port\u00a0:'), 'message')).toEqual([])
    expect(found(french, branch('Un port :'), 'message')).toEqual([expect.stringContaining('“port :”')])
    expect(found(french, '{site}: le port', 'message')).toEqual([expect.stringContaining('“{}:”')])
  })
})

describe('spaces between scripts', () => {
  test.each([
    ['ja', '港は1か月間、{site}から閉鎖'],
    ['zh-Hans', '海港Mistral AI关闭{count}天'],
  ])('are not missed where they are not: %s', (locale, text) => {
    expect(found({ locale, betweenScripts: 'none' }, text, 'message')).toEqual([])
  })

  test.each([
    ['ja', '港は 1か月間閉鎖', '“は 1”'],
    ['ja', '{site} から閉鎖', '“{} か”'.replace('{} ', '} ')],
    ['zh-Hans', '海港Mistral AI 关闭', '“I 关”'],
  ])('are found where they are: %s, %s', (locale, text, said) => {
    expect(found({ locale, betweenScripts: 'none' }, text, 'message')).toEqual([expect.stringContaining(said)])
    expect(found({ locale }, text, 'message')).toEqual([])
  })
})

test('a straight apostrophe is found, and a curly one is right', () => {
  const english: Style = { locale: 'en', apostrophe: '’' }
  expect(found(english, 'The port’s notice, and the ships’ too')).toEqual([])
  expect(found(english, "Run it with --name 'My machine'")).toEqual([])
  expect(found(english, "The port's notice")).toEqual(["typography: The text has a straight apostrophe in “port's”. Write ’."])
})

describe('quotation marks', () => {
  const french: Style = { locale: 'fr', quotation: { outer: ['«»'], inner: ['“”'] } }

  test('are those of the sheet, and the inner ones stand within the outer ones only', () => {
    expect(found(french, 'L’avis « dit “demain” »')).toEqual([])
    expect(found(french, 'L’avis dit “demain”')).toEqual(['quotation: The text has ““” out of place. This language uses «…».'])
    expect(found({ locale: 'es' }, 'El aviso dice “mañana”')).toEqual([])
  })
})

describe('forms to avoid', () => {
  const avoiding = (locale: string, ...avoid: string[]): Style => ({ locale, words: [{ avoid, use: 'x', reason: 'y' }] })

  test.each([
    ['en', 'mail*', 'Two mails came.', 'mails'],
    ['en', 'taken back', 'It was Taken  back.', 'Taken  back'],
    ['fr', 'e-mail*', 'Deux e-mails.', 'e-mails'],
    ['pl', 'Państw*', 'Zapraszamy Państwa.', 'Państwa'],
    ['ar', '*ًا', 'يعمل دائمًا هنا.', 'دائمًا'],
    ['ja', 'サインイン', 'ここでサインインします。', 'サインイン'],
  ])('are found inflected or in another case: %s %s', (locale, form, text, word) => {
    expect(found(avoiding(locale, form), text)).toEqual([`words: The text has “${word}”. Write “x” (y).`])
  })

  test.each([
    ['en', 'mail', 'Emails and mailers.'],
    ['de', 'Mail', 'Die E-Mail-Adresse.'],
    ['en', 'mail', 'From a@mail.example, by https://mail.example/mail.'],
    ['pl', 'Państw*', 'To państwo jest w Unii.'],
    ['ar', '*ًا', 'يعمل دائماً هنا.'],
    ['ja', 'サインイン', 'ここでログインします。'],
  ])('are no other words: %s %s', (locale, form, text) => {
    expect(found(avoiding(locale, form), text)).toEqual([])
  })

  test('are right in the phrases that are excepted', () => {
    const catalan: Style = {
      locale: 'ca',
      words: [{ avoid: ['lloc'], except: ['lloc web', 'en lloc de'], use: 'x', reason: 'y' }],
    }
    expect(found(catalan, 'El lloc web, en lloc de la platja')).toEqual([])
    expect(found(catalan, 'El lloc web és un lloc')).toEqual(['words: The text has “lloc”. Write “x” (y).'])
  })

  test('that address readers otherwise are found, and the sheet says how they are addressed', () => {
    const spanish: Style = { locale: 'es', address: { reader: 'Se trata de tú.', avoid: ['usted*', 'escribid*'] } }
    expect(found(spanish, 'El puerto que tú conoces cierra', 'message')).toEqual([])
    expect(found(spanish, 'Escribidme al puerto, dijo')).toEqual([])
    expect(found(spanish, 'Escribidme al puerto', 'message')).toEqual([
      'form-of-address: The text has “Escribidme”, which is not how the style sheet addresses readers. Se trata de tú.',
    ])
  })

  test('of a term are avoided in the site’s own words, and may stand in a briefing', () => {
    const japanese: Style = { locale: 'ja', terms: [{ term: 'event', use: '出来事', avoid: ['イベント'] }] }
    expect(found(japanese, '港のイベント', 'message')).toEqual([
      'words: The text has “イベント”. This site’s word for “event” is “出来事”.',
    ])
    expect(found(japanese, '港の出来事', 'message')).toEqual([])
    expect(found(japanese, '港のイベント', 'plain')).toEqual([])
  })
})

describe('what stands before a name or a date that is filled in', () => {
  const style: Style = { locale: 'it', beforeName: ['l’', 'il', 'dell’'], beforeDate: ['il', 'del', 'dell’'] }
  const told = (source: string, target: string, of: Style = style) =>
    findings(of.locale, source, target, { style: of, kind: 'message' }).filter(({ rule }) => rule === 'before-name')

  test.each([
    ['Used on {date}', 'Usata il {date}', 'il {date}'],
    ['Your request of {date} waits.', 'La richiesta del\u00a0{date} attende.', 'del {date}'],
    ['From {site}', 'Dell’{site}', 'Dell’{site}'],
    [
      '{count, plural, one {# by {name}} other {# by {name}}}',
      '{count, plural, one {# l’{name}} many {# per {name}} other {# per {name}}}',
      'l’{name}',
    ],
    ['{of, select, a {by {name}} other {of {name}}}', '{of, select, a {il {name}} other {per {name}}}', 'il {name}'],
  ])('is warned of where its form depends on what follows: %s → %s', (source, target, found) => {
    expect(told(source, target)).toMatchObject([{ severity: 'warning', message: expect.stringContaining(`“${found}”`) }])
  })

  test.each([
    ['Used on {date}', 'Ultimo uso: {date}'],
    ['Used on {date}', '{date}: usata'],
    ['From {site} of {date}', 'Da {site} ({date})'],
    ['The {count, plural, one {note} other {notes}}', 'Il {count, plural, one {testo} many {testi} other {testi}}'],
    ['The site {site}', 'Il sito {site}'],
    ['By {name}', 'Profil{name}'],
  ])('gives no cause for a word where it does not: %s → %s', (source, target) => {
    expect(told(source, target)).toEqual([])
  })

  test('may be right before a date and not before a name, as the sheet has it', () => {
    const french: Style = { locale: 'fr', beforeName: ['le', 'de'], beforeDate: ['d’'] }
    expect(told('Published {date}', 'Publiée le {date}', french)).toEqual([])
    expect(told('From {site}', 'Une note de {site}', french)).toHaveLength(1)
    expect(told('Published {date}', 'Publiée le {date}', { locale: 'fr' })).toEqual([])
  })
})
