import { isProblems, unfit } from '../../briefings/files'
import { explain, withReason } from '../../language/newsroom'
import { slugIn } from '../../newsroom/content-files'
import { reviewStored } from '../../newsroom/review-stored'
import type { Accepted } from '../../translations/checks/accepted'
import { type FiledFinding, placedFinding } from '../../translations/checks/review'
import { readLocaleFile } from '../../translations/packs/json'
import { readContentFiles } from '../content-folder'
import { asJson, countedOrNo, say } from '../report'
import { readStandards } from '../standards'
import { withFiles } from './files'
import { withSite } from './open'

/**
 * Checks what is stored, by the glossaries, style sheets and accepted warnings of a folder. Exits with an error if a stored text has
 * one, but not for a warning.
 */
export async function checkDatabase(folder: string, edge: string | undefined, isJson: boolean): Promise<void> {
  const standards = withFiles(() => readStandards(folder))
  if (isProblems(standards)) throw unfit(standards)
  const accepted = withFiles(() => acceptedIn(folder))
  await withSite(edge, async (site) => {
    const found: FiledFinding[] = []
    let texts = 0
    for await (const { slug, locale, findings } of reviewStored(site, standards, (...place) => accepted.get(place.join()))) {
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
    if (errors.length > 0) process.exitCode = 1
    if (isJson) return void say(asJson({ problems: errors.map(withReason), warnings: warnings.map(withReason) }))
    say(
      `Checked ${texts} stored briefings and translations: ${countedOrNo(errors.length, 'error')}, ${countedOrNo(warnings.length, 'warning')}.`,
    )
  })
}

/** What the locale files of a folder accept, by briefing and language. A file that is wrong accepts nothing here: `check` says so. */
function acceptedIn(folder: string): ReadonlyMap<string, Accepted> {
  return new Map(
    readContentFiles(folder).translations.flatMap(({ path, bytes }) => {
      const file = readLocaleFile(path, bytes)
      return isProblems(file) || !file.accepted ? [] : [[`${slugIn(path)},${file.locale}`, file.accepted] as const]
    }),
  )
}
