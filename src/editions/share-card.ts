import { hashOf } from '../briefings/hash'
import type { Words } from '../language/catalog'
import { given } from '../language/given'
import type { Locale } from '../language/locale'
import type { CardLook } from '../settings/card-look'
import { statedConfidence } from './measures'
import type { Reading, Text } from './reading'

/** What the picture of a briefing says. All of it is decided when the briefing is printed. */
export interface ShareCard {
  /** The language served, whose direction is the picture's. */
  readonly locale: Locale
  readonly siteName: string
  readonly kind?: string
  readonly topic?: Text
  readonly title: Text
  /** From 0 to 1, as the bar shows it. */
  readonly confidence?: number
  readonly stated?: string
  readonly date: string
  /** How it looks, if not as the program's own cards. */
  readonly look?: CardLook
}

/** The size that all sites accept for such pictures (Open Graph), in pixels. */
export const cardSize = { width: 1200, height: 630 } as const

/** The number of the design. A new design makes new cards. */
const design = 1

/** The card of a reading. It has only the title, the topic and facts, which everyone may read. */
export function shareCardOf(
  { locale, facts, topic, title, publishedAt }: Reading,
  siteName: string,
  words: Words,
  look?: CardLook,
): ShareCard {
  const stated = statedConfidence(facts, words)
  return given({
    locale,
    siteName,
    kind: facts.kind === undefined ? undefined : words.named(`kind.${facts.kind}`),
    topic: topic && { lang: topic.lang, text: topic.text },
    title: { lang: title.lang, text: title.text },
    confidence: stated === undefined ? undefined : facts.confidence,
    stated,
    date: words.date(publishedAt),
    ...(look && { look }),
  })
}

/** The name of a card. The same words in the same design are the same picture. */
export const nameOf = (card: ShareCard): Promise<string> => hashOf(JSON.stringify([design, card]))

/** Where a card is, from the root of the site. */
export const cardPathTo = (hash: string) => `/cards/${hash}.png`

/** The card that an address below `/cards/` names. */
export const cardIn = (file: string): string | undefined => /^([0-9a-f]{32})\.png$/.exec(file)?.[1]

/** The words of a card, for readers who do not see it. */
export const altOf = ({ kind, topic, title, stated, date, siteName }: ShareCard): string =>
  [title.text, kind, topic?.text, stated, date, siteName].filter((each) => each !== undefined).join(' · ')
