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
    ['fr', 'It cost EUR 15 million.', 'Cela a coûté 16 millions d’euros.', '“15 million”, but the text has “16 millions”'],
    ['fr', 'It cost EUR 15 billion.', 'Cela a coûté 15 millions d’euros.', '“15 billion”, but the text has “15 millions”'],
    [
      'es',
      'It is valued at $13 billion.',
      'Está valorada en 13 billones de dólares.',
      '“$13 billion”, but the text has “13 billones”',
    ],
    ['es', 'It is valued at $13 billion.', 'Está valorada en 13 millones de dólares.', '“$13 billion”'],
    ['de', 'It is valued at $13 billion.', 'Bewertet wird sie mit 13 Billionen Dollar.', '“$13 billion”'],
    ['ja', 'It cost EUR 15 million.', '費用は150万ユーロだった。', '“15 million”'],
    ['zh-Hans', 'It raised EUR 450 million.', '融资45亿欧元。', '“450 million”'],
    ['ar', 'It cost 5.6 billion.', 'كلّف ذلك ٦٫٥ مليارات.', '“5.6 billion”'],
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

/** As newsrooms put them: on other clocks and calendars, spelled out, as Roman numerals, rounded to other units. */
describe('a warning about numbers', () => {
  test.each([
    ['it', 'It costs 2 billion euros.', 'Costa 2 milioni di euro.', '“2 billion”, but the text has “2 milioni”'],
    ['fr', 'It costs €3 billion.', 'Cela coûte 3 millions d’euros.', '“€3 billion”, but the text has “3 millions”'],
    ['es', 'It costs $30 billion.', 'Cuesta 30 millones de dólares.', '“$30 billion”, but the text has “30 millones”'],
    [
      'es',
      'It costs 4 trillion dollars.',
      'Cuesta 4 mil millones de dólares.',
      '“4 trillion”, but the text has “4 mil millones”',
    ],
    ['pl', 'It grew by 15%.', 'Wzrosło o 51 %.', '“15%”, but the text has “51 %”'],
    ['ja', 'It costs 450 million euros.', '費用は4億ユーロです。', '“450 million”, but the text has “4億”'],
    ['ar', 'It costs 3 million euros.', 'تبلغ كلفته ٣ مليارات يورو.', '“3 million”, but the text has “٣ مليارات”'],
    ['de', 'It costs two billion euros.', 'Es kostet zwei Millionen Euro.', '“two billion”, but the text has “zwei Millionen”'],
    ['fr', 'It took 1,500 people.', 'Il a fallu 1 600 personnes.', '“1,500”, but the text has “1 600”'],
  ])('in %s names both as they stand, with their units: %s', (locale, source, target, words) => {
    const [warning] = findings(locale, source, target).filter(({ rule }) => rule === 'numbers')
    expect(warning?.message).toBe(`The English has ${words}. Compare the numbers.`)
  })
})

describe('numbers, times and years', () => {
  test.each([
    ['es', 'It opens at 9 am and closes at noon.', 'Abre a las nueve de la mañana y cierra al mediodía.'],
    ['es', 'In the 1980s, unemployment hit 20%.', 'En la década de los ochenta, el paro llegó al 20 %.'],
    ['es', 'A quarter of the 2,000 firms are run by women.', 'Una cuarta parte de las 2000 empresas está dirigida por mujeres.'],
    ['es', 'It raised $250m in a Series B.', 'Recaudó 250 millones de dólares en una ronda B.'],
    ['es', 'The third quarter was weak.', 'El tercer trimestre fue flojo.'],
    ['es', 'Over 21,000 homes were damaged.', 'Más de veintiún mil viviendas sufrieron daños.'],
    ['es', 'Two-thirds of voters agreed.', 'Dos tercios de los votantes estuvieron de acuerdo.'],
    ['es', 'The `rel="up"` attribute is set to 5.', 'El atributo `rel="up"` tiene el valor 5.'],
    ['es', 'A think tank published it on 5 May.', 'Un *think tank* lo publicó el 5 de mayo.'],
    ['es', 'The 27 member states met in mid-2024.', 'Los Veintisiete se reunieron a mediados de 2024.'],
    ['es', 'The EU has 450 million citizens.', 'La UE tiene 450 millones de ciudadanos.'],
    ['fr', 'The 90-day period ends at midnight.', 'Le délai de quatre-vingt-dix jours expire à minuit.'],
    ['fr', 'It lasted two weeks.', 'Cela a duré quinze jours.'],
    ['fr', 'About 70 people came.', 'Environ soixante-dix personnes sont venues.'],
    ['fr', 'Some 80 countries signed.', 'Quelque quatre-vingts pays ont signé.'],
    ['fr', 'The company raised €600m.', 'L’entreprise a levé 600 M€.'],
    ['fr', 'A 5" screen costs $99.', 'Un écran de 5" coûte 99 dollars.'],
    ['fr', 'It was worth $2.4bn in the 1970s.', 'Elle valait 2,4 Mds$ dans les années soixante-dix.'],
    ['fr', 'Half a million people fled.', 'Un demi-million de personnes ont fui.'],
    ['fr', 'On 1 May the 1st Chamber sat.', 'Le 1er mai, la première chambre a siégé.'],
    ['fr', 'The €1.2bn plan was adopted by 55 votes to 44.', 'Le plan de 1,2 Md€ a été adopté par 55 voix contre 44.'],
    ['de', 'The second half of the 20th century', 'Die zweite Hälfte des zwanzigsten Jahrhunderts'],
    ['de', 'It starts at half past three.', 'Es beginnt um halb vier.'],
    ['de', 'Around 250 firms took part.', 'Rund zweihundertfünfzig Firmen nahmen teil.'],
    ['de', 'A two-hour hearing with 21 witnesses', 'Eine zweistündige Anhörung mit einundzwanzig Zeugen'],
    ['de', 'In his 60s, he left.', 'In seinen Sechzigern ging er.'],
    ['de', 'It cost €3.5m.', 'Es kostete 3,5 Mio. Euro.'],
    ['de', 'Sales doubled to 4 billion.', 'Der Umsatz verdoppelte sich auf 4 Milliarden.'],
    ['de', 'The 50th anniversary', 'Der fünfzigste Jahrestag'],
    ['de', 'On Saturday, 7 June', 'Am Sonnabend, dem 7. Juni'],
    ['it', 'In the 1960s it grew by 5%.', 'Negli anni Sessanta crebbe del 5 per cento.'],
    ['it', 'In the 20th century', 'Nel Novecento'],
    ['it', 'About fifteen people, aged 20 to 30', 'Una quindicina di persone tra i venti e i trent’anni'],
    ['it', 'The law of 1 January 2020', 'La legge del primo gennaio 2020'],
    ['it', 'It closed at 6 pm.', 'Ha chiuso alle 18.'],
    ['it', 'Some 250,000 people', 'Circa duecentocinquantamila persone'],
    ['it', '500 million in six months', 'Mezzo miliardo in un semestre'],
    ['it', 'A €2.5bn investment', 'Un investimento da 2,5 miliardi di euro'],
    ['pt-BR', 'It costs R$40 million.', 'Custa R$ 40 mi.'],
    ['pt-BR', 'At 3:30 pm on Tuesday', 'Às 15h30 de terça'],
    ['pt-BR', 'In the 1980s', 'Na década de 80'],
    ['pt-BR', 'The 16th century', 'O século 16'],
    ['pt-BR', '15,000 people in 30 cities', 'Quinze mil pessoas em 30 cidades'],
    ['pt-BR', 'A dozen firms', 'Doze empresas'],
    ['pt-BR', 'The actions of 1.3 billion people', 'Os atos de 1,3 bilhão de pessoas'],
    ['pl', 'In the 1990s', 'W latach 90.'],
    ['pl', 'In the 21st century', 'W XXI stuleciu'],
    ['pl', 'On 11 November 1918', '11 listopada 1918 r.'],
    ['pl', 'From January to March', 'Od stycznia do marca'],
    ['pl', 'About 40 people', 'Około czterdziestu osób'],
    ['pl', 'It opens at 8 pm.', 'Otwarcie o godz. 20.'],
    ['pl', '2.5 million people', 'Dwa i pół miliona osób'],
    ['pl', 'Two years later', 'Dwa lata później'],
    ['pl', '1.5 years ago', 'Półtora roku temu'],
    ['pl', 'The 100th anniversary', 'Setna rocznica'],
    ['pl', 'A five-year plan of PLN 30 billion', 'Pięcioletni plan o wartości 30 mld zł'],
    ['ar', 'On 5 May', 'في الخامس من مايو'],
    ['ar', '2 million people', 'مليونا شخص'],
    ['ar', '200 employees', 'مئتا موظف'],
    ['ar', 'About 25 people', 'نحو خمسة وعشرين شخصاً'],
    ['ar', 'In the 1990s', 'في تسعينيات القرن الماضي'],
    ['ar', 'It opens at 8 am.', 'تفتح في الثامنة صباحاً.'],
    ['ar', 'In January 2024 (1445 AH)', 'في كانون الثاني/يناير 2024 (1445 هـ)'],
    ['ar', '3,000 soldiers', 'ثلاثة آلاف جندي'],
    ['ar', 'The two countries signed 15 accords.', 'وقّع البلدان خمسة عشر اتفاقاً.'],
    ['ar', 'It fell in 2024.', 'انخفض في عام 2024م (1446 هـ).'],
    ['ar', 'In 2023', 'في عام ألفين وثلاثة وعشرين'],
    ['zh-Hans', 'About 30% of people', '约三成的人'],
    ['zh-Hans', 'In the first half of 2024', '2024年上半年'],
    ['zh-Hans', 'Half past three in the afternoon, at 3:30 pm', '下午3点半'],
    ['zh-Hans', '2.5 billion users', '25亿用户'],
    ['zh-Hans', '18 months later', '一年半后'],
    ['zh-Hans', 'In the 1990s', '20世纪90年代'],
    ['zh-Hans', 'Two women and three men', '两女三男'],
    ['zh-Hans', 'a 12-hour strike', '12小时罢工'],
    ['zh-Hans', '15,000 people', '1.5万人'],
    ['zh-Hans', 'The 3,200-page report of 9 June', '6月9日发布的3200页报告'],
    ['zh-Hans', 'It doubled to 300.', '翻了一番，达到300。'],
    ['ja', '40% of firms', '4割の企業'],
    ['ja', 'About half', '約5割'],
    ['ja', 'In 2024', '令和6年に'],
    ['ja', 'In 2019', '令和元年に'],
    ['ja', '1.5 million', '約150万'],
    ['ja', '18 months', '1年半'],
    ['ja', '3 pm', '午後3時'],
    ['ja', '3 pm', '15時'],
    ['ja', '10,000 people', '一万人'],
    ['ja', 'Two companies', '2社'],
    ['ja', 'A 25% cut', '25％の削減'],
    ['ja', 'On Wednesday', '水曜に'],
    ['ja', '35 million yen in fiscal 2025', '2025年度に3500万円'],
    ['ja', 'The 47 prefectures', '全国四十七都道府県'],
    ['ca', 'In the 1970s', 'Als anys setanta'],
    ['ca', 'About 25 people', 'Unes vint-i-cinc persones'],
    ['ca', 'On 11 September', 'L’11 de setembre'],
    ['ca', '€1.5 billion', '1.500 milions d’euros'],
    ['ca', 'At 4 pm', 'A les quatre de la tarda'],
    ['ca', 'The 20th century', 'El segle vint'],
    ['ca', '600 people', 'Sis-centes persones'],
    ['ja', 'It lies 12 miles away.', '約19キロ離れている。'],
    ['es', 'Sales fell in the second quarter.', 'Las ventas cayeron en el segundo trimestre.'],
    ['ja', 'Sales fell in Q3 2025.', '2025年7〜9月期は減った。'],
    ['ca', 'It begins at 9:30 a.m.', 'Comença a dos quarts de deu del matí.'],
    ['pl', 'A quarter of the power is wind.', 'Ćwierć energii to wiatr.'],
    ['es', 'It grew between 2019 and 2023 as in two decades before.', 'Creció entre 2019 y 2023 como en veinte años antes.'],
    ['it', 'In twentieth-century industry', 'Nell’industria del Novecento'],
    ['ca', 'It rose by 25 basis points.', 'Va pujar un quart de punt.'],
    ['pl', 'There are 1,350 buses.', 'Jest 1350 autobusów.'],
    ['es', 'There are 1,350 buses.', 'Hay 1.350 autobuses.'],
    ['ar', 'It is 5.6 billion.', 'تبلغ ٥٫٦ مليار.'],
  ])('may be put otherwise in %s: %s → %s', (locale, source, target) => {
    const kind = /[`*]/.test(target) ? 'markdown' : 'plain'
    expect(found(locale, source, target, { kind })).toEqual([])
  })

  test.each([
    ['es', 'In the 1980s it grew.', 'Creció en los años noventa.'],
    ['es', 'It opens at 3 pm.', 'Abre a las 16.00.'],
    ['fr', 'It dates from the 19th century.', 'Il date du XXe siècle.'],
    ['fr', 'About 70 people came.', 'Environ soixante personnes sont venues.'],
    ['de', 'Twelve thousand people came.', 'Elftausend Menschen kamen.'],
    ['it', 'In the 19th century', 'Nel Novecento'],
    ['it', 'Some 250,000 people', 'Circa duecentomila persone'],
    ['pt-BR', 'It costs R$40 million.', 'Custa R$ 40 bi.'],
    ['pl', 'In the 1990s', 'W latach 80.'],
    ['pl', 'About 40 people', 'Około pięćdziesięciu osób'],
    ['ar', 'The two countries signed 15 accords.', 'وقّع البلدان ستة عشر اتفاقاً.'],
    ['zh-Hans', '18 months later', '两年后'],
    ['ja', 'In 2024', '令和5年に'],
    ['ja', '10,000 people', '十万人'],
    ['ca', 'At 4 pm', 'A les cinc de la tarda'],
    ['fr', 'Profits slipped in the third quarter.', 'Les bénéfices ont fléchi au deuxième trimestre.'],
    ['zh-Hans', 'A quarter of the power is exported.', '三分之一的电力出口。'],
    ['it', 'Two-fifths of firms export.', 'Due terzi delle imprese esportano.'],
    ['de', 'It opens at 9 pm.', 'Es öffnet um 9 Uhr.'],
    ['ja', 'It began at 3 a.m.', '午後3時に始まった。'],
    ['es', 'It closes at 5:30 pm.', 'Cierra a las 17:00.'],
    ['pl', 'There are 1,350 buses.', 'Jest 1,350 autobusów.'],
    ['ca', 'It cost €780 million.', 'Va costar 780.000 milions d’euros.'],
  ])('are missed in %s: %s → %s', (locale, source, target) => {
    expect(found(locale, source, target)).toEqual(['warning numbers'])
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

  test.each([
    ['ar', 'On 26 February 2024', 'في 26 شباط 2024'],
    ['es', 'On 5 September', 'El 5 de setiembre'],
    ['de', 'On 5 January', 'Am 5. Jänner'],
  ])('have the month names of every region of %s: %s → %s', (locale, english, target) => {
    expect(found(locale, english, target)).toEqual([])
  })

  test.each([
    ['es', 'He left on Monday.', 'Se fue el martes.'],
    ['pl', 'He left on Monday.', 'Wyjechał we wtorek.'],
    ['ja', 'He left on Monday.', '火曜日に去った。'],
    ['de', 'Talks began on 3 March.', 'Die Gespräche begannen am 3. April.'],
    ['zh-Hans', 'Since January', '自十一月以来'],
    ['ar', 'On 26 February 2024', 'في 26 آذار 2024'],
  ])('are missed in %s where another day or month is named: %s → %s', (locale, english, target) => {
    expect(found(locale, english, target)).toEqual(['warning dates'])
  })

  test('are not what a word is that only looks like a month', () => {
    expect(found('fr', 'It may close on a march.', 'Il peut fermer sur une marche.')).toEqual([])
  })
})
