import type { FileProblem } from '../../briefings/files'
import type { Catalog } from '../../language/catalog'
import { misplacedIn } from '../../language/catalog-check'
import type { Locale, Locales } from '../../language/locale'
import { isOwnName, namesAsked } from '../../settings/names'
import type { Settings } from '../../settings/settings'
import { problemsInCatalog } from './catalogs'

type Catalogs = Readonly<Record<Locale, Catalog>>

interface OwnWords {
  readonly locales: Locales
  readonly settings: Settings
  /** What the site says in its own files. */
  readonly words: Catalogs
  /** What the program says. */
  readonly catalogs: Catalogs
}

/**
 * What is wrong in a site's own words: a key that neither the program nor the site's lists have, a message with an error, a placeholder that
 * the program's English does not have, and in a public language each message that nobody says.
 */
export function problemsOfOwnWords({
  locales: { source, locales },
  settings,
  words,
  catalogs,
}: OwnWords): readonly FileProblem[] {
  const program = catalogs[source] ?? {}
  const own = words[source] ?? {}
  const names = Object.fromEntries(Object.entries(own).filter(([key]) => isOwnName(settings, key)))
  const asked = Object.fromEntries(namesAsked(settings).map((key) => [key, own[key] ?? program[key] ?? key]))
  const english = { ...program, ...asked, ...names }
  return locales.flatMap(({ tag, state }) => {
    const said = words[tag] ?? {}
    const whole = { ...catalogs[tag], ...said }
    const missing = state === 'public' ? misplacedIn(whole, english, 'whole').filter(({ key }) => !Object.hasOwn(whole, key)) : []
    return [...problemsInCatalog(tag, said, english, 'partial'), ...missing].map((problem) => ({
      file: `locales/${tag}/site.json`,
      path: problem.key,
      complaint: problem.complaint,
    }))
  })
}
