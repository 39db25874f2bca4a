import { isProblems } from '../../briefings/files'
import { visibleLine } from '../../language/text'
import type { Judged } from '../../newsroom/judged'
import type { FileWarning } from '../../translations/checks/receipt'
import { counted } from '../report'
import { siteFolderIn } from '../site-folder'
import { judgedBy } from '../standards'
import { withFiles } from './files'
import { thereIn, type Whereabouts } from './open'

type Warned = Pick<FileWarning, 'locale' | 'segment' | 'rule' | 'reason'>

/** What is said of the warnings in the texts that readers get: how many, and how to see them. Elsewhere, those `toShow` are shown. */
export function warnedLines(
  warnings: readonly Warned[] | undefined = [],
  { edge, remote }: Whereabouts,
  toShow: readonly Warned[] = warnings,
): readonly string[] {
  if (warnings.length === 0) return []
  const many = `${counted(warnings.length, 'warning')} in the texts that readers get.`
  if (remote === undefined)
    return [`${many} To see ${warnings.length === 1 ? 'it' : 'them'}: check --database${thereIn({ edge })}`]
  return [many, ...toShow.map(({ locale, segment, rule, reason }) => visibleLine(`  ${locale}: ${segment}: ${rule}: ${reason}`))]
}

/** What `check --database` holds texts to, so that its warnings and those of an act agree; `undefined` if a file of that is wrong. */
export function judgedHere(): Judged | undefined {
  const judged = withFiles(() => judgedBy(siteFolderIn(process.env)))
  return isProblems(judged) ? undefined : judged
}
