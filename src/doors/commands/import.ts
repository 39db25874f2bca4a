import { readdirSync, readFileSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { openLocales } from '../../language/locale'
import { personOf } from '../../members/administer'
import { hasRefusals, type ImportOptions, inWords, savePack } from '../../newsroom/import'
import { printAllWaiting } from '../../printing/print-waiting'
import { complaintIn, type ProblemCode, Refusal } from '../../problem'
import type { Client } from '../../remote/client'
import { asFlag } from '../../remote/requests'
import type { LiveSite } from '../../site'
import { senderByFile } from '../../translations/ancestry'
import { isCatalogName } from '../../translations/catalog-pack'
import { addressedTo } from '../../translations/packs/destination'
import { readPack } from '../../translations/packs/formats'
import { packBytesMax, type ReturnedPack } from '../../translations/packs/pack'
import { provenances, translationStates } from '../../translations/vocabulary'
import { command } from '../command'
import { inCommandLine } from '../remedies'
import { sayList } from '../report'
import { importCatalog } from './catalogs'
import { withFiles } from './files'
import { inLines, type Result } from './import-receipt'
import { addressIn, byCommandLine, progress, publishing, trial, where, withSite } from './open'
import { elsewhere, refuseRemotely, throughRemote, tokenFor } from './remote'
import { judgedHere } from './warned'

const printedAtOnce = 50

/**
 * Imports translators' files one by one, and prints each changed briefing once. Exits with an error if anything in any file was
 * refused. After an interruption, run it again: what was imported before is then unchanged.
 */
export const importCommand = command({
  name: 'import',
  about: 'Import files that a translator returned, in any format, or whole folders of them',
  options: {
    ...trial,
    ...publishing,
    state: {
      type: 'text',
      of: translationStates,
      about: 'The state to give the translations; approved publishes them (default: unchanged)',
    },
    provenance: { type: 'text', of: provenances, about: 'Who translated (default: unchanged, or human for a new translation)' },
    by: {
      type: 'text',
      about: 'The email address of the person who sends the files, or approves them with --publish (default: nobody)',
    },
    ...where,
    ...elsewhere,
  },
  positionals: { files: { required: true, multiple: true, about: 'Files or folders' } },
  example: 'packs/es --dry-run',
  run: (given) => {
    if (given.publish && given.state !== undefined) throw new Refusal('option.either', { one: '--publish', other: '--state' })
    const isTrial = given['dry-run']
    const state = given.publish ? 'approved' : given.state
    const files = withFiles(() => given.files.flatMap(filesBelow))
    let file: string | undefined
    if (given.remote !== undefined) {
      refuseRemotely(given, notElsewhere)
      return tell(
        throughRemote(given, tokenFor(given.publish), (client) =>
          taken((each) => sendFile(client, each, isTrial, given.publish)),
        ),
      )
    }
    return withSite(given.edge, async (site) => {
      const options = {
        ...(state === undefined ? {} : { state }),
        ...(given.provenance === undefined ? {} : { provenance: given.provenance }),
        ...(given.by === undefined ? {} : { person: await personOf(site, addressIn(given.by)) }),
        isTrial,
        ...(state === 'approved' ? { judged: judgedHere() } : {}),
      }
      const print = async () => (isTrial ? undefined : await printChanged(site))
      await tell(
        taken(async (each) => takeFile(site, each, { actor: byCommandLine, ...options, ...(await fileAs(each)) }), print),
      )
    })

    /** Imports each file, and then does what is to be done `after` them all. */
    async function* taken(take: (file: string) => Promise<Result>, after = async () => {}): AsyncGenerator<Result> {
      for (const [index, each] of files.entries()) {
        file = each
        const result = await take(each)
        if (result.refused !== undefined || (result.receipt && hasRefusals(result.receipt))) process.exitCode = 1
        yield result
        if (files.length > 1 && process.stderr.isTTY)
          progress(`${index + 1} of ${files.length} files`, index + 1 === files.length)
      }
      file = undefined
      await after()
    }

    async function tell(list: AsyncGenerator<Result>): Promise<void> {
      await sayList(list, { isJson: given.json, inLines: (each) => inLines(each, given), fileUnderWay: () => file })
    }
  },
})

const notElsewhere = {
  state: 'remote.no-state',
  provenance: 'remote.no-provenance',
  by: 'remote.no-person',
} as const

/** A file as a sender. */
const fileAs = async (file: string) => ({ by: basename(file), sender: await senderByFile(hostname(), resolve(file)) })

/** Prints what has changed, as the doors do at intervals. After an interruption, the doors print the rest. */
async function printChanged(site: LiveSite): Promise<void> {
  let begun = 0
  await printAllWaiting(site, printedAtOnce, async () => {
    if (begun > 1) progress(`Printing: ${begun * printedAtOnce} briefings`, false)
    begun += 1
  })
  if (begun > 2) progress('Printing is finished.', true)
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|xlf|xliff|po)$/i.test(name))
    .sort()
    .map((name) => join(path, name))
}

async function takeFile(site: LiveSite, file: string, options: ImportOptions): Promise<Result> {
  try {
    const returned = readFile(file)
    const { name } = returned
    if (!isCatalogName(name)) {
      const { briefingId: _id, isDue: _due, sourceRevision: _english, ...receipt } = await savePack(site, returned, options)
      return { file, receipt: inWords(receipt) }
    }
    const pack = addressedTo(site.locales, returned)
    if (pack.locale === site.locales.source || !openLocales(site.locales).includes(pack.locale)) {
      throw new Refusal('locale.not-translated', { locale: pack.locale })
    }
    const receipt = await importCatalog(name, site.locales, pack, options.isTrial === true)
    return {
      file,
      receipt: inWords({ slug: name, locale: pack.locale, isPublished: receipt.isSaved, isWaiting: false, ...receipt }),
    }
  } catch (error) {
    if (error instanceof Refusal) return { file, refused: inCommandLine(error), complaint: complaintIn(error) }
    throw error
  }
}

/** Sends a file to another site, which imports and prints it. */
async function sendFile(client: Client, file: string, isTrial: boolean, publishes: boolean): Promise<Result> {
  try {
    const pack = readFile(file)
    if (isCatalogName(pack.name)) throw new Refusal('catalog.elsewhere')
    const query = { file: `${pack.name}.json`, 'dry-run': asFlag(isTrial), publish: asFlag(publishes) }
    const { content } = await client.ask('sendPack', { query, body: { bytes: new Uint8Array(readFileSync(file)) } })
    return { file, receipt: content }
  } catch (error) {
    if (!(error instanceof Refusal) || !refusalsOfFiles.includes(error.kind)) throw error
    return { file, refused: inCommandLine(error), complaint: complaintIn(error) }
  }
}

/** How a site refuses one file but may accept the next. */
const refusalsOfFiles: readonly ProblemCode[] = ['forbidden', 'unprocessable', 'too_large']

/** Reads a returned file. Throws a Refusal if it is not one. */
function readFile(file: string): ReturnedPack {
  const { size } = withFiles(() => statSync(file))
  if (size > packBytesMax) throw new Refusal('file.large', { most: packBytesMax })
  return readPack(
    file,
    withFiles(() => readFileSync(file)),
  )
}
