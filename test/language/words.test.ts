import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import type { MessageKey } from '../../src/language/catalog'

/** What a copy desk found wrong in the words of the site: the language, the message, and what it must not say again. */
const findings: readonly (readonly [locale: string, key: MessageKey, wrong: string])[] = [
  ['es', 'changes.unknown', 'Ahora dice'],
  ['es', 'follow.confirm.button', 'escribidme'],
  ['es', 'newsletter.mail.confirm.daily', 'esperamos que tú'],
  ['es', 'newsletter.mail.confirm.weekly', 'esperamos que tú'],
  ['es', 'mail.follow.confirm.available', 'esperamos que tú'],
  ['es', 'mail.follow.confirm.changes', 'esperamos que tú'],
  ['es', 'mail.sign-in.text', 'esperamos que tú'],
  ['es', 'passkey.intro', 'leértela'],
  ['fr', 'changes.removed', ' :'],
  ['fr', 'report.which', ' ?'],
  ['fr', 'request.own', ' :'],
  ['fr', 'changes.unknown', 'Il dit désormais'],
  ['fr', 'sign-in.title', 'rejoindre'],
  ['fr', 'sign-in.sent.title', 'courrier'],
  ['fr', 'follow.sent.text', 'Il est valable'],
  ['fr', 'mail.follow.confirm.closing', 'Il est valable'],
  ['fr', 'error.unprocessable.text', 'comme il le devrait'],
  ['fr', 'account.role.author', 'Rédaction'],
  ['it', 'account.session.begun', 'del {date}'],
  ['it', 'account.session.seen', 'il {date}'],
  ['it', 'join.waiting', 'del {date}'],
  ['it', 'join.refused', 'il {date}'],
  ['it', 'request.granted', 'il {date}'],
  ['it', 'request.refused', 'il {date}'],
  ['it', 'passkey.added', 'il {date}'],
  ['it', 'passkey.used', 'il {date}'],
  ['it', 'newsletter.mail.confirm.daily', 'speriamo tu'],
  ['it', 'newsletter.mail.confirm.weekly', 'speriamo tu'],
  ['it', 'mail.follow.confirm.available', 'speriamo tu'],
  ['it', 'mail.follow.confirm.changes', 'speriamo tu'],
  ['it', 'mail.sign-in.text', 'speriamo tu'],
  ['it', 'changes.unknown', 'Ora dice'],
  ['it', 'newsletter.mail.more', 'più di quanto stia'],
  ['it', 'passkey.full', 'che una persona può avere'],
  ['pt-BR', 'newsletter.mail.confirm.daily', 'esperamos que você'],
  ['pt-BR', 'newsletter.mail.confirm.weekly', 'esperamos que você'],
  ['pt-BR', 'mail.follow.confirm.available', 'esperamos que você'],
  ['pt-BR', 'mail.follow.confirm.changes', 'esperamos que você'],
  ['pt-BR', 'mail.sign-in.text', 'esperamos que você'],
  ['pt-BR', 'changes.unknown', 'Agora ele diz'],
  ['pt-BR', 'follow.sent.text', 'Ele vale'],
  ['pt-BR', 'mail.follow.confirm.closing', 'Ele vale'],
  ['pt-BR', 'passkey.full', 'que uma pessoa pode ter'],
  ['pt-BR', 'contentType.signal-briefing', 'Análise de sinal'],
  ['pt-BR', 'follow.intro', 'que os interrompe'],
  ['pl', 'site.tagline', 'Państw'],
  ['pl', 'site.promise', 'Państw'],
  ['pl', 'notice.not-yet-available', 'Państw'],
  ['pl', 'notice.fallback-language', 'Państw'],
  ['pl', 'translations.coverage', 'Państw'],
  ['pl', 'changes.unknown', 'Teraz brzmi'],
  ['pl', 'share.mail', 'pocztą'],
  ['pl', 'follow.title', 'pocztą'],
  ['pl', 'comment.name', 'Nazwa'],
  ['pl', 'comment.full.text', 'przyjęliśmy'],
  ['pl', 'contentType.signal-briefing', 'Analiza sygnału'],
  ['ca', 'passkey.added', 'el {date}'],
  ['ca', 'passkey.used', 'el {date}'],
  ['ca', 'newsletter.mail.confirm.daily', 'esperem que tu'],
  ['ca', 'newsletter.mail.confirm.weekly', 'esperem que tu'],
  ['ca', 'mail.follow.confirm.available', 'esperem que tu'],
  ['ca', 'mail.follow.confirm.changes', 'esperem que tu'],
  ['ca', 'mail.sign-in.text', 'esperem que tu'],
  ['ca', 'changes.unknown', 'Ara diu'],
  ['ca', 'passkey.intro', 'llegir'],
  ['ca', 'mail.follow.changed.text', 'en el fons'],
  ['de', 'changes.unknown', 'Jetzt lautet er'],
  ['de', 'follow.title', 'Per E-Mail erfahren'],
  ['de', 'sign-in.sent.title', 'Ihre Post'],
  ['de', 'error.too_large.text', 'als wir annehmen'],
  ['de', 'comment.full.text', 'angenommen'],
  ['ar', 'report.intro', 'أخبروا'],
  ['ar', 'report.which', 'تقصدون'],
  ['ar', 'report.choose', 'اختاروا'],
  ['ar', 'report.sent.title', 'بلاغكم'],
  ['ar', 'report.full.text', 'بلاغكم'],
  ['ar', 'comment.sign-in', 'سجّلوا'],
  ['ar', 'comment.text', 'تعليقكم'],
  ['ar', 'comment.empty', 'اكتبوا'],
  ['ar', 'comment.sent.title', 'تعليقكم'],
  ['ar', 'comment.sent.text', 'غيركم'],
  ['ar', 'comment.sent.text', 'بعد أن تقبله'],
  ['ar', 'comment.full.title', 'تعليقاتكم'],
  ['ar', 'comment.full.text', 'لم يُقبل'],
  ['ar', 'newsletter.mail.confirm.daily', 'نرجو أن يكون أنت'],
  ['ar', 'newsletter.mail.confirm.weekly', 'نرجو أن يكون أنت'],
  ['ar', 'mail.follow.confirm.available', 'نرجو أن يكون أنت'],
  ['ar', 'mail.follow.confirm.changes', 'نرجو أن يكون أنت'],
  ['ar', 'mail.sign-in.text', 'نرجو أن يكون أنت'],
  ['ar', 'changes.unknown', 'وهو يقول الآن'],
  ['ja', 'fact.event', 'イベント'],
  ['ja', 'category.event', 'イベント'],
  ['ja', 'kind.event', 'イベント'],
  ['ja', 'briefing.event', 'イベント'],
  ['ja', 'newsletter.none', '購読されて'],
]

/** The findings that the catalogs have again. A message that is not there is found, too: its finding would prove nothing. */
const foundAgain = (catalogs: typeof kit.catalogs) =>
  findings.filter(([locale, key, wrong]) => catalogs[locale]?.[key]?.includes(wrong) ?? true)

describe('the words of the site', () => {
  test('say nowhere again what a copy desk found wrong', () => {
    expect(foundAgain(kit.catalogs)).toEqual([])
  })

  test('are caught when they do', () => {
    for (const [locale, key, wrong] of findings) {
      const planted = { ...kit.catalogs, [locale]: { ...kit.catalogs[locale], [key]: `… ${wrong} …` } }
      expect(foundAgain(planted)).toContainEqual([locale, key, wrong])
    }
  })
})
