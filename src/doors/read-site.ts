import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileProblem, isProblems, unfit } from '../briefings/files'
import { complaint } from '../language/complaint'
import { Refusal } from '../problem'
import { type Logo, readLogo } from '../settings/logo'
import type { Brand } from '../settings/settings'
import { noTheme, readTheme, type Theme, themeProblems, tokensIn } from '../settings/theme'
import { authorshipIn, readRecords } from '../translations/authorship'
import { problemsOfOwnWords } from '../translations/checks/own-words'
import { readGlossaries } from '../translations/glossary'
import { below, hasSite, readLocaleFiles } from './content-folder'
import type { Program, SiteParts } from './given'
import { localesIn, readCatalog, settingsIn } from './words'

/** What a site's own words are held to: the program's. */
type Known = Pick<Program, 'catalogs' | 'styleSheet'>

/** The site of a folder. Throws one error that names every file that is wrong. */
export function readSite(folder: string, known: Known): SiteParts {
  const read = siteIn(folder, known)
  if (isProblems(read)) throw unfit(read)
  return read
}

/** The same, or every problem in the files of the folder, but for its content. `isSample`: its words are the program's own. */
export function siteIn(folder: string, known: Known, isSample = false): SiteParts | readonly FileProblem[] {
  if (!hasSite(folder)) throw new Refusal('site.none', { folder })
  const settings = settingsIn(folder)
  const locales = localesIn(folder)
  const glossaries = readGlossaries(readLocaleFiles(folder, 'glossary'))
  const records = readRecords(readLocaleFiles(folder, 'catalogs'))
  const wrong = [settings, locales, glossaries, records].filter(isProblems).flat()
  if (isProblems(settings) || isProblems(locales) || isProblems(glossaries) || isProblems(records)) return wrong
  const words = isSample ? { words: {}, problems: [] } : ownWords(folder, locales)
  const look = readLook(folder, settings.brand, known.styleSheet)
  const problems = [
    ...words.problems,
    ...problemsOfOwnWords({ locales, settings, words: words.words, catalogs: known.catalogs }),
    ...look.problems,
  ]
  if (problems.length > 0) return problems
  const authorship = isSample ? {} : Object.fromEntries([...records].map(([tag, { site }]) => [tag, authorshipIn(site)]))
  return { locales, settings, words: words.words, authorship, glossaries: Object.fromEntries(glossaries), ...look.look }
}

function ownWords(folder: string, { locales }: SiteParts['locales']) {
  const problems: FileProblem[] = []
  const words = locales.map(({ tag }) => {
    const read = readCatalog(folder, `locales/${tag}/site.json`)
    if (isProblems(read)) problems.push(...read)
    return [tag, isProblems(read) ? {} : read] as const
  })
  return { words: Object.fromEntries(words), problems }
}

/** The theme and the logo, with what is wrong in them. */
function readLook(
  folder: string,
  { logo, icon }: Brand,
  styleSheet: string,
): { readonly look: { readonly theme: Theme; readonly logo?: Logo }; readonly problems: readonly FileProblem[] } {
  const textOf = (name: string) => {
    const path = join(folder, below(folder, name))
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }
  const missing = Object.entries({ logo, icon })
    .filter(([, name]) => name !== undefined && textOf(name) === undefined)
    .map(([key]) => ({ file: below(folder, 'site.json'), path: `brand.${key}`, complaint: complaint('site.no-file') }))
  const css = textOf('theme.css')
  const theme = css === undefined ? noTheme : readTheme(css, tokensIn(styleSheet))
  const ofTheme = themeProblems(theme).map((problem) => ({ file: below(folder, 'theme.css'), ...problem }))
  const svg = logo === undefined ? undefined : textOf(logo)
  const shapes = svg === undefined ? undefined : readLogo(svg)
  const ofLogo = shapes && 'code' in shapes ? [{ file: below(folder, logo ?? ''), path: '', complaint: shapes }] : []
  return {
    look: {
      theme: 'css' in theme ? theme : noTheme,
      ...(shapes && 'shapes' in shapes ? { logo: shapes } : {}),
    },
    problems: [...missing, ...ofTheme, ...ofLogo],
  }
}
