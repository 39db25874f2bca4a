import { describe, expect, test } from 'vitest'
import { findings, found } from './checked'

const source = 'The port is closed.'

describe('characters that no reader sees', () => {
  test.each([
    '\u202e',
    '\u2066',
    '\u0000',
    '\u200b',
    '\ufeff',
    '\ud800',
    'a\u0300\u0300\u0300\u0300\u0300\u0300\u0300\u0300\u0300',
  ])('are refused: %j', (character) => {
    expect(found('ar', source, `الميناء ${character}مغلق.`)).toContain('error text')
  })

  test('are welcome where a script needs them', () => {
    expect(found('fa', source, 'بندر بسته می\u200cشود.')).toEqual([])
  })

  test('and more characters than a segment may have are refused at once', () => {
    const [finding, ...others] = findings('fr', source, 'a'.repeat(20_001))
    expect(finding).toMatchObject({ rule: 'text', severity: 'error', message: expect.stringContaining('20,000') })
    expect(others).toEqual([])
  })
})

describe('alphabets', () => {
  test.each([
    ['fr', 'Le p\u043ert est fermé.'],
    ['pl', 'P\u043ert jest zamknięty.'],
    ['ru', 'Пoрт закрыт.'],
    ['el', 'Το λιμάνι είναι κλειστo.'],
  ])('mixed inside a word are warned of: %s %s', (locale, target) => {
    expect(found(locale, source, target)).toEqual(['warning mixed-script'])
  })

  test.each([
    ['ja', 'MicrosoftがMistralの港を閉鎖。'],
    ['ar', 'الميناء وAzure مغلقان.'],
    ['ru', 'IT-порт Azure закрыт.'],
    ['zh-Hans', 'AI港口已关闭。'],
  ])('beside one another are fine: %s %s', (locale, target) => {
    expect(found(locale, source, target)).toEqual([])
  })
})

describe('space', () => {
  test.each([
    ' Le port est fermé.',
    'Le port est fermé. ',
    'Le port est fermé.\n',
    'Le port  est fermé.',
    'Le port \u00a0est fermé.',
    'Le port\nest fermé.',
  ])('too much of it is warned of: %j', (target) => {
    expect(found('fr', source, target)).toEqual(['warning spacing'])
  })

  test('is not too much before French punctuation, between paragraphs, or where the source has it too', () => {
    expect(found('fr', 'The port: closed!', 'Le port\u00a0: fermé\u202f!')).toEqual([])
    expect(found('fr', 'Closed.\n\nFor a month.', 'Fermé.\n\nPour un mois.', { kind: 'markdown' })).toEqual([])
    expect(found('fr', ' of the port', ' du port')).toEqual([])
  })
})

describe('quotation', () => {
  const quoted = 'They call it “closed” today.'

  test.each([
    ['fr', 'Ils le disent « fermé » aujourd’hui.'],
    ['fr', 'Ils disent : « Le mot “fermé” » aujourd’hui.'],
    ['de', 'Man nennt ihn heute „geschlossen“.'],
    ['de', 'Man nennt ihn heute »geschlossen«.'],
    ['pl', 'Mówią, że jest dziś „zamknięty”.'],
    ['ar', 'يسمونه اليوم «مغلقاً».'],
    ['ja', '今日は「閉鎖」と呼ばれる。'],
    ['zh-Hans', '今天称之为“关闭”状态。'],
    ['sv', 'De kallar den ”stängd” i dag.'],
    ['tlh', 'They call it "closed" in it.'],
  ])('as %s has it is fine: %s', (locale, target) => {
    expect(found(locale, quoted, target)).toEqual([])
  })

  test.each([
    ['fr', 'Ils le disent "fermé" aujourd’hui.', '«…»'],
    ['de', 'Man nennt ihn heute „geschlossen”.', '„…“'],
    ['de', 'Man nennt ihn heute “geschlossen”.', '„…“'],
    ['pl', 'Mówią, że jest dziś „zamknięty“.', '„…”'],
    ['ar', 'يسمونه اليوم "مغلقاً".', '«…»'],
    ['ja', '今日は"閉鎖"と呼ばれる。', '「…」'],
    ['fr', 'Ils le disent « fermé aujourd’hui.', '«…»'],
    ['zh-Hans', '今天称之为“关闭状态。', '“…”'],
  ])('of another language, or left open, is warned of in %s: %s', (locale, target, style) => {
    expect(findings(locale, quoted, target)).toEqual([
      { segment: 'body.closure', rule: 'quotation', severity: 'warning', message: expect.stringContaining(style) },
    ])
  })
})

describe('a quotation', () => {
  test.each([
    ['de', '“We will,” it said, “go on.”', '„Wir machen weiter“, hieß es.'],
    ['ja', 'It is called “Moby Dick”.', '『白鯨』という。'],
    ['es', 'A *think tank* says “no”.', 'Un *think tank* dice «no».'],
    ['fr', 'A 5" screen', 'Un écran de 5"'],
    ['pl', 'It says `rel="up"` in “HTML”.', 'Jest tam `rel="up"` w „HTML”.'],
    ['es', 'The spin doctor left.', 'El *spin doctor* se fue.'],
    ['es', 'The streaming service grew.', 'El servicio de «streaming» creció.'],
    ['ar', 'It was sold to Nvidia.', 'بيعت إلى «إنفيديا».'],
    ['pl', '“We will not,” he said.', '– Nie zrobimy tego – powiedział.'],
  ])('is kept in %s: %s → %s', (locale, source, target) => {
    expect(found(locale, source, target, { kind: 'markdown' })).toEqual([])
  })

  test.each([
    ['de', 'It is called “unworkable”.', 'Es gilt als undurchführbar.'],
    ['de', 'The risk is called low.', 'Das Risiko wird „gering“ genannt.'],
    ['pt-BR', '“No,” it said.', '«Não», disse.'],
    ['fr', 'It speaks of “risk” and “hazard”.', 'On parle de « risque » et d’aléa.'],
    ['ja', 'It is called “unworkable”.', 'それは“実行不可能”と呼ばれる。'],
    ['pl', 'It says `rel="up"` in “HTML”.', 'Jest tam `rel="up"` w "HTML".'],
  ])('is missed in %s, or has marks of another language: %s → %s', (locale, source, target) => {
    expect(found(locale, source, target, { kind: 'markdown' })).toEqual(['warning quotation'])
  })
})
