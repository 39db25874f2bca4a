import { type FileProblem, isProblems, placed, unfit } from '../../briefings/files'
import { explain, withReason } from '../../language/newsroom'
import { reviewStored } from '../../newsroom/review-stored'
import { wordsGone } from '../../newsroom/words-gone'
import { type FiledFinding, placedFinding } from '../../translations/checks/review'
import { asJson, countedOrNo, say } from '../report'
import { judgedBy } from '../standards'
import { withFiles } from './files'
import { withSite } from './open'

/**
 * Checks what is stored, by the glossaries, style sheets and accepted warnings of a folder. Exits with an error if a stored text has
 * one, but not for a warning.
 */
export async function checkDatabase(folder: string, edge: string | undefined, isJson: boolean): Promise<void> {
  const judged = withFiles(() => judgedBy(folder))
  if (isProblems(judged)) throw unfit(judged)
  await withSite(edge, async (site) => {
    const gone: FileProblem[] = []
    for await (const problem of wordsGone(site)) {
      gone.push(problem)
      if (!isJson) say(explain(placed(problem)))
    }
    const found: FiledFinding[] = []
    let texts = 0
    for await (const { slug, locale, findings } of reviewStored(site, judged)) {
      texts += 1
      const file = `${slug}, ${locale}`
      for (const finding of findings) {
        const filed = { ...finding, file, path: finding.segment }
        found.push(filed)
        if (!isJson) say(explain(placedFinding(filed)))
      }
    }
    const errors = found.filter(({ severity }) => severity === 'error')
    const warnings = found.filter(({ severity }) => severity === 'warning')
    if (errors.length + gone.length > 0) process.exitCode = 1
    if (isJson) return void say(asJson({ problems: [...gone, ...errors].map(withReason), warnings: warnings.map(withReason) }))
    say(
      `Checked ${texts} stored briefings and translations: ${countedOrNo(errors.length + gone.length, 'error')}, ${countedOrNo(warnings.length, 'warning')}.`,
    )
  })
}
