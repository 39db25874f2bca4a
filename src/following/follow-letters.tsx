import { pathTo } from '../editions/addresses'
import type { PartName } from '../editions/notice'
import type { Text } from '../editions/reading'
import type { Words } from '../language/catalog'
import type { Site } from '../site'
import { type Letter, letter, type Paragraph } from '../ui/letter'
import type { Wish } from './follow'

const askedFor = { available: 'mail.follow.confirm.available', changes: 'mail.follow.confirm.changes' } as const

/** The text of the letter that asks the owner of an address if they want emails about a briefing. */
export const paragraphsToAsk = (words: Words, wish: Wish, title: Text): readonly Paragraph[] => [words.t(askedFor[wish]), title]

/** A briefing as its follower sees it, and the link that stops the emails. */
interface LetterSubject {
  readonly slug: string
  readonly title: Text
  readonly stop: string
}

/** The letter that says that a briefing is available in its reader's language. */
export const availableLetter = (site: Site, words: Words, { slug, title, stop }: LetterSubject): Letter =>
  letter(site, words, {
    subject: words.t('mail.follow.available.subject', { title: title.text }),
    paragraphs: [words.t('mail.follow.available.text'), title],
    action: { label: words.t('mail.follow.read'), href: pathTo(words.locale, slug) },
    stop: { label: words.t('follow.stop.title'), href: stop },
  })

/** The letter that says that a briefing has changed materially, and in which parts. Without parts, its facts have changed. */
export function changedLetter(
  site: Site,
  words: Words,
  { slug, title, stop }: LetterSubject,
  parts: readonly PartName[],
): Letter {
  const facts = { lang: words.locale, text: words.t('briefing.judgement') }
  return letter(site, words, {
    subject: words.t('mail.follow.changed.subject', { title: title.text }),
    paragraphs: [
      words.t('mail.follow.changed.text'),
      title,
      words.t('mail.follow.changed.parts'),
      ...(parts.length === 0 ? [facts] : parts.map(({ name }) => name)),
    ],
    action: { label: words.t('mail.follow.read'), href: pathTo(words.locale, slug) },
    stop: { label: words.t('follow.stop.title'), href: stop },
  })
}
