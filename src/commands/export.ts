import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineCommand } from 'citty'
import { countBriefings } from '../briefings/store'
import { exportPacks, type Outgoing, packFile } from '../export'
import type { Locale } from '../language/locale'
import type { LiveSite } from '../site'
import { catalogName } from '../translations/catalog-pack'
import { type Selection, selections } from '../translations/outgoing'
import { type PackFormat, packEndings, packFormats } from '../translations/packs/pack'
import { exportCatalog } from './catalogs'
import { asJson, progress, say, targetOf, where, withSite } from './open'

/** Writes packs for a translator: one file a briefing, each whole or not there. */
export const exportCommand = defineCommand({
  meta: { name: 'export', description: 'Write files for a translator: JSON, XLIFF or PO' },
  args: {
    locale: { type: 'positional', required: true, description: 'The language to translate into, such as es' },
    slugs: {
      type: 'positional',
      required: false,
      description: 'Briefings by the last part of their address, or `site` for the words of the site (default: all)',
    },
    format: { type: 'enum', options: [...packFormats], default: 'xliff', description: 'How the files are written' },
    only: { type: 'enum', options: [...selections], default: 'all', description: 'Only the segments that ask for work' },
    out: { type: 'string', default: './packs', description: 'The folder to write into' },
    'copy-source': { type: 'boolean', description: 'Put the English where the translation is missing (XLIFF, for OmegaT)' },
    'xliff-version': { type: 'enum', options: ['2.1', '2.0'], default: '2.1', description: 'What an XLIFF 2 file says it is' },
    resume: { type: 'boolean', description: 'Leave files alone that are already there, to go on after an interruption' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const { format, only, out } = args
      const locale = targetOf(site, args.locale)
      const folder = join(out, locale)
      mkdirSync(folder, { recursive: true })
      const names = args._.slice(1)
      const total = names.length || 1 + (await countBriefings(site.database))
      const fileOf = (name: string) => join(folder, name + packEndings[format as PackFormat])
      const isWanted = (name: string) => !(args.resume && existsSync(fileOf(name)))
      const files: string[] = []
      for await (const { pack, translation } of outgoing(site, locale, names, only as Selection, isWanted)) {
        if (pack.units.length === 0) continue
        const path = fileOf(pack.name)
        const { text } = packFile({ pack, translation }, format as PackFormat, {
          copySource: args['copy-source'] === true,
          xliffVersion: args['xliff-version'] as '2.0' | '2.1',
        })
        writeFileSync(`${path}.part`, text)
        renameSync(`${path}.part`, path)
        files.push(path)
        if (!args.json) progress(`${files.length} of ${total}: ${path}, ${pack.units.length} segments`, false)
      }
      if (process.stderr.isTTY && !args.json && files.length > 0) process.stderr.write('\n')
      say(args.json ? JSON.stringify({ files }) : `${files.length} ${files.length === 1 ? 'file is' : 'files are'} in ${folder}.`)
    }),
})

/** The packs asked for by name, or all: the site's own words, then every briefing; without those that are not wanted. */
async function* outgoing(
  site: LiveSite,
  locale: Locale,
  names: readonly string[],
  only: Selection,
  isWanted: (name: string) => boolean,
): AsyncGenerator<Outgoing> {
  if ((names.length === 0 || names.includes(catalogName)) && isWanted(catalogName)) {
    yield { pack: exportCatalog(site.locales, locale, only), translation: undefined }
  }
  const slugs = names.filter((name) => name !== catalogName)
  if (names.length === 0 || slugs.length > 0) yield* exportPacks(site, locale, slugs, only, isWanted)
}
