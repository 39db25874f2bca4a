import { pathTo } from '../editions/addresses'
import type { Appeared } from '../feeds/feed'
import type { Words } from '../language/catalog'
import { asEntry, beginningOf } from '../language/text'
import type { Site } from '../site'
import { type Letter, letter, type Paragraph } from '../ui/letter'
import { digestMax, newsletterPathTo, type Rhythm, summaryMax } from './newsletter'

const askedFor = { daily: 'newsletter.mail.confirm.daily', weekly: 'newsletter.mail.confirm.weekly' } as const

/** The text of the letter that asks the owner of an address whether they want the newsletter. */
export const paragraphsToAsk = (words: Words, rhythm: Rhythm): readonly Paragraph[] => [words.t(askedFor[rhythm])]

/**
 * A digest of at least one briefing that has appeared: first those in its reader's language, then the others, each with its
 * language. Briefings beyond `digestMax` are left to the site.
 */
export function digestLetter(site: Site, words: Words, appeared: readonly Appeared[], stop: string): Letter {
  const { t, locale } = words
  const listed = appeared.slice(0, digestMax)
  const native = listed.filter(({ isNative }) => isNative)
  const elsewhere = listed.filter(({ isNative }) => !isNative)
  const entryOf = ({ isNative, card }: Appeared) => ({
    title: card.title,
    text: { lang: card.summary.lang, text: beginningOf(card.summary.text, summaryMax) },
    href: pathTo(locale, card.slug),
    ...(isNative ? {} : { label: languageOf(card.locale) }),
  })
  const languageOf = (served: string) =>
    served === site.locales.source ? t('card.in-source-language') : asEntry(words.language(served), locale)
  return letter(site, words, {
    subject: t('newsletter.mail.subject', { site: site.config.siteName, title: listed[0]?.card.title.text ?? '' }),
    paragraphs: [t('newsletter.mail.intro')],
    lists: [
      { heading: t('index.native'), entries: native.map(entryOf) },
      { heading: t('newsletter.mail.elsewhere'), entries: elsewhere.map(entryOf) },
    ].filter(({ entries }) => entries.length > 0),
    ...(appeared.length > digestMax ? { remark: t('newsletter.mail.more') } : {}),
    action: { label: t('newsletter.mail.all'), href: `/${locale}/` },
    change: { label: t('newsletter.mail.change'), href: newsletterPathTo(locale) },
    stop: { label: t('follow.stop.title'), href: stop },
  })
}
