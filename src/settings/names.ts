import { listNames } from '../language/word-lists'
import type { Settings } from './settings'

/** The keys of the messages that name a site's words, grades and tiers. Each public language has all of them. */
export const namesAsked = ({ vocabulary, confidence, tiers }: Settings): readonly string[] => [
  ...listNames.flatMap((list) => vocabulary[list].map((word) => `${list}.${word}`)),
  ...(confidence?.grades ?? []).map(({ id }) => `grade.${id}`),
  ...tiers.map(({ id }) => `tier.${id}`),
]

/** Whether a message belongs to a word, a grade or a tier of the site, which the program may not know. */
export function isOwnName(settings: Settings, key: string): boolean {
  const isOfTier = settings.tiers.some(({ id }) => key.startsWith(`tier.${id}.`))
  // What stands in the line below a title, where a label would be too much. Without it, that line has the label and the word.
  const isStated = settings.vocabulary.impact.some((word) => key === `impact.${word}.stated`)
  return isOfTier || isStated || namesAsked(settings).includes(key)
}
