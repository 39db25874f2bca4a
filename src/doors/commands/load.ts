import { isProblems, readBriefingFile, unfit } from '../../briefings/files'
import { complaint } from '../../language/complaint'
import { isOwnMachine } from '../../language/origin'
import { visibleLine } from '../../language/text'
import { type Content, readContent } from '../../newsroom/content-files'
import { loadAll, type Receipt } from '../../newsroom/load'
import { Refusal } from '../../problem'
import { type LoadProgress, loadElsewhere } from '../../remote/load'
import { originIn } from '../../remote/requests'
import { root } from '../checkout'
import { command } from '../command'
import { readContentFiles } from '../content-folder'
import type { SiteFolder } from '../given'
import { asJson, counted, say } from '../report'
import { nodeConfigOf, openGiven } from '../site-folder'
import { withFiles } from './files'
import { byCommandLine, fromFolder, notPublished, progress, trial, type Whereabouts, where, withSite } from './open'
import { editorToken, elsewhere, withRemote } from './remote'

/** Loads the content of a folder. */
export const loadCommand = command({
  name: 'load',
  about:
    'Load briefings/ and locales/*/briefings/ of the site’s folder, and print what changed. Checks everything first. Can be repeated',
  options: { ...trial, ...where, ...elsewhere },
  positionals: fromFolder,
  example: '--dry-run',
  run: async (given) => {
    const { json, 'dry-run': isTrial } = given
    const { site: own } = await openGiven(process.env)
    if (given.remote !== undefined) refuseSamples(given, own, originIn(given.remote))
    const content = withFiles(() => readContentFiles(given.folder ?? own.folder))
    if (given.remote !== undefined) {
      const read = readContent(content, own.locales, own.settings)
      if ('problems' in read) throw unfit(read.problems)
      return withRemote(given, editorToken, async (client) => {
        tell(await loadElsewhere(client, read, json ? undefined : tellProgress, { isTrial }), given)
      })
    }
    return withSite(given.edge, async (site) => {
      refuseSamples(given, own, site.config.origin)
      refusePicturesOfFolder(content, site.images)
      const onProgress = (receipt: Receipt, done: number, all: number) => tellProgress({ receipt, isTrial, done, all })
      tell(await loadAll(site, content, json ? undefined : onProgress, { isTrial, actor: byCommandLine }), given)
    })
  },
})

const tellProgress = ({ receipt: { slug, outcome }, isTrial, done, all }: LoadProgress) =>
  progress(`${done}/${all} ${slug}: ${isTrial ? `checked, ${outcome}` : outcome}`, done === all)

/** This checkout has the samples. Nobody publishes them under a real address without saying so. */
function refuseSamples(
  { folder, remote, edge }: Omit<Given, 'json' | 'dry-run'> & { folder?: string | undefined },
  own: SiteFolder,
  origin: string,
) {
  const isWanted = remote === undefined && edge === undefined && nodeConfigOf(own, process.env).samples
  if (folder === undefined && own.folder === root && !isWanted && !isOwnMachine(origin))
    throw new Refusal('load.samples', { origin })
}

/**
 * The site has the pictures that it was started or deployed with, and no command gives it others. A briefing with a picture that only the
 * folder has would be a page with an empty frame.
 */
function refusePicturesOfFolder({ briefings, images }: Content, served: readonly string[]) {
  const problems = briefings.flatMap(({ path, bytes }) => {
    const read = readBriefingFile(path, bytes)
    const name = isProblems(read) ? undefined : read.image?.file
    if (name === undefined || !images.includes(name) || served.includes(name)) return []
    return [{ file: path, path: 'image.file', complaint: complaint('load.picture', { name }) }]
  })
  if (problems.length > 0) throw unfit(problems)
}

interface Given extends Whereabouts {
  readonly json: boolean
  readonly 'dry-run': boolean
}

function tell(receipts: readonly Receipt[], given: Given): void {
  const { json: isJson, 'dry-run': isTrial } = given
  const counts = { new: 0, changed: 0, unchanged: 0 }
  for (const { outcome } of receipts) counts[outcome] += 1
  for (const { slug, behind } of receipts) {
    for (const locale of behind)
      process.stderr.write(`${slug}: the database is newer than the file in ${visibleLine(locale)}. Bring the file up to date.\n`)
  }
  for (const { slug, unpublished } of receipts) {
    if (unpublished.length > 0 && !isTrial) process.stderr.write(`${slug}: ${notPublished(slug, unpublished, given)}\n`)
  }
  if (isJson) return void say(asJson({ ...counts, briefings: receipts, isTrial }))
  for (const line of [...keptLines(receipts), ...warningLines(receipts)]) say(line)
  for (const { slug, outcome } of receipts) if (isTrial && outcome !== 'unchanged') say(`${slug}: ${outcome}`)
  const warned = warningLines(receipts).length
  const inAll = warned === 0 ? '' : ` ${counted(warned, 'warning')}.`
  const summary = `${counted(receipts.length, 'briefing')}: ${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged.${inAll}`
  say(isTrial ? `Dry run: nothing was saved or printed. ${summary}` : summary)
}

/** The texts of files that are not what stands now. */
const keptLines = (receipts: readonly Receipt[]): readonly string[] =>
  receipts.flatMap(({ slug, lines }) =>
    lines
      .filter(({ stands, reason }) => stands !== undefined && reason !== undefined)
      .map(({ locale, segment, outcome, reason }) => visibleLine(`${slug}: ${locale}: ${segment}: ${outcome}: ${reason}`)),
  )

const warningLines = (receipts: readonly Receipt[]): readonly string[] =>
  receipts.flatMap(({ slug, warnings }) =>
    warnings.map(({ locale, segment, rule, reason }) =>
      visibleLine(`${slug}: ${locale}: ${segment}: warning: ${rule}: ${reason}`),
    ),
  )
