import type { KitConfig } from '../config'
import { formatOf, isPseudo, type Locale, type Locales } from '../language/locale'
import { pseudoCatalog, withPseudoLocales } from '../language/pseudo'
import { areas } from '../language/region'
import { marksIn } from '../settings/marks'
import { themed } from '../settings/theme'
import type { Kit } from '../site'
import type { Given } from './given'
import { givenIn } from './site-folder'
import { type StaticFile, staticFile, staticFiles } from './static-files'

export interface GatheredKit extends Kit {
  readonly files: readonly StaticFile[]
}

/** Gathers what a door starts with. */
export function gatherKit(
  root: string,
  { pseudoLocales }: KitConfig = { pseudoLocales: false },
  { program, site }: Given = givenIn(root),
): GatheredKit {
  const { locales, settings, glossaries, theme, logo } = site
  const style = `${themed(program.styleSheet, theme)}\n${marksIn(settings.vocabulary)}`
  const files = staticFiles(root, style, site)
  const catalogs = Object.fromEntries(locales.locales.map(({ tag }) => [tag, { ...program.catalogs[tag], ...site.words[tag] }]))
  const words = pseudoLocales ? withPseudoLocales(locales, catalogs) : { locales, catalogs }
  return {
    ...words,
    authorship: { ...program.authorship, ...site.authorship },
    newsroom: async (locale) => {
      const catalogs = await program.newsroom()
      return (isPseudo(locale) ? pseudoCatalog(catalogs[locales.source] ?? {}, locale) : catalogs[locale]) ?? {}
    },
    areas: areaNames(words.locales),
    glossaries,
    settings,
    ...(logo === undefined ? {} : { logo }),
    colours: theme.colours,
    assets: Object.fromEntries(files.map(({ name, address }) => [name, address])),
    files,
    version: program.version,
    makers: program.makers,
  }
}

/** The newsroom's words as static files, and their addresses by locale, for runtimes that read no folder. English is in the program. */
export async function gatherNewsroom({ program, site: { locales } }: Given): Promise<{
  readonly addresses: Readonly<Record<Locale, string>>
  readonly files: readonly StaticFile[]
}> {
  const catalogs = await program.newsroom()
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
