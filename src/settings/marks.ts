import type { SiteVocabulary } from './settings'

/**
 * The rules of the marks that show how much a word of impact or of risk is, by its place in the site's list. They are in the style sheet, so
 * that a page need not be printed again when a list gets longer.
 */
export const marksIn = ({ impact, risk }: SiteVocabulary): string =>
  `@layer slices{.impact{--steps:${Math.max(1, impact.length)}}${impact.map(impactMark).join('')}${risk.map(riskMark).join('')}}`

/** As many steps filled as the place is. The upper half of the list stands out in colour. */
function impactMark(word: string, index: number, { length }: readonly string[]): string {
  const filled = `.impact${named(word)}{--filled:${index + 1}}`
  return index < Math.ceil(length / 2) ? filled : `${filled}.impact${named(word)} .value{color:var(--accent)}`
}

/** A disc that is filled from empty to full. */
function riskMark(word: string, index: number, { length }: readonly string[]): string {
  const share = `${Math.round((100 * index) / Math.max(1, length - 1))}%`
  const fill = `--fill:linear-gradient(to top,currentcolor ${share},transparent ${share})`
  if (index === 0) return `.risk${named(word)}{--risk:var(--teal)}`
  return index === length - 1
    ? `.risk${named(word)}{--risk:var(--accent);${fill};border-width:2px}`
    : `.risk${named(word)}{--risk:var(--ink);${fill};border-style:dashed}`
}

/** What has this class. A class may begin with a digit, and a selector of classes may not. */
const named = (word: string) => `[class~="${word}"]`
