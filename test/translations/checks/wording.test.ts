import { describe, expect, test } from 'vitest'
import type { Glossary } from '../../../src/translations/glossary'
import { findings, found } from './checked'

describe('names of organisations', () => {
  const names = ['Competition and Markets Authority', 'Mistral AI', 'European Commission']
  const source = 'The Competition and Markets Authority looked at Mistral AI.'

  test.each([
    ['fr', 'La Competition and Markets Authority a examiné Mistral AI.'],
    ['pl', 'Competition and Markets Authority przyjrzał się firmie Mistral AI.'],
    ['pl', 'CMA przyjrzała się Mistralowi AI.'],
    ['ja', 'CMAはMistral AIを調べた。'],
  ])('are kept in %s, inflected or by their initials: %s', (locale, target) => {
    expect(found(locale, source, target, { names })).toEqual([])
  })

  test('are missed where they are translated on the spot', () => {
    const [finding] = findings('fr', source, 'L’Autorité de la concurrence a examiné Mistral AI.', { names })
    expect(finding).toMatchObject({ rule: 'names', severity: 'warning' })
    expect(finding?.message).toContain('“Competition and Markets Authority”')
  })

  test('may be rendered as the glossary has them', () => {
    const glossary: Glossary = { locale: 'ja', terms: [{ term: 'European Commission', translation: '欧州委員会' }] }
    const english = 'The European Commission has a case.'
    expect(found('ja', english, '欧州委員会が審査している。', { names })).toEqual(['warning names'])
    expect(found('ja', english, '欧州委員会が審査している。', { names, glossary })).toEqual([])
    expect(found('ja', english, 'ブリュッセルが審査している。', { names, glossary })).toEqual(['warning glossary'])
  })
})

describe('text left in English', () => {
  test('is warned of', () => {
    expect(found('fr', 'The port is closed.', 'The port is closed.')).toEqual(['warning untranslated'])
    expect(found('ja', 'The port is closed.', 'The harbour is closed.')).toEqual(['warning untranslated'])
    expect(found('ar', 'Main menu', 'Main menu')).toEqual(['warning untranslated'])
  })

  test('is not where it is names, numbers and arguments', () => {
    const names = ['Port of Sète', 'Mistral AI']
    expect(found('fr', 'Mistral AI; Port of Sète', 'Mistral AI; Port of Sète', { names })).toEqual([])
    expect(found('ja', 'TechCrunch 2024', 'TechCrunch 2024')).toEqual([])
    expect(found('fr', '{names} 100%', '{names} 100%', { kind: 'message' })).toEqual([])
    expect(found('fr', 'Distribution', 'Distribution')).toEqual([])
  })

  test('is no fault where nothing is there yet', () => {
    for (const empty of ['', ' ', '\n\u3000']) expect(found('fr', 'The port [closed](https://port.example).', empty)).toEqual([])
  })
})

describe('the length of a translation', () => {
  const source = 'The port authority announced on Monday that the harbour will stay closed until a dredger has been towed away.'

  test.each([
    ['de', 'Die Hafenbehörde teilte am Montag mit, dass der Hafen geschlossen bleibt, bis ein Bagger abgeschleppt worden ist.'],
    ['ja', '港湾当局は月曜日、浚渫船が曳航されるまで港を閉鎖すると発表した。'],
    ['ar', 'أعلنت سلطة الميناء يوم الاثنين أن الميناء سيظل مغلقاً حتى تُقطر الجرافة بعيداً.'],
  ])('is fine in %s', (locale, target) => {
    expect(found(locale, source, target)).toEqual([])
  })

  test.each([
    ['de', 'Der Hafen ist zu.', 'short'],
    ['ja', '閉鎖。', 'short'],
    ['de', 'Die Hafenbehörde teilte am Montag mit, dass der Hafen geschlossen bleibt. '.repeat(4).trim(), 'long'],
    ['ja', '港湾当局は月曜日、浚渫船が曳航されるまで港を閉鎖すると発表した。'.repeat(5), 'long'],
  ])('is suspicious in %s: %s', (locale, target, how) => {
    expect(findings(locale, source, target)).toEqual([
      { segment: 'body.closure', rule: 'length', severity: 'warning', message: expect.stringContaining(how) },
    ])
  })

  test('says little of a few words', () => {
    expect(found('de', 'Yes', 'Selbstverständlich')).toEqual([])
    expect(found('ja', 'Shipping', '海運')).toEqual([])
  })
})
