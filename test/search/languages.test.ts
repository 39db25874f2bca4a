import { beforeAll, describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { type Newsroom, openNewsroom } from '../support/newsroom'

/** What the briefings say in each language, and what readers of it type who look for that: found by each, and not by the last. */
const cases: Readonly<
  Record<string, { readonly says: string; readonly found: readonly string[]; readonly not: readonly string[] }>
> = {
  en: {
    says: 'The regulators’ decisions on partnerships were naïve, said Žižek of Microsoft.',
    found: [
      'regulator',
      'REGULATORS',
      'decision',
      'partnership',
      'naive',
      'naïve',
      'zizek',
      'Žižek',
      'ＭＩＣＲＯＳＯＦＴ',
      '"were naive"',
    ],
    not: ['regular', 'micro', '"naive were"', 'party'],
  },
  es: {
    says: 'El año pasado, la Comisión Europea revisó los acuerdos de competencia con Łódź.',
    found: [
      'año',
      'ano',
      'comisión',
      'comision',
      'COMISIÓN',
      'comisiones',
      'acuerdo',
      'acuerdos',
      'lodz',
      '"la comision europea"',
    ],
    not: ['acueducto', 'compás'],
  },
  fr: {
    says: 'L’accord prévoit des enquêtes sur les cœurs de réseau et les marchés régionaux.',
    found: ['accord', 'accords', 'l’accord', "l'accord", 'enquete', 'enquêtes', 'coeur', 'cœur', 'réseaux', 'marche', 'régional'],
    not: ['accompli', 'région "coeurs reseau"'],
  },
  de: {
    says: 'Die Behörde prüft große Häuser und Partnerschaften in Düsseldorf.',
    found: [
      'Behörden',
      'behoerde',
      'Behorde',
      'gross',
      'große',
      'GROSSE',
      'Haeuser',
      'Häusern',
      'Partnerschaft',
      'duesseldorf',
      'Düsseldorf',
    ],
    not: ['Behelf', 'Partei'],
  },
  it: {
    says: 'L’autorità ha aperto un’istruttoria sulle società tedesche perché crescono.',
    found: ['autorita', 'autorità', 'istruttorie', 'società', 'societa', 'tedesco', 'perche', 'aperta'],
    not: ['automobile', 'tedio'],
  },
  'pt-BR': {
    says: 'As ações judiciais não impedem a atuação das organizações.',
    found: ['ações', 'acoes', 'nao', 'atuacao', 'organização', 'organizacoes', 'judicial'],
    not: ['orgânico', 'judô'],
  },
  pl: {
    says: 'Umowa spółki z urzędem miała zażółcić gęślą jaźń w Łodzi.',
    found: ['umowy', 'umową', 'spolka', 'spółkę', 'urzędowi', 'zazolcic', 'gęśla', 'Lodzi', 'ŁODZI'],
    not: ['umiem', 'spadek'],
  },
  ar: {
    says: 'أعلنت الشَّراكةُ الأوروبيّة عن مسؤولية الشركات في ٢٠٢٦ مع مايكروسوفت على المـــدى.',
    found: [
      'الشراكة',
      'شراكة',
      'شراكات',
      'الشَّراكة',
      'والشراكة',
      'اعلنت',
      'الاوروبيه',
      'مسؤوليه',
      'شركات',
      '2026',
      'مايكروسوفت',
      'المدي',
      '"الشراكة الأوروبية"',
    ],
    not: ['كتاب', '"الأوروبية الشراكة"'],
  },
  'zh-Hans': {
    says: '微软与米斯特拉尔的合作受到欧盟委员会审查，OpenAI也在其中。',
    found: ['合作', '微软', '欧盟', '米斯特拉尔', '欧', '审查', 'openai', '"合作受到"', '合作 审查'],
    not: ['软合', '查O', '"审查合作"', '北京'],
  },
  ja: {
    says: '欧州委員会はマイクロソフトのサーバーとコピー機、ｻｰﾋﾞｽを調査した。東京、大阪でAI報告書が出た。',
    found: [
      '欧州',
      '調査',
      'マイクロソフト',
      'サーバ',
      'サーバー',
      'ｻｰﾊﾞｰ',
      'サービス',
      '報告',
      'コピー',
      'AI',
      'ai報告書',
      '東',
      '"東京、大阪"',
    ],
    not: ['京大', 'コピ機', '北京', 'さーばー'],
  },
}

describe.each(Object.entries(cases))('a reader of %s', (locale, { says, found, not }) => {
  let newsroom: Newsroom
  beforeAll(async () => {
    newsroom = await openNewsroom()
    const briefing = aBriefing({
      body: [{ id: 'closure', heading: 'Zzz', text: locale === 'en' ? says : 'Nothing of the kind.' }],
    })
    const other = aBriefing({ id: 'other', slug: 'other' })
    const translations = locale === 'en' ? [] : [aTranslation(briefing, locale, { segments: { 'body.closure': says } })]
    await newsroom.load(
      { briefing, translations },
      { briefing: other, translations: locale === 'en' ? [] : [aTranslation(other, locale)] },
    )
  })
  const ask = async (typed: string) => {
    const response = await newsroom.get(`/${locale}/search.json?q=${encodeURIComponent(typed)}`)
    expect(response.status).toBe(200)
    const { results } = (await response.json()) as {
      results: { slug: string; excerpt: { pieces: { text: string; isMatch: boolean }[] } }[]
    }
    return results
  }

  test.each(found)('finds what is said by %s, and sees it marked in its own letters', async (typed) => {
    const results = await ask(typed)
    expect(results.map(({ slug }) => slug)).toEqual(['harbour-closes'])
    const pieces = results[0]?.excerpt.pieces ?? []
    expect(pieces.filter(({ isMatch }) => isMatch).length).toBeGreaterThan(0)
    for (const { text } of pieces) expect(`${says}…`).toContain(text)
  })

  test.each(not)('does not find it by %s', async (typed) => {
    expect(await ask(typed)).toEqual([])
  })
})
