import { describe, expect, test } from 'vitest'
import { findings, found } from './checked'

const markdown = { kind: 'markdown' } as const
const message = { kind: 'message' } as const

describe('links', () => {
  const source = 'The port closed, as [its notice](https://port.example/notice) says.'

  test('that lead where they led are fine, wherever in the sentence they stand', () => {
    expect(found('fr', source, 'Selon [son avis](https://port.example/notice), le port a fermé ses portes.', markdown)).toEqual(
      [],
    )
    expect(found('ar', source, 'أُغلق الميناء بحسب [إعلانه](https://port.example/notice) الصادر اليوم.', markdown)).toEqual([])
  })

  test.each([
    ['lost', 'Le port a fermé ses portes, comme le dit son avis public.', ['lacks these links']],
    [
      'leading elsewhere',
      'Selon [son avis](https://evil.example/), le port a fermé ses portes.',
      ['lacks these links', 'has links that the English does not'],
    ],
    [
      'shown as text',
      'Selon [son avis] (https://port.example/notice), le port a fermé ses portes.',
      ['lacks these links', 'address'],
    ],
    [
      'added',
      `${'Selon [son avis](https://port.example/notice), le port a fermé'} [ici](https://ad.example).`,
      ['has links that the English does not'],
    ],
    [
      'doubled',
      'Le [port](https://port.example/notice) a fermé, dit [son avis](https://port.example/notice).',
      ['has links that the English does not'],
    ],
  ])('%s are refused', (_what, target, complaints) => {
    const errors = findings('fr', source, target, markdown).filter(({ severity }) => severity === 'error')
    expect(errors.map(({ message: text }) => text)).toEqual(complaints.map((each) => expect.stringContaining(each)))
  })

  test('to places where our pages lead nobody are refused', () => {
    const target = 'Le [port](javascript:alert(1)) a fermé lundi.'
    expect(found('fr', 'The port closed on Monday.', target, markdown)).toEqual(['error markdown'])
  })
})

describe('addresses in the text', () => {
  test('are kept to the letter, whatever punctuation follows', () => {
    expect(found('ja', 'See https://port.example/notice.', 'https://port.example/notice。詳しくはこちらを参照。')).toEqual([])
    expect(
      found('fr', 'See <https://port.example/notice>.', 'Voir <https://port.example/notice> pour la suite.', markdown),
    ).toEqual([])
  })

  test('are refused where they were lost, changed or added', () => {
    expect(found('fr', 'See https://port.example/notice today.', 'Voir le site du port dès aujourd’hui.')).toEqual([
      'error addresses',
    ])
    expect(found('fr', 'See https://port.example/a', 'Voir https://port.example/b')).toEqual([
      'error addresses',
      'error addresses',
    ])
    expect(found('fr', 'The port is closed.', 'Le port est fermé. https://casino.example')).toEqual(['error addresses'])
  })
})

describe('the structure of a passage', () => {
  const source = 'Two **things**:\n\n- tugs;\n- pilots.'

  test('is kept in any language', () => {
    expect(found('pl', source, 'Dwie **rzeczy**:\n\n- holowniki;\n- piloci.', markdown)).toEqual([])
    expect(found('ja', source, '**二つ**ある。\n\n- 曳船\n- 水先人', markdown)).toEqual([])
  })

  test('is warned of where a list, a paragraph or an emphasis is lost', () => {
    const [finding] = findings('pl', source, 'Dwie **rzeczy**: holowniki i piloci.', markdown)
    expect(finding).toMatchObject({ rule: 'structure', severity: 'warning' })
    expect(finding?.message).toContain('bulleted lists: 0 instead of 1')
    expect(found('pl', source, 'Dwie rzeczy:\n\n- holowniki;\n- piloci.', markdown)).toEqual(['warning structure'])
  })

  test('is refused where its stars would be read', () => {
    expect(found('ja', 'It **“must not”** sail.', '船は**「出航しない」**ものとする。', markdown)).toEqual([])
    expect(found('ja', 'It **must not** sail.', '船は** 出航しない **ものとする。', markdown)).toEqual([
      'error markdown',
      'warning structure',
    ])
  })
})

describe('an address in a translation', () => {
  const source = 'It is at https://log.example/a now.'

  test.each([
    ['ja', source, '今はhttps://log.example/aを参照。'],
    ['zh-Hans', source, '请访问https://log.example/a了解更多'],
    ['zh-Hans', source, '现在在https://log.example/a。'],
    ['fr', source, 'C’est maintenant sur https://Log.Example/a.'],
    ['fr', 'It is at https://Log.example now.', 'C’est sur https://log.example/.'],
    ['fr', source, 'C’est sur [https://log.example/a](https://log.example/a).'],
    ['fr', source, 'C’est [là](https://log.example/a).'],
    ['fr', 'Write to press@port.example.', 'Écrivez à press@port.example.'],
    ['fr', 'Booking.com says so.', 'Booking le dit.'],
  ])('is the same in %s: %s → %s', (locale, english, target) => {
    expect(found(locale, english, target, { kind: 'markdown' })).toEqual([])
  })

  test.each([
    ['ja', source, '今はhttps://log.example/bを参照。'],
    ['zh-Hans', source, '请访问https://log.example/了解更多'],
    ['fr', source, 'C’est sur https://log.example/A.'],
    ['fr', 'Write to press@port.example.', 'Écrivez à presse@port.example.'],
    ['fr', 'It is at www.port.example/join.', 'C’est sur www.port.example/entrer.'],
    ['fr', 'It is at port.example.', 'C’est sur porte.example.'],
  ])('is another in %s: %s → %s', (locale, english, target) => {
    expect(found(locale, english, target, { kind: 'markdown' })).toContain('error addresses')
  })
})

describe('markup in a translation', () => {
  test.each([
    'Le <b>port</b> est fermé.',
    'Le port est fermé.<br/>',
    '<script>alert(1)</script> fermé',
    'Le port<!-- x --> est fermé.',
  ])('is text, and warned of: %s', (target) => {
    expect(found('fr', 'The port is closed.', target)).toContain('warning markup')
    expect(found('fr', 'The port is closed.', target, markdown)).toContain('warning markup')
  })

  test('is warned of as named characters in plain text, which shows them, and not in Markdown, which reads them', () => {
    expect(found('fr', 'The port is closed!', 'Le port est fermé&nbsp;!')).toEqual(['warning markup'])
    expect(found('fr', 'The port is closed!', 'Le port est fermé&nbsp;!', markdown)).toEqual([])
  })

  test('is not what less and greater are, nor what the source has too', () => {
    expect(found('fr', 'If a < b > c, close it.', 'Si a < b > c, fermez-le.')).toEqual([])
    expect(found('fr', 'Write <em> before it.', 'Écrivez <em> avant.')).toEqual([])
  })
})

describe('messages', () => {
  const source = 'By {names}: {count, plural, one {one ship} other {# ships}}'

  test('with the same arguments and all forms are fine', () => {
    const arabic = '{count, plural, zero {لا سفن} one {سفينة} two {سفينتان} few {# سفن} many {# سفينة} other {# سفينة}}'
    expect(found('ar', source, `بقلم {names}: ${arabic}`, message)).toEqual([])
    expect(found('ja', source, '{names}：{count, plural, other {船#隻}}', message)).toEqual([])
  })

  test.each([
    ['pl', 'Autor: {names}: {count, plural, one {statek} other {# statków}}', 'plural-forms'],
    ['ja', '{names}：船', 'message-arguments'],
    ['ja', '{namae}：{count, plural, other {船#隻}}', 'message-arguments'],
    ['ja', '{names}：{count, plural, other {船#隻}', 'message-syntax'],
    ['ja', '{names}：{count, plural, other {船#隻}}}', 'message-syntax'],
  ])('of %s are refused: %s', (locale, target, rule) => {
    expect(found(locale, source, target, message)).toContain(`error ${rule}`)
  })

  test('are read for the rest as their readers see them', () => {
    expect(found('fr', 'Read {count} of 12 pages', 'Lire {count} de 12  pages', message)).toEqual(['warning spacing'])
    expect(found('fr', '{names}, {count}', '{names}, {count}', message)).toEqual([])
  })
})
