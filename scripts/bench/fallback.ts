import { join } from 'node:path'
import { loadAll } from '../../src/newsroom/load'
import { moderate, throughput } from './beside-bare'
import type { Finding } from './report'
import { anEmptySite, sampleContent } from './samples'
import { startSite } from './servers'
import type { Session } from './session'
import { inTurn } from './wrk'

const slug = 'microsoft-ai-access-principles'
const locale = 'ar'

/** An article in English under a notice against the same article in the reader's language, from the database and from memory. */
export async function fallback({ folder, rounds, seconds }: Session): Promise<readonly Finding[]> {
  const without = join(folder, 'without-arabic.db')
  await loadWithoutTranslation(without)
  const findings: Finding[] = []
  for (const [kind, megabytes] of [
    ['uncached', 0],
    ['cached', 64],
  ] as const) {
    const [english, translated] = await Promise.all([
      startSite(without, megabytes),
      startSite(join(folder, 'samples.db'), megabytes),
    ])
    const subject = (name: string, { url, pid }: typeof english) => ({ name, url: `${url}/${locale}/briefings/${slug}`, pid })
    const subjects = { fallback: subject('fallback page', english), translated: subject('translated page', translated) }
    const samples = await inTurn(subjects, rounds, { connections: moderate, seconds })
    const measure = `Fallback page, ${kind}: throughput, of the same article translated`
    findings.push(throughput(measure, samples.fallback, samples.translated, { least: 0.95 }))
    await Promise.all([english.stop(), translated.stop()])
  }
  return findings
}

/** Makes the sample site without its translations into one language. */
async function loadWithoutTranslation(path: string): Promise<void> {
  const { site, database } = await anEmptySite(path)
  const { translations, ...content } = sampleContent()
  await loadAll(site, { ...content, translations: translations.filter(({ path }) => !path.includes(`/${locale}/`)) })
  database.close()
}
