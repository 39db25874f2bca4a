import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rounds } from '../../support/rounds'
import { findings, found } from './checked'

describe('numbers', () => {
  test.each([
    ['fr', 'It cost 5.6 billion.', 'Cela a coûté 5,6 milliards.'],
    ['fr', 'A window of 32,000 tokens', 'Une fenêtre de 32\u202f000 tokens'],
    ['fr', 'A window of 32,000 tokens', 'Une fenêtre de 32 000 tokens'],
    ['de', 'A window of 32,000 tokens', 'Ein Fenster von 32.000 Token'],
    ['de', 'A sum of EUR 15 million', 'Eine Summe von 15 Mio. Euro'],
    ['es', 'It is valued at $13 billion.', 'Está valorada en 13.000 millones de dólares.'],
    ['es', 'It is valued at $13 billion.', 'Está valorada en 13 mil millones de dólares.'],
    ['it', 'It is valued at $13bn.', 'È valutata 13 miliardi di dollari.'],
    ['pt-BR', 'It is valued at $2 billion.', 'Foi avaliada em 2 bilhões de dólares.'],
    ['pl', 'It cost EUR 5.6 billion.', 'Kosztowało to 5,6 mld euro.'],
    ['pl', 'It cost EUR 450 million.', 'Kosztowało to 450 milionów euro.'],
    ['ar', 'It cost 5.6 billion.', 'كلّف ذلك ٥٫٦ مليارات.'],
    ['ar', 'A window of 32,000 tokens', 'نافذة من ٣٢٬٠٠٠ وحدة'],
    ['ar', 'A window of 32K tokens', 'نافذة من 32 ألف وحدة'],
    ['ja', 'It raised EUR 450 million.', '4億5000万ユーロを調達した。'],
    ['ja', 'It cost EUR 15 million.', '費用は1500万ユーロだった。'],
    ['ja', 'It cost EUR 15 million.', '費用は１５００万ユーロだった。'],
    ['zh-Hans', 'It raised EUR 450 million.', '融资4.5亿欧元。'],
    ['zh-Hans', 'A window of 32,000 tokens', '3.2万词元的窗口'],
    ['ko', 'It cost EUR 15 million.', '비용은 1500만 유로였다.'],
    ['hi', 'It cost 15 million.', 'इसकी लागत १५ मिलियन थी।'],
    ['th', 'It closed in 2024 for 30 days.', 'ปิดในปี ๒๐๒๔ เป็นเวลา ๓๐ วัน'],
    ['de', 'It closed on 26 February 2024.', 'Schließung am 26.02.2024.'],
    ['fr', 'There are 4 ways to do it.', 'Il y a quatre façons de le faire.'],
    ['fr', 'It takes two billion for thirty-five days.', 'Il faut 2 milliards pour 35 jours.'],
    ['ar', 'It is valued at $2 billion.', 'تبلغ قيمتها ملياري دولار.'],
    ['fr', 'Better than GPT-4 and 3.5.1', 'Mieux que GPT-4 et 3.5.1'],
  ])('are kept in %s: %s → %s', (locale, source, target) => {
    expect(found(locale, source, target)).toEqual([])
  })

  test.each([
    ['fr', 'It cost EUR 15 million.', 'Cela a coûté 16 millions d’euros.', '“15”, but the text has “16”'],
    ['fr', 'It cost EUR 15 billion.', 'Cela a coûté 15 millions d’euros.', '“15”'],
    ['es', 'It is valued at $13 billion.', 'Está valorada en 13 billones de dólares.', '“13”'],
    ['es', 'It is valued at $13 billion.', 'Está valorada en 13 millones de dólares.', '“13”'],
    ['de', 'It is valued at $13 billion.', 'Bewertet wird sie mit 13 Billionen Dollar.', '“13”'],
    ['ja', 'It cost EUR 15 million.', '費用は150万ユーロだった。', '“15”'],
    ['zh-Hans', 'It raised EUR 450 million.', '融资45亿欧元。', '“450”'],
    ['ar', 'It cost 5.6 billion.', 'كلّف ذلك ٦٫٥ مليارات.', '“5.6”'],
    ['pl', 'It closed in 2024.', 'Zamknięto go dawno temu.', '“2024”'],
    ['fr', 'There are 4 ways to do it.', 'Il y a 5 façons de le faire.', '“4”, but the text has “5”'],
    ['fr', 'The port is closed for now.', 'Le port est fermé 90 jours.', 'has “90”'],
  ])('are missed in %s: %s → %s', (locale, source, target, what) => {
    const [finding, ...others] = findings(locale, source, target)
    expect(others).toEqual([])
    expect(finding).toMatchObject({ rule: 'numbers', severity: 'warning', message: expect.stringContaining(what) })
  })

  test('as Intl writes them are recognised, whatever they are', () => {
    const locales = ['fr', 'de', 'es', 'it', 'pt-BR', 'pl', 'ar', 'ar-EG', 'zh-Hans', 'ja', 'ca', 'hi', 'fa', 'de-CH', 'en-IN']
    fc.assert(
      fc.property(fc.constantFrom(...locales), fc.nat(9_999_999), fc.nat(99), (locale, whole, hundredths) => {
        const number = whole + hundredths / 100
        const write = (as: string) => new Intl.NumberFormat(as, { maximumFractionDigits: 2 }).format(number)
        expect(found(locale, `${write('en')} x`, `${write(locale)} x`)).not.toContain('warning numbers')
      }),
      { numRuns: rounds(500) },
    )
  })
})

describe('dates', () => {
  const source = 'It closed on 26 February 2024 and opened in May 2024.'

  test.each([
    ['fr', 'Il a fermé le 26 février 2024 et rouvert en mai 2024.'],
    ['pl', 'Zamknięto go 26 lutego 2024 r., a otwarto w maju 2024 r.'],
    ['ar', 'أُغلق في 26 فبراير (شباط) 2024 وفُتح في مايو (أيار) 2024.'],
    ['ja', '2024年2月26日に閉鎖され、2024年5月に再開した。'],
    ['de', 'Geschlossen am 26.2.2024, wieder geöffnet im Mai 2024.'],
  ])('are kept in %s', (locale, target) => {
    expect(found(locale, source, target)).toEqual([])
  })

  test.each([
    ['fr', 'Il a fermé le 26 janvier 2024 et rouvert en mai 2024.', '“February”'],
    ['pl', 'Zamknięto go 26 lutego 2024 r., a otwarto w czerwcu 2024 r.', '“May”'],
    ['ja', '2024年3月26日に閉鎖され、2024年5月に再開した。', '“February”'],
  ])('are missed in %s', (locale, target, month) => {
    expect(findings(locale, source, target)).toEqual([
      { segment: 'body.closure', rule: 'dates', severity: 'warning', message: expect.stringContaining(month) },
    ])
  })

  test('are not what a word is that only looks like a month', () => {
    expect(found('fr', 'It may close on a march.', 'Il peut fermer sur une marche.')).toEqual([])
  })
})
