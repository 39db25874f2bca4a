import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import type { Site } from '../site'
import { ServedLanguage } from '../ui/served-language'
import { pathTo } from './addresses'
import type { Card } from './card'

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
  const { t } = words
  const { title, summary, topic, image } = card
  return (
    <li class="card">
      <img src={site.asset(`images/${image.file}`)} width={image.width} height={image.height} alt="" loading="lazy" />
      <div>
        <p class="kicker">
          <span>{t(`kind.${card.kind}`)}</span> <span {...inLanguage(topic, words.locale)}>{topic.text}</span>
        </p>
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
          <span>{t('impact.stated', { impact: card.impact })}</span>
          <span>{t('confidence.stated', { words: t(`grade.${card.grade}`), percent: words.percent(card.confidence) })}</span>
        </p>
      </div>
    </li>
  )
}
