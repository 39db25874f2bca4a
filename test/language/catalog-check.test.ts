import { describe, expect, test } from 'vitest'
import type { Catalog } from '../../src/language/catalog'
import { faultsOfMessage, misplacedIn, passagesOfMessage } from '../../src/language/catalog-check'
import { explain } from '../../src/language/newsroom'

const source: Catalog = {
  menu: 'Main menu',
  '@menu': 'A note to translators.',
  by: 'By {names}',
  when: 'Published {date, date, long}',
  share: '{share, number}',
  parts: '{count, plural, one {One section} other {# sections}}',
  place: '{place, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
  credit: '{origin, select, drawn {Drawn by {by}} other {Photographed by {by}}}',
}

/** Everything that is wrong with a catalog: with its keys, then with its messages. */
const checkCatalog = (locale: string, catalog: Catalog, english: Catalog) => [
  ...misplacedIn(catalog, english, 'whole').map(({ key, complaint }) => ({ key, message: explain(complaint) })),
  ...Object.entries(catalog)
    .filter(([key, text]) => Object.hasOwn(english, key) && !key.startsWith('@') && text.trim() !== '')
    .flatMap(([key, text]) =>
      faultsOfMessage(locale, text, english[key] ?? '').map(({ complaint }) => ({ key, message: explain(complaint) })),
    ),
]

/** The complaints about a catalog that is the English but for these messages. */
const complaints = (locale: string, changes: Catalog) => checkCatalog(locale, { ...source, ...changes }, source)

/** The plural forms that a message is said to lack; Intl lists them in an order of its own. */
function formsLacking(locale: string, message: string): readonly string[] {
  const [complaint] = checkCatalog(locale, { message }, { message })
  return complaint === undefined
    ? []
    : (/plural forms (.*) of/.exec(complaint.message)?.[1] ?? complaint.message).split(/, and | and |, /).toSorted()
}

describe('the check of a catalog', () => {
  test('has nothing to say of a sound one', () => {
    expect(complaints('en', {})).toEqual([])
    expect(complaints('en', { parts: '{count, plural, =0 {None} one {One {count}} other {# of {count}}}' })).toEqual([])
    expect(complaints('en', { credit: 'By {by} {origin, select, other {}}', by: 'l’auteur : {names}, <b>' })).toEqual([])
  })

  test('takes notes to translators for notes', () => {
    expect(complaints('en', { '@by': 'A note {of any form', '@gone': 'Of a message that is gone' })).toEqual([])
  })

  test('names a message that is missing', () => {
    const { menu: _menu, ...others } = source
    expect(checkCatalog('en', others, source)).toEqual([{ key: 'menu', message: 'This is missing. Translate it.' }])
  })

  test.each(['', ' ', '\n\t', '\u3000'])('takes a message left empty for missing: %j', (empty) => {
    expect(complaints('en', { menu: empty })).toEqual([{ key: 'menu', message: 'This is missing. Translate it.' }])
  })

  test('names a message that the English has not', () => {
    expect(complaints('en', { extra: 'Extra' })).toEqual([{ key: 'extra', message: expect.stringContaining('Remove it') }])
    expect(complaints('en', { toString: 'Extra' })).toEqual([{ key: 'toString', message: expect.stringContaining('Remove it') }])
  })

  test('names an argument that was lost', () => {
    expect(complaints('en', { by: 'By' })).toEqual([
      {
        key: 'by',
        message: 'The message lacks {names}. Keep everything in braces as in the English.',
      },
    ])
    expect(complaints('en', { credit: '{origin, select, other {Someone}}' })).toEqual([
      {
        key: 'credit',
        message: 'The message lacks {by}. Keep everything in braces as in the English.',
      },
    ])
  })

  test('names an argument that was renamed, under both its names', () => {
    expect(complaints('en', { by: 'Por {nombres}' }).map(({ message }) => message)).toEqual([
      'The message lacks {names}. Keep everything in braces as in the English.',
      'The English has no {nombres}. Keep everything in braces as in the English.',
    ])
  })

  test('names an argument that was added, in whatever branch it hides', () => {
    expect(complaints('en', { parts: '{count, plural, one {One} other {# {secret}}}' })).toEqual([
      {
        key: 'parts',
        message: 'The English has no {secret}. Keep everything in braces as in the English.',
      },
    ])
    expect(complaints('en', { by: '{names} {constructor}' }).map(({ message }) => message)).toEqual([
      'The English has no {constructor}. Keep everything in braces as in the English.',
    ])
  })

  test.each([
    [
      'by',
      '{names, number}',
      'The message uses {names} as a number, but the English uses it as a text. Keep everything in braces as in the English.',
    ],
    [
      'by',
      '{names, plural, one {} other {}}',
      'The message uses {names} as a plural, but the English uses it as a text. Keep everything in braces as in the English.',
    ],
    [
      'when',
      '{date}',
      'The message uses {date} as a text, but the English uses it as a date. Keep everything in braces as in the English.',
    ],
    ['share', '{share, number, ::####currency/EUR}', undefined],
    [
      'parts',
      '{count}',
      'The message uses {count} as a text, but the English uses it as a plural. Keep everything in braces as in the English.',
    ],
    [
      'parts',
      '{count, select, other {Sections}}',
      'The message uses {count} as a selection, but the English uses it as a plural. Keep everything in braces as in the English.',
    ],
    [
      'parts',
      '{count, selectordinal, one {} two {} few {} other {}}',
      'The message uses {count} as an ordinal, but the English uses it as a plural. Keep everything in braces as in the English.',
    ],
    [
      'place',
      '{place, plural, one {} other {}}',
      'The message uses {place} as a plural, but the English uses it as an ordinal. Keep everything in braces as in the English.',
    ],
  ])('holds each argument of %s to its type: %s', (key, message, complaint) => {
    expect(complaints('en', { [key]: message })).toEqual(complaint === undefined ? [] : [{ key, message: complaint }])
  })

  test.each([
    'By {names',
    'By {names}}',
    'By names}',
    'By {}',
    'By {na mes}',
    'By {names, }',
    'By {names, plural}',
    'By {names, zalgo}',
    '{{names}}',
    '{names, select, a {x}}',
  ])('finds the broken braces of %j', (message) => {
    expect(complaints('en', { by: message })).not.toEqual([])
  })

  test('finds a brace too many where there is no argument to miss, and one too few', () => {
    expect(complaints('en', { menu: 'Menu }' })).toEqual([{ key: 'menu', message: expect.stringContaining('Check its braces') }])
    expect(complaints('en', { menu: 'Menu {' })).toEqual([{ key: 'menu', message: expect.stringContaining('Check its braces') }])
    expect(complaints('en', { parts: '{count, plural, one {One} other {#}}}' })).toEqual([
      { key: 'parts', message: expect.stringContaining('Check its braces') },
    ])
  })

  test('finds an argument that a straight apostrophe has turned into text', () => {
    expect(complaints('en', { by: "L’article d'{names}" }).map(({ message }) => message)).toContain(
      'The message lacks {names}. Keep everything in braces as in the English.',
    )
  })

  test('asks Arabic for its six plural forms, Polish for four, Japanese for one', () => {
    expect(formsLacking('ar', '{count, plural, one {1} other {#}}')).toEqual(['few', 'many', 'two', 'zero'])
    expect(formsLacking('pl', '{count, plural, one {1} other {#}}')).toEqual(['few', 'many'])
    expect(formsLacking('ja', '{count, plural, other {#}}')).toEqual([])
    const whole = '{count, plural, zero {} one {} two {} few {} many {} other {}}'
    expect(complaints('ar', { parts: whole, place: '{place, selectordinal, other {}}' })).toEqual([])
    expect(complaints('ja', { parts: '{count, plural, other {#}}', place: '{place, selectordinal, other {}}' })).toEqual([])
  })

  test('asks for the plural forms of a plural inside a selection, and of ordinals', () => {
    expect(formsLacking('pl', '{who, select, other {{count, plural, one {} other {}}}}')).toEqual(['few', 'many'])
    expect(formsLacking('en', '{a, plural, one {} other {{b, plural, other {}}}}')).toEqual(['one'])
    const both = '{a, plural, other {{b, plural, other {}}}}'
    expect(checkCatalog('en', { both }, { both }).map(({ message }) => /\{(.)\}/.exec(message)?.[1])).toEqual(['b', 'a'])
    expect(formsLacking('en', '{place, selectordinal, other {#th}}')).toEqual(['few', 'one', 'two'])
  })

  test('lets a catalog that need not be whole lack messages, and have no others', () => {
    expect(misplacedIn({ menu: 'Menü' }, source, 'partial')).toEqual([])
    expect(misplacedIn({ menue: 'Menü' }, source, 'partial').map(({ key }) => key)).toEqual(['menue'])
  })

  test('tells of every fault of a catalog at once', () => {
    const { menu: _menu, ...others } = source
    const faulty = { ...others, by: 'By', parts: '{', extra: 'x' }
    expect(
      checkCatalog('en', faulty, source)
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(['by', 'extra', 'menu', 'parts'])
  })
})

describe('a message as its readers see it', () => {
  test('is its text where nothing special holds, and then each of its branches, without its arguments', () => {
    const message = 'By {names}, {count, plural, one {# day} other {# days {who, select, a {ago} other {before}}}}.'
    expect(passagesOfMessage(message)).toEqual(['By {}, {} days before.', '{} day', '{} days before', 'ago', 'before'])
  })

  test('is its text alone where it has no branches, and stands as it is where it is no message', () => {
    expect(passagesOfMessage('{a} of {b, number}')).toEqual(['{} of {}'])
    expect(passagesOfMessage('By {names')).toEqual(['By {names'])
  })
})
