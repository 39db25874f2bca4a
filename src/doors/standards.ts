import { type FileProblem, isProblems } from '../briefings/files'
import type { Locale } from '../language/locale'
import { type Accepted, readAccepted } from '../translations/checks/accepted'
import type { Standards } from '../translations/checks/review'
import { readGlossaries } from '../translations/glossary'
import { readStyles } from '../translations/style'
import { readLocaleFiles } from './content-folder'

/** What the texts of a folder are held to, and what is accepted in its catalogs; or every problem in these files. */
export function readStandards(
  folder: string,
): (Standards & { readonly accepted: ReadonlyMap<Locale, Accepted> }) | readonly FileProblem[] {
  const glossaries = readGlossaries(readLocaleFiles(folder, 'glossary'))
  const styles = readStyles(readLocaleFiles(folder, 'style'))
  const accepted = readAccepted(readLocaleFiles(folder, 'accepted'))
  if (isProblems(glossaries) || isProblems(styles) || isProblems(accepted)) {
    return [glossaries, styles, accepted].filter(isProblems).flat()
  }
  return { glossaries, styles, accepted }
}
