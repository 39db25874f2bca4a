import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { defineCommand } from 'citty'
import { hasRefusals, type ImportReceipt, importPack } from '../import'
import { openLocales } from '../language/locale'
import type { LiveSite } from '../site'
import { catalogName } from '../translations/catalog-pack'
import type { Outcome } from '../translations/intake'
import { readPack } from '../translations/packs/formats'
import { PackError, packBytesMax } from '../translations/packs/pack'
import { type Provenance, provenances, type TranslationState, translationStates } from '../translations/translation'
import { importCatalog } from './catalogs'
import { asJson, say, where, withSite } from './open'

interface Told {
  readonly file: string
  readonly receipt?: ImportReceipt
  readonly refused?: string
}

/** Takes translators' files in, each on its own; leaves with an error where anything in any was refused. */
export const importCommand = defineCommand({
  meta: {
    name: 'import',
    description: 'Take in files that came back from a translator, of any format, or whole folders of them',
  },
  args: {
    files: { type: 'positional', required: true, description: 'Files or folders' },
    'dry-run': { type: 'boolean', description: 'Say what would happen and change nothing' },
    state: {
      type: 'enum',
      options: [...translationStates],
      description: 'The state to give the translations (default: as they are)',
    },
    provenance: { type: 'enum', options: [...provenances], description: 'Who translated (default: as it is, or human)' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const options = {
        ...(args.state ? { state: args.state as TranslationState } : {}),
        ...(args.provenance ? { provenance: args.provenance as Provenance } : {}),
        isTrial: args['dry-run'] === true,
      }
      let isRefused = false
      const all: Told[] = []
      for (const file of args._.flatMap(filesBelow)) {
        const told = await takeFile(site, file, options)
        if (told.refused !== undefined || (told.receipt && hasRefusals(told.receipt))) isRefused = true
        if (args.json) all.push(told)
        else say(inWords(told))
      }
      if (args.json) say(JSON.stringify(all))
      if (isRefused) process.exitCode = 1
    }),
})

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|xlf|xliff|po)$/i.test(name))
    .sort()
    .map((name) => join(path, name))
}

async function takeFile(site: LiveSite, file: string, options: Parameters<typeof importPack>[2]): Promise<Told> {
  try {
    if (statSync(file).size > packBytesMax) throw new PackError(`is larger than ${packBytesMax} bytes`)
    const pack = readPack(file, readFileSync(file))
    if (pack.name !== catalogName) return { file, receipt: await importPack(site, pack, options) }
    if (pack.locale === site.locales.source || !openLocales(site.locales).includes(pack.locale)) {
      throw new PackError(`is in ${pack.locale}, which is not a language that this site translates into`)
    }
    const receipt = importCatalog(site.locales, pack, options?.isTrial === true)
    return { file, receipt: { slug: pack.name, locale: pack.locale, ...receipt } }
  } catch (error) {
    if (error instanceof PackError) return { file, refused: error.message }
    throw error
  }
}

const outcomes: readonly Outcome[] = ['accepted', 'unchanged', 'identical', 'outdated', 'unknown', 'rejected']

/** A receipt as lines: how many of each, then each segment that was not taken in, with the reason. */
function inWords({ file, receipt, refused }: Told): string {
  if (!receipt) return `${file}: refused: ${refused}`
  const counts = outcomes.flatMap((outcome) => {
    const count = receipt.lines.filter((line) => line.outcome === outcome).length
    return count === 0 ? [] : [`${count} ${outcome}`]
  })
  const reasons = receipt.lines.flatMap(({ segment, outcome, reason }) =>
    reason === undefined ? [] : [`  ${segment}: ${outcome}: ${reason}`],
  )
  return [`${file}: ${counts.length === 0 ? 'nothing in it' : counts.join(', ')}`, ...reasons].join('\n')
}
