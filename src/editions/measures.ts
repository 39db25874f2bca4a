import type { Words } from '../language/catalog'
import type { Facts } from './reading'

/** The confidence in words and as a percentage; `undefined`: the briefing has none. */
export const statedConfidence = ({ confidence, grade }: Pick<Facts, 'confidence' | 'grade'>, words: Words) =>
  confidence === undefined || grade === undefined
    ? undefined
    : words.t('confidence.stated', { words: words.named(`grade.${grade}`), percent: words.percent(confidence) })

/** The impact in a phrase that needs no label, where the language has one for the word; `undefined`: the briefing has none. */
export function statedImpact({ impact }: Pick<Facts, 'impact'>, words: Words): string | undefined {
  if (impact === undefined) return undefined
  if (words.isNamed(`impact.${impact}.stated`)) return words.named(`impact.${impact}.stated`)
  return words.t('punctuation.label', { name: words.t('fact.impact'), value: words.named(`impact.${impact}`) })
}
