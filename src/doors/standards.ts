import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileProblem, isProblems } from '../briefings/files'
import type { Locale } from '../language/locale'
import type { Judged } from '../newsroom/judged'
import { type Accepted, readAccepted } from '../translations/checks/accepted'
import type { Standards } from '../translations/checks/review'
import { readGlossaries } from '../translations/glossary'
import { readLocaleFile } from '../translations/packs/json'
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

/**
 * What stored texts are held to by a folder, with what its locale files accept; or every problem in its glossaries and style sheets. A locale
 * file that is wrong accepts nothing here: `check` says so.
 */
export function judgedBy(folder: string): Judged | readonly FileProblem[] {
  const standards = readStandards(folder)
  if (isProblems(standards)) return standards
  return {
    standards,
    acceptedIn: (slug, locale) => {
      const path = join(folder, 'locales', locale, 'briefings', `${slug}.json`)
      const file = existsSync(path) ? readLocaleFile(path, readFileSync(path)) : []
      return isProblems(file) ? undefined : file.accepted
    },
  }
}
