import { resolve } from 'node:path'
import { type FileProblem, isProblems, unfit } from '../../briefings/files'
import { complaint } from '../../language/complaint'
import { type Locales, publicLocales } from '../../language/locale'
import { explain, withReason } from '../../language/newsroom'
import { readContent } from '../../newsroom/content-files'
import { undrawnOf } from '../../sharing/undrawn'
import { problemsOfMarks, reviewCatalogs } from '../../translations/checks/catalogs'
import { type FiledFinding, placedFinding, review } from '../../translations/checks/review'
import { root } from '../checkout'
import { command } from '../command'
import { hasSite, readContentFiles } from '../content-folder'
import { facesIn } from '../font-files'
import type { SiteParts } from '../given'
import { readProgram } from '../program'
import { siteIn } from '../read-site'
import { asJson, counted, countedOrNo, say } from '../report'
import { siteFolderIn } from '../site-folder'
import { readStandards } from '../standards'
import { readWords } from '../words'
import { checkDatabase } from './check-database'
import { withFiles } from './files'
import { fromFolder, where } from './open'

/** The result of a check. Problems refuse: nothing is built or loaded with them. Warnings inform. */
interface Checked {
  readonly problems: readonly FileProblem[]
  /** What a person should look at. Reported once there are no problems. */
  readonly warnings: readonly FiledFinding[]
  readonly catalogs: number
  readonly briefings: number
}

/** Checks the program's catalogs, and all that is in a site's folder: what it decides, its look, words, briefings, translations, glossaries, style sheets. */
export function checkAll(folder = siteFolderIn(process.env)): Checked {
  const { problems, ...words } = readWords(root)
  const site = problems.length > 0 ? [] : siteAt(hasSite(folder) ? folder : siteFolderIn(process.env))
  const inSite = isProblems(site) ? site : []
  const inCatalogs = problems.length > 0 ? problems : [...problemsOfMarks(words), ...inSite]
  const { locales, settings } = isProblems(site) ? { ...words, settings: undefined } : site
  const content = readContent(readContentFiles(folder), locales, settings)
  const standards = readStandards(folder)
  const counts = { catalogs: locales.locales.length, briefings: 'problems' in content ? 0 : content.length }
  if (inCatalogs.length > 0 || 'problems' in content || isProblems(standards)) {
    const inContent = 'problems' in content ? content.problems : []
    return { problems: [...inCatalogs, ...inContent, ...(isProblems(standards) ? standards : [])], warnings: [], ...counts }
  }
  const ofCatalogs = folder === root ? reviewCatalogs(words, standards, standards.accepted) : []
  const warnings = [...ofCatalogs, ...review(content, locales.source, standards), ...cardsOf(locales)]
  return { problems: [], warnings, ...counts }
}

/** The public languages in which cards for sharing have no text. */
const cardsOf = (locales: Locales): readonly FiledFinding[] =>
  undrawnOf(publicLocales(locales), facesIn(root)).map((segment) => ({
    file: 'locales/index.json',
    path: segment,
    segment,
    rule: 'cards',
    severity: 'warning',
    complaint: complaint('check.cards'),
  }))

/** The site of a folder, or every problem in its files. */
function siteAt(folder: string): SiteParts | readonly FileProblem[] {
  const program = readProgram(root)
  return folder === root ? program.sample : siteIn(folder, program)
}

/** Checks everything in `locales/` and the briefings, or in the database. Exits with an error if anything is refused, but not for a warning. */
export const checkCommand = command({
  name: 'check',
  about: 'Check locales and content. Changes nothing',
  options: {
    database: { type: 'flag', about: 'Check the briefings and translations of the database in place of those of the folder' },
    ...where,
  },
  positionals: fromFolder,
  example: '--database',
  run({ folder: named, json, database, edge }) {
    const folder = named === undefined ? undefined : resolve(named)

    if (database || edge !== undefined) return checkDatabase(folder ?? siteFolderIn(process.env), edge, json)
    const { problems, warnings, catalogs, briefings } = withFiles(() => checkAll(folder))
    if (problems.length > 0 && !json) throw unfit(problems)
    if (problems.length > 0) process.exitCode = 1
    if (json) return void say(asJson({ problems: problems.map(withReason), warnings: warnings.map(withReason) }))
    for (const warning of warnings) say(explain(placedFinding(warning)))
    const summary = `no errors, ${countedOrNo(warnings.length, 'warning')}`
    say(`Checked ${counted(catalogs, 'catalog')} and ${counted(briefings, 'briefing')} with all translations: ${summary}.`)
  },
})
