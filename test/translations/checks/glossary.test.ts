import { describe, expect, test } from 'vitest'
import { type Glossary, readGlossaries, readGlossary, termsIn } from '../../../src/translations/glossary'
import { found } from './checked'

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const glossary = (locale: string, ...terms: Glossary['terms']): Glossary => ({ locale, terms })

describe('a glossary file', () => {
  const path = 'locales/fr/glossary.json'
  const sound = glossary('fr', { term: 'Azure', translation: 'Azure', keep: true, note: 'A name.' })

  test('is read as it is', () => {
    expect(readGlossary(path, encode(sound))).toEqual(sound)
    expect(readGlossaries([{ path, bytes: encode(sound) }])).toEqual(new Map([['fr', sound]]))
  })

  test.each([
    ['of another locale', { ...sound, locale: 'de' }, 'locale'],
    ['with a field that is none', { ...sound, words: [] }, ''],
    ['with an empty term', glossary('fr', { term: ' ', translation: 'x' }), 'terms.0.term'],
    ['with a control character', glossary('fr', { term: 'a', translation: 'x\u202e' }), 'terms.0.translation'],
    [
      'with a term twice',
      glossary('fr', { term: 'Cloud', translation: 'a' }, { term: 'cloud', translation: 'b' }),
      'terms.1.term',
    ],
    ['with a language that is none', { ...sound, terms: [{ term: 'a', translation: 'x', lang: 'EN_gb' }] }, 'terms.0.lang'],
    ['that is a list', [], ''],
  ])('%s is refused, file and place named', (_what, content, place) => {
    expect(readGlossary(path, encode(content))).toEqual([
      { file: path, path: place, complaint: expect.objectContaining({ code: expect.any(String) }) },
    ])
    expect(readGlossaries([{ path, bytes: encode(content) }])).toHaveLength(1)
  })
})

describe('a term of the glossary', () => {
  const french = glossary(
    'fr',
    { term: 'foundation model', translation: 'modèle de fondation' },
    { term: 'merger', translation: 'concentration' },
    { term: 'data centre', translation: 'centre de données' },
  )

  test.each([
    ['Foundation models are sold.', 'On vend des modèles de fondation.'],
    ['It is no merger.', 'Ce n’est pas une concentration.'],
    ['Data-centre spending', 'Les dépenses pour les centres de données'],
    ['The submerger emerges.', 'Le submersible émerge.'],
  ])('is rendered, inflected or not: %s → %s', (source, target) => {
    expect(found('fr', source, target, { glossary: french })).toEqual([])
  })

  test('is missed where it is rendered otherwise', () => {
    expect(found('fr', 'It is no merger.', 'Ce n’est pas une fusion.', { glossary: french })).toEqual(['warning glossary'])
  })

  test('of a name may stay as it is, and only that may where it is its own translation', () => {
    const arabic = glossary('ar', { term: 'Azure', translation: 'أزور', keep: true })
    expect(found('ar', 'It runs on Azure.', 'يعمل على «أزور».', { glossary: arabic })).toEqual([])
    expect(found('ar', 'It runs on Azure.', 'يعمل وAzure معاً.', { glossary: arabic })).toEqual([])
    expect(found('ar', 'It runs on Azure.', 'يعمل على السحابة.', { glossary: arabic })).toEqual(['warning glossary'])
    const polish = glossary('pl', { term: 'Microsoft', translation: 'Microsoft', keep: true })
    expect(found('pl', 'It is of Microsoft.', 'Mowa o Microsofcie.', { glossary: polish })).toEqual([])
    expect(found('pl', 'It is of Microsoft.', 'Mowa o mikroprocesorach.', { glossary: polish })).toEqual(['warning glossary'])
    const spanish = glossary('es', { term: 'Azure', translation: 'Azure', keep: true })
    expect(found('es', 'It runs on Azure.', 'Funciona en Azur.', { glossary: spanish })).toEqual(['warning glossary'])
  })

  test.each([
    ['pl', 'merger', 'koncentracja', 'Kontrola koncentracji trwa.', 'Kontrola fuzji trwa.'],
    ['de', 'merger', 'Zusammenschluss', 'Sie prüft Zusammenschlüsse.', 'Sie prüft Fusionen.'],
    ['ar', 'merger', 'اندماج', 'تدرس الهيئة الاندماج الآن.', 'تدرس الهيئة الصفقة الآن.'],
    ['ja', 'merger', '企業結合', '企業結合を審査している。', '合併を審査している。'],
    ['zh-Hans', 'merger', '合并', '正在审查合并案。', '正在审查并购案。'],
    ['ar', 'price', 'سعر', 'ارتفعت الأسعار مجدداً.', 'ارتفعت التكاليف مجدداً.'],
    ['ar', 'law', 'قانون', 'تحميهم قوانين جديدة.', 'تحميهم تشريعات جديدة.'],
    ['de', 'market', 'Markt', 'Der Arbeitsmarkt ist leer.', 'Der Handel ist leer.'],
    ['de', 'artificial intelligence', 'künstliche Intelligenz', 'Die KI kommt.', 'Die Technik kommt.'],
    ['es', 'judge', 'juez', 'Lo dicen los jueces.', 'Lo dicen los magistrados.'],
    ['pl', 'market', 'rynek', 'Brakuje ich na rynku.', 'Brakuje ich w handlu.'],
    ['pl', 'price', 'cena', 'Wzrost cen trwa.', 'Wzrost opłat trwa.'],
    ['pt-BR', 'share', 'ação', 'As ações caíram.', 'As cotas caíram.'],
    ['zh-Hans', 'market', '市场', '劳动力市场吃紧。', '劳动力供应吃紧。'],
  ])('is found in inflections and compounds of %s: %s', (locale, term, translation, right, wrong) => {
    const terms = { glossary: glossary(locale, { term, translation }) }
    const source = `It is the ${term}.`
    expect(found(locale, source, right, terms)).toEqual([])
    expect(found(locale, source, wrong, terms)).toEqual(['warning glossary'])
  })

  test('is found in the plural of the English: companies, crises', () => {
    const terms = glossary('fr', { term: 'company', translation: 'x' }, { term: 'crisis', translation: 'y' })
    expect(termsIn(terms, 'Companies in crises').map(({ term }) => term)).toEqual(['company', 'crisis'])
  })

  test('begins where a Japanese word begins: Kyoto is not in Tokyo', () => {
    const japanese = glossary('ja', { term: 'Kyoto', translation: '京都' })
    expect(found('ja', 'In Kyoto it rains.', '京都では雨だ。', { glossary: japanese })).toEqual([])
    expect(found('ja', 'In Kyoto it rains.', '東京都では雨だ。', { glossary: japanese })).toEqual(['warning glossary'])
  })

  test('inside a longer one is not asked for', () => {
    const terms = glossary('fr', { term: 'merger', translation: 'x' }, { term: 'merger control', translation: 'y' })
    expect(termsIn(terms, 'Merger control is not for every case.').map(({ term }) => term)).toEqual(['merger control'])
    expect(termsIn(terms, 'Merger control needs a merger.').map(({ term }) => term)).toEqual(['merger control', 'merger'])
  })

  test('may hold whatever a pattern could mistake', () => {
    const terms = glossary('fr', { term: 'C++ (.*)[a-z]+$', translation: 'C++' })
    expect(termsIn(terms, 'In C++ (.*)[a-z]+$ only')).toHaveLength(1)
    expect(termsIn(terms, 'In C++ abc only')).toHaveLength(0)
  })
})
