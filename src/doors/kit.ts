import type { KitConfig } from '../config'
import { formatOf, isPseudo, type Locale, type Locales } from '../language/locale'
import { pseudoCatalog, withPseudoLocales } from '../language/pseudo'
import { areas } from '../language/region'
import type { Kit } from '../site'
import { readProgram } from './program'
import { type StaticFile, staticFile, staticFiles } from './static-files'

export interface GatheredKit extends Kit {
  readonly files: readonly StaticFile[]
}

/** Gathers what a door starts with. Throws one error that names every file that is wrong, if it reads the checkout. */
export function gatherKit(root: string, { pseudoLocales }: KitConfig = { pseudoLocales: false }): GatheredKit {
  const { locales, catalogs, newsroom, ...program } = readProgram(root)
  const files = staticFiles(root, program.styleSheet)
  const words = pseudoLocales ? withPseudoLocales(locales, catalogs) : { locales, catalogs }
  return {
    ...words,
    authorship: program.authorship,
    newsroom: async (locale) => {
      const catalogs = await newsroom()
      return (isPseudo(locale) ? pseudoCatalog(catalogs[locales.source] ?? {}, locale) : catalogs[locale]) ?? {}
    },
    areas: areaNames(words.locales),
    glossaries: program.glossaries,
    settings: program.settings,
    assets: Object.fromEntries(files.map(({ name, address }) => [name, address])),
    files,
    version: program.version,
    makers: program.makers,
  }
}

/** The newsroom's words as static files, and their addresses by locale, for runtimes that read no folder. English is in the program. */
export async function gatherNewsroom(root: string): Promise<{
  readonly addresses: Readonly<Record<Locale, string>>
  readonly files: readonly StaticFile[]
}> {
  const { locales, newsroom } = readProgram(root)
  const catalogs = await newsroom()
  const files = locales.locales
    .filter(({ tag }) => tag !== locales.source)
    .map(({ tag }) => ({ tag, ...staticFile(`newsroom/${tag}.json`, Buffer.from(JSON.stringify(catalogs[tag] ?? {}))) }))
  return { addresses: Object.fromEntries(files.map(({ tag, address }) => [tag, address])), files }
}

function areaNames(site: Locales) {
  return Object.fromEntries(
    site.locales.map(({ tag }) => {
      const names = new Intl.DisplayNames(formatOf(site, tag), { type: 'region' })
      return [tag, Object.fromEntries(areas.map((code) => [code, names.of(code) ?? code]))] as const
    }),
  )
}
