import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Wanted } from '../../api/operation'
import type { Operations } from '../../api/operations'
import { hashOf } from '../../briefings/hash'
import { countBriefings } from '../../briefings/store'
import type { Locale } from '../../language/locale'
import { meant } from '../../language/negotiation'
import { exportPacks, type Outgoing, packFile } from '../../newsroom/export'
import { exportEnglish } from '../../newsroom/export-english'
import { Refusal } from '../../problem'
import type { Client } from '../../remote/client'
import { asFlag } from '../../remote/requests'
import type { LiveSite } from '../../site'
import { catalogNames, isCatalogName } from '../../translations/catalog-pack'
import { type Selection, selections } from '../../translations/outgoing'
import { type PackFormat, packEndings, packFormats } from '../../translations/packs/pack'
import { command } from '../command'
import { asJson, counted, say } from '../report'
import { exportCatalog } from './catalogs'
import { withFiles, writeWhole } from './files'
import { progress, targetOf, where, withSite } from './open'
import { elsewhere, localesThere, withRemote } from './remote'

/** Writes packs for a translator: one file for each briefing. A file is whole or does not exist. */
export const exportCommand = command({
  name: 'export',
  about:
    'Write files for a translator: JSON, XLIFF or PO. In the language of the originals: briefings with their history, to load again',
  options: {
    format: { type: 'text', of: packFormats, default: 'xliff', about: 'The format of the files' },
    only: { type: 'text', of: selections, default: 'all', about: 'Which segments to include' },
    out: { type: 'text', default: './packs', about: 'The folder to write into' },
    'copy-source': { type: 'flag', about: 'Put the English in place of what is not done (XLIFF, for OmegaT)' },
    'without-english': { type: 'flag', about: 'JSON as a repository keeps it, without the English beside each text' },
    'xliff-version': { type: 'text', of: ['2.1', '2.0'], default: '2.1', about: 'The version of an XLIFF 2 file' },
    resume: { type: 'flag', about: 'Skip files that already exist, to continue after an interruption' },
    ...where,
    ...elsewhere,
  },
  positionals: {
    locale: { required: true, about: 'The language to translate into, such as es' },
    names: {
      multiple: true,
      about: 'Briefings by the last part of their address, or `site` or `newsroom` for the site’s own words (default: all)',
    },
  },
  example: 'es --format po --only missing',
  run: (given) => {
    const { only, out, format, names } = given
    const options = {
      copySource: given['copy-source'],
      xliffVersion: given['xliff-version'],
      withoutEnglish: given['without-english'],
    }
    const filesIn = (locale: Locale) => {
      const folder = join(out, locale)
      const fileOf = (name: string, ending: string = packEndings[format]) => join(folder, name + ending)
      const isWanted = (name: string, ending?: string) => !(given.resume && existsSync(fileOf(name, ending)))
      return { folder, fileOf, isWanted }
    }

    if (given.remote !== undefined) {
      const query: PackQuery = {
        format,
        only,
        'copy-source': asFlag(options.copySource),
        'without-english': asFlag(options.withoutEnglish),
        'xliff-version': options.xliffVersion,
      }
      return withRemote(given, `--locale ${given.locale}`, async (client) => {
        const locale = targetOf(await localesThere(client), given.locale)
        const files = filesIn(locale)
        await writeAll(fetched(client, locale, names, query, files.isWanted, files.fileOf), names.length || undefined, files)
      })
    }
    return withSite(given.edge, async (site) => {
      const { source } = site.locales
      const locale = meant(site.locales, given.locale) === source ? source : targetOf(site, given.locale)
      const files = filesIn(locale)
      const { isWanted } = files
      if (locale === source) {
        const english = exportEnglish(site, names, (name) => isWanted(name, '.json'))
        return await writeAll(english, names.length || (await countBriefings(site.database)), files)
      }
      const total = names.length || catalogNames.length + (await countBriefings(site.database))
      await writeAll(written(outgoing(site, locale, names, only, isWanted), format, options), total, files)
    })

    async function writeAll(
      outgoing: AsyncGenerator<WrittenFile>,
      total: number | undefined,
      { folder, fileOf }: ReturnType<typeof filesIn>,
    ): Promise<void> {
      withFiles(() => mkdirSync(folder, { recursive: true }))
      const files: string[] = []
      for await (const { name, content, ending } of outgoing) {
        const path = fileOf(name, ending)
        writeWhole(path, content)
        files.push(path)
        if (!given.json) progress(`${files.length}${total === undefined ? '' : ` of ${total}`}: ${path}`, false)
      }
      if (process.stderr.isTTY && !given.json && files.length > 0) process.stderr.write('\n')
      say(given.json ? asJson({ files }) : `Wrote ${counted(files.length, 'file')} to ${folder}.`)
    }
  },
})

/** A file for a translator, with the name of what it translates. */
interface WrittenFile {
  readonly name: string
  readonly content: string | Uint8Array
  /** Without it, that of the format. */
  readonly ending?: string
}

/** The packs with anything to do, as files. */
async function* written(
  outgoing: AsyncGenerator<Outgoing>,
  format: PackFormat,
  options: Parameters<typeof packFile>[2],
): AsyncGenerator<WrittenFile> {
  for await (const each of outgoing) {
    if (each.pack.units.length > 0) yield { name: each.pack.name, content: packFile(each, format, options).text }
  }
}

type PackQuery = Wanted<Operations['getPack']>

/** The same files from a site elsewhere: the named ones, or those of every briefing. Files that are here in the site's state are left out. */
async function* fetched(
  client: Client,
  locale: Locale,
  names: readonly string[],
  query: PackQuery,
  isWanted: (name: string) => boolean,
  fileOf: (name: string) => string,
): AsyncGenerator<WrittenFile> {
  if (names.some(isCatalogName)) throw new Refusal('export.site')
  for await (const slug of names.length > 0 ? names : slugsAt(client, locale)) {
    if (!isWanted(slug)) continue
    const path = fileOf(slug)
    const held = existsSync(path) ? `"${await hashOf(readFileSync(path, 'utf8'))}"` : undefined
    const { status, content } = await client.ask('getPack', { params: { locale, slug }, query, held })
    if (status === 200) yield { name: slug, content: content.bytes }
  }
}

async function* slugsAt(client: Client, locale: Locale): AsyncGenerator<string> {
  for await (const { content } of client.pages('listTranslations', { params: { locale } })) {
    for (const { slug } of content.translations) yield slug
  }
}

/** The named packs, or all: the site's own words, then every briefing. Unwanted ones are left out. */
async function* outgoing(
  site: LiveSite,
  locale: Locale,
  names: readonly string[],
  only: Selection,
  isWanted: (name: string) => boolean,
): AsyncGenerator<Outgoing> {
  for (const name of names.length === 0 ? catalogNames : names.filter(isCatalogName)) {
    if (isWanted(name)) yield { pack: await exportCatalog(name, site.locales, locale, only), translation: undefined }
  }
  const slugs = names.filter((name) => !isCatalogName(name))
  if (names.length === 0 || slugs.length > 0) yield* exportPacks(site, locale, slugs, only, isWanted)
}
