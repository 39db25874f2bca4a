import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { defineCommand } from 'citty'
import { openLocales } from '../../language/locale'
import { visibleLine } from '../../language/text'
import { personOf } from '../../members/administer'
import { hasRefusals, type ImportOptions, type ImportReceipt, savePack } from '../../newsroom/import'
import { printAllWaiting } from '../../printing/print-briefing'
import type { ProblemCode } from '../../problem'
import { RemoteError } from '../../remote/answers'
import type { Client } from '../../remote/client'
import type { LiveSite } from '../../site'
import { catalogName } from '../../translations/catalog-pack'
import { outcomes } from '../../translations/intake'
import { readPack } from '../../translations/packs/formats'
import { PackError, packBytesMax, type ReturnedPack } from '../../translations/packs/pack'
import { type Provenance, provenances, type TranslationState, translationStates } from '../../translations/translation'
import { importCatalog } from './catalogs'
import { addressIn, asJson, backInReview, progress, say, where, withSite } from './open'
import { elsewhere, refuseRemotely, withRemote } from './remote'

interface Told {
  readonly file: string
  readonly receipt?: ImportReceipt
  readonly refused?: string
}

const printedAtOnce = 50

/**
 * Takes translators' files in, each on its own, and prints what they changed, each briefing once; leaves with an error where
 * anything in any was refused. Interrupted, it is run again: what was taken in is then unchanged.
 */
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
    by: {
      type: 'string',
      description: 'The person who sends the files, or approves them by --state approved: their e-mail address (default: nobody)',
    },
    ...where,
    ...asJson,
    ...elsewhere,
  },
  run: ({ args }) => {
    const isTrial = args['dry-run'] === true
    const files = args._.flatMap(filesBelow)
    if (args.remote !== undefined) {
      refuseRemotely(args, notElsewhere)
      return withRemote(args, '--locale es --write', (client) => takeAll((file) => sendFile(client, file, isTrial)))
    }
    return withSite(args.edge as string | undefined, async (site) => {
      const options = {
        ...(args.state ? { state: args.state as TranslationState } : {}),
        ...(args.provenance ? { provenance: args.provenance as Provenance } : {}),
        ...(args.by === undefined ? {} : { person: await personOf(site, addressIn(args.by)) }),
        isTrial,
      }
      await takeAll((file) => takeFile(site, file, { by: basename(file), ...options }))
      if (!isTrial) await printChanged(site)
    })

    async function takeAll(take: (file: string) => Promise<Told>): Promise<void> {
      for (const [index, file] of files.entries()) {
        const told = await take(file)
        if (told.refused !== undefined || (told.receipt && hasRefusals(told.receipt))) process.exitCode = 1
        // A list in JSON, written as it grows: receipts of many files are never all held.
        if (args.json) say(`${index === 0 ? '[' : ','}${JSON.stringify(told)}`)
        else say(inWords(told))
        if (files.length > 1 && process.stderr.isTTY)
          progress(`${index + 1} of ${files.length} files`, index + 1 === files.length)
      }
      if (args.json) say(files.length === 0 ? '[]' : ']')
    }
  },
})

const notElsewhere = {
  state: 'a token approves nothing, and what is sent keeps the state that the translation has',
  provenance: 'what is sent by a token is held to be a person’s work',
  by: 'what is sent is known by the name of the token',
}

/** Prints what has changed, as the doors do at intervals: what an interruption leaves unprinted, they print. */
async function printChanged(site: LiveSite): Promise<void> {
  let begun = 0
  await printAllWaiting(site, printedAtOnce, async () => {
    if (begun > 1) progress(`Printing: ${begun * printedAtOnce} briefings`, false)
    begun += 1
  })
  if (begun > 2) progress('All is printed.', true)
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|xlf|xliff|po)$/i.test(name))
    .sort()
    .map((name) => join(path, name))
}

async function takeFile(site: LiveSite, file: string, options: ImportOptions): Promise<Told> {
  try {
    const pack = readFile(file)
    if (pack.name !== catalogName) {
      const { briefingId: _id, ...receipt } = await savePack(site, pack, options)
      return { file, receipt }
    }
    if (pack.locale === site.locales.source || !openLocales(site.locales).includes(pack.locale)) {
      throw new PackError(`is in ${pack.locale}, which is not a language that this site translates into`)
    }
    const receipt = importCatalog(site.locales, pack, options.isTrial === true)
    return { file, receipt: { slug: pack.name, locale: pack.locale, ...receipt } }
  } catch (error) {
    if (error instanceof PackError) return { file, refused: error.message }
    throw error
  }
}

/** Sends a file to a site elsewhere, which takes it in and prints. */
async function sendFile(client: Client, file: string, isTrial: boolean): Promise<Told> {
  try {
    const pack = readFile(file)
    if (pack.name === catalogName) throw new PackError('has the words of the site, which are in its checkout: import it there')
    const query = { file: `${pack.name}.json`, 'dry-run': isTrial ? 'true' : 'false' } as const
    const { content } = await client.ask('sendPack', { query, body: { bytes: new Uint8Array(readFileSync(file)) } })
    return { file, receipt: content }
  } catch (error) {
    const code = error instanceof RemoteError ? error.problem?.code : undefined
    const isOfThisFile = error instanceof PackError || (code !== undefined && refusalsOfFiles.includes(code))
    if (isOfThisFile && error instanceof Error) return { file, refused: error.message }
    throw error
  }
}

/** How a site refuses one file, and might take the next. */
const refusalsOfFiles: readonly ProblemCode[] = ['forbidden', 'unprocessable', 'too_large']

/** Reads a returned file. Throws PackError where it is none. */
function readFile(file: string): ReturnedPack {
  if (statSync(file).size > packBytesMax) throw new PackError(`is larger than ${packBytesMax} bytes`)
  return readPack(file, readFileSync(file))
}

/** A receipt as lines: how many of each, then each segment that was not taken in, with the reason. */
function inWords({ file, receipt, refused }: Told): string {
  if (!receipt) return `${file}: refused: ${refused}`
  const counts = outcomes.flatMap((outcome) => {
    const count = receipt.lines.filter((line) => line.outcome === outcome).length
    return count === 0 ? [] : [`${count} ${outcome}`]
  })
  const reasons = receipt.lines.flatMap(({ segment, outcome, reason }) =>
    reason === undefined ? [] : [visibleLine(`  ${segment}: ${outcome}: ${reason}`)],
  )
  const held = receipt.isBackInReview ? [`  ${backInReview}`] : []
  return [`${file}: ${counts.length === 0 ? 'nothing in it' : counts.join(', ')}`, ...reasons, ...held].join('\n')
}
