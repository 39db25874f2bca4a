import type { Name, Words } from '../language/catalog'
import { inLanguage } from '../language/locale'

interface KickerProps {
  readonly kind: string | undefined
  readonly topic: Name | undefined
  readonly words: Words
  /** The id of the topic, on the page of its briefing. */
  readonly anchor?: string
}

/** The line above a title: the kind of text and its topic, or the one that there is. */
export const Kicker = ({ kind, topic, words, anchor }: KickerProps) =>
  kind === undefined && topic === undefined ? null : (
    <p class="kicker">
      {kind !== undefined && <span>{words.named(`kind.${kind}`)}</span>}
      {kind !== undefined && topic && ' '}
      {topic && (
        <span id={anchor} {...inLanguage(topic, words.locale)}>
          {topic.text}
        </span>
      )}
    </p>
  )
