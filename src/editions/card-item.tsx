import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import type { Site } from '../site'
import { Kicker } from '../ui/kicker'
import { ServedLanguage } from '../ui/served-language'
import { pathTo } from './addresses'
import type { Card } from './card'
import { statedConfidence, statedImpact } from './measures'

interface CardProps {
  readonly site: Site
  /** The site's words in the language asked for. */
  readonly words: Words
  readonly card: Card
  /** Whether the briefing is served in that language. */
  readonly isNative: boolean
}

/** A briefing in a list. */
export const cardItem = (props: CardProps): string => `${<CardItem {...props} />}`

const CardItem = ({ site, words, card, isNative }: CardProps) => {
  const { title, summary, topic, image } = card
  return (
    <li class="card">
      {image && <img src={site.asset(`images/${image.file}`)} width={image.width} height={image.height} alt="" loading="lazy" />}
      <div>
        <Kicker kind={card.kind} topic={topic} words={words} />
        <h3>
          <a href={pathTo(words.locale, card.slug)} {...inLanguage(title, words.locale)}>
            {title.text}
          </a>
        </h3>
        <p class="summary" {...inLanguage(summary, words.locale)}>
          {summary.text}
        </p>
        <p class="byline">
          {!isNative && <ServedLanguage site={site} words={words} served={card.locale} />}
          <time datetime={card.publishedAt}>{words.date(card.publishedAt)}</time>
          {[statedImpact(card, words), statedConfidence(card, words)].map((stated) => stated && <span>{stated}</span>)}
        </p>
      </div>
    </li>
  )
}
